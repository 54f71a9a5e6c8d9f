"""Builders for tests of the alert ledger: events of case flow as the consumer hands them over."""

from collections.abc import Sequence
from datetime import datetime

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from plumbline_contracts.case_flow.v1 import AlertAcknowledged, AlertRaised, AlertResolved
from plumbline_shared.events import EventMeta, subject_of
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime
from plumbline_shared.use_case import Uow

POINT = "D01.RP-RELIEF-TIME-02"


def stamp(at: datetime) -> Timestamp:
    """An instant as events carry it."""
    found = Timestamp()
    found.FromDatetime(at)
    return found


async def receive(runtime: Runtime, event: Message, at: datetime, bureau: str = "D01") -> None:
    """Handle an event as the service, in a transaction of its own."""
    async with runtime.db.transaction(system(bureau)) as conn:
        meta = EventMeta("ev_1", subject_of(event), "aggregate", 1, at, bureau)
        handler = runtime.definition.subscriptions[type(event)]
        await handler(Uow(conn, system(bureau), runtime.clock.now(), meta), event)


def raised(
    alert_id: str,
    at: datetime,
    *,
    subjects: Sequence[str] = ("D01.lin-jie",),
    unit: str = "D01.POLICY",
    grade: str = "MEDIUM",
    due_on: str = "2026-04-30",
    kind: str = "DEADLINE_MISSED",
    phase: str = "EX_POST",
    point: str = POINT,
) -> AlertRaised:
    """An alert of the relief approval of scenario 1, with what is said otherwise."""
    return AlertRaised(
        alert_id=alert_id,
        kind=kind,
        phase=f"CONTROL_PHASE_{phase}",
        grade=f"RISK_GRADE_{grade}",
        point_id=point,
        matter_id="mt_1",
        bureau_id="D01",
        unit_id=unit,
        unit_ids=[unit] if unit else [],
        subject_ids=subjects,
        domain="RELIEF",
        verified=phase == "EX_POST",
        verifier_id="D01.luo-fang" if phase == "EX_POST" else "",
        facts=[AlertRaised.Fact(name="due_on", text=due_on)],
        raised_at=stamp(at),
    )


def noted(alert_id: str, at: datetime) -> AlertAcknowledged:
    """Somebody took note."""
    return AlertAcknowledged(alert_id=alert_id, bureau_id="D01", acknowledged_at=stamp(at))


def ended(
    alert_id: str,
    at: datetime,
    outcome: str = "CONFIRMED",
    incident: str = "",
    point: str = POINT,
    kind: str = "DEADLINE_MISSED",
) -> AlertResolved:
    """The alert has its outcome."""
    return AlertResolved(
        alert_id=alert_id,
        kind=kind,
        phase="CONTROL_PHASE_EX_POST",
        point_id=point,
        bureau_id="D01",
        outcome=f"ALERT_OUTCOME_{outcome}",
        resolved_at=stamp(at),
        incident_id=incident,
    )
