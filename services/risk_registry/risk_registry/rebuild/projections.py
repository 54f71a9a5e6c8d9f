"""What each event writes into a read model, and nothing else: no proposal, no timer, no event."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from google.protobuf.message import Message
from plumbline_contracts.case_flow.v1 import AlertRaised, DeadlineMissed
from plumbline_contracts.complaints.v1 import RiskSignalRaised
from plumbline_shared.clock import local_date
from plumbline_shared.database import Connection
from plumbline_shared.events import EventMeta

from risk_registry.storage.alerts import add_alert
from risk_registry.storage.evidence import add_facts
from risk_registry.storage.matter_counts import count_matter
from risk_registry.storage.signals import add_signal
from risk_registry.use_cases.count_matters import MATTER_EVENTS, counted
from risk_registry.use_cases.record_alert import alert_of
from risk_registry.use_cases.record_evidence import EVIDENCE_EVENTS, facts

Projection = Callable[[Connection, EventMeta, Any], Awaitable[None]]


async def _evidence(conn: Connection, meta: EventMeta, event: Message) -> None:
    await add_facts(conn, await facts(conn, meta, event))


async def _alert(conn: Connection, meta: EventMeta, event: AlertRaised | DeadlineMissed) -> None:
    await add_alert(conn, await alert_of(conn, event))
    await _evidence(conn, meta, event)


async def _signal(conn: Connection, meta: EventMeta, event: RiskSignalRaised) -> None:
    await add_signal(conn, event.signal_id, event.point_id, event.bureau_id, local_date(meta.occurred_at))


async def _matter(conn: Connection, _meta: EventMeta, event: Message) -> None:
    await count_matter(conn, counted(event))


PROJECTIONS: Mapping[type[Message], Projection] = {
    **dict.fromkeys(EVIDENCE_EVENTS, _evidence),
    **dict.fromkeys(MATTER_EVENTS, _matter),
    AlertRaised: _alert,
    DeadlineMissed: _alert,
    RiskSignalRaised: _signal,
}
