"""Events become evidence: each fact once, a reversal as a counter row (S1-053…055).

A complaint counts for the point that its decision names, and not at all without one: to spread it over the points of a
unit would invent a link. Where the same facts are an incident, the incident alone counts; an alert that became an
incident takes its own share back. A warning before the limit is no evidence that anything went wrong.
"""

from datetime import date

from google.protobuf.message import Message
from plumbline_contracts.case_flow.v1 import (
    AlertRaised,
    DeadlineMissed,
    FindingRecorded,
    IncidentConfirmed,
    IncidentSetAside,
)
from plumbline_contracts.common.v1 import ControlPhase
from plumbline_contracts.complaints.v1 import ComplaintOverturned, ComplaintSubstantiated
from plumbline_shared.clock import local_date
from plumbline_shared.database import Connection
from plumbline_shared.events import EventMeta
from plumbline_shared.use_case import Uow

from risk_registry.domain.evidence_facts import EvidenceKind, Fact
from risk_registry.storage.evidence import add_facts, fact
from risk_registry.use_cases.weigh_evidence import weigh

EVIDENCE_EVENTS = (
    AlertRaised, DeadlineMissed, IncidentConfirmed, IncidentSetAside, FindingRecorded, ComplaintSubstantiated, ComplaintOverturned
)  # fmt: skip


async def on_evidence(uow: Uow, event: Message) -> None:
    """Record the facts and weigh their points."""
    if uow.event is None:
        raise LookupError("evidence comes by events")
    found = await facts(uow.conn, uow.event, event)
    await add_facts(uow.conn, found)
    await weigh(uow, uow.event.bureau_id or "", [each.point_id for each in found])


async def facts(conn: Connection, meta: EventMeta, event: Message) -> list[Fact]:
    """What an event says of a point; known since its publisher told it, so that a rebuild says the same."""
    if isinstance(event, AlertRaised | DeadlineMissed):
        return _alert(meta, event)
    if isinstance(event, IncidentConfirmed):
        return _incident(meta, event)
    if isinstance(event, IncidentSetAside):
        was = await fact(conn, event.bureau_id, f"{EvidenceKind.INCIDENT}/{event.incident_id}")
        return [_counter(meta, was.point_id, was.kind, was.source_id, event.set_aside_on)] if was else []
    if isinstance(event, FindingRecorded):
        kind = EvidenceKind.FINDING if event.verified else EvidenceKind.UNSIGNED_FINDING
        return _fact(meta, event.point_id, kind, event.finding_id, event.found_on)
    if isinstance(event, ComplaintSubstantiated):
        point = "" if event.incident_id else event.point_id
        return _fact(meta, point, EvidenceKind.COMPLAINT, event.complaint_id, event.decided_on)
    if isinstance(event, ComplaintOverturned):
        was = await fact(conn, event.bureau_id, f"{EvidenceKind.COMPLAINT}/{event.complaint_id}")
        return [_counter(meta, was.point_id, was.kind, was.source_id, event.decided_on)] if was else []
    raise TypeError(f"{type(event).__name__} is no evidence")


def _alert(meta: EventMeta, event: AlertRaised | DeadlineMissed) -> list[Fact]:
    if isinstance(event, AlertRaised) and event.phase == ControlPhase.CONTROL_PHASE_EX_ANTE:
        return []
    on = local_date(meta.occurred_at).isoformat()
    return _fact(meta, event.point_id, EvidenceKind.ALERT, event.alert_id, on)


def _incident(meta: EventMeta, event: IncidentConfirmed) -> list[Fact]:
    found = _fact(meta, event.point_id, EvidenceKind.INCIDENT, event.incident_id, event.occurred_on)
    if found and event.alert_id:
        found.append(_counter(meta, event.point_id, EvidenceKind.ALERT, event.alert_id, event.confirmed_on))
    return found


def _fact(meta: EventMeta, point: str, kind: EvidenceKind, source: str, on: str) -> list[Fact]:
    bureau = meta.bureau_id or ""
    if not point.startswith(f"{bureau}."):
        return []
    day = date.fromisoformat(on)
    return [Fact(f"{kind}/{source}", meta.id, point, bureau, kind, source, day, meta.occurred_at)]


def _counter(meta: EventMeta, point: str, kind: EvidenceKind, source: str, on: str) -> Fact:
    effect, day = f"{kind}/{source}", date.fromisoformat(on)
    return Fact(
        f"{effect}/REVERSED",
        meta.id,
        point,
        meta.bureau_id or "",
        kind,
        source,
        day,
        meta.occurred_at,
        effect,
    )
