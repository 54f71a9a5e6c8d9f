"""Open an incident: what was confirmed, when it happened, why, and who did what in it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from plumbline_org.grades import RiskGrade
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.clock import local_date
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.control_publications import incident_confirmed
from case_flow.domain.alert import Alert
from case_flow.domain.incident import Incident, IncidentLevel, RootCause, late_working_days
from case_flow.domain.liability import Act, Capacity
from case_flow.rules import ACCOUNTABILITY_RULES, CONTROL_RULES
from case_flow.storage import alert as alerts
from case_flow.storage import incident as incidents
from case_flow.storage import participant, risk_point, self_report
from case_flow.storage.process import process_of


class ActDraft(msgspec.Struct, frozen=True):
    """One person's part; the unit is the person's own on that day."""

    person_id: str
    capacity: Capacity
    fraud: bool = False
    dissented: bool = False


class IncidentDraft(msgspec.Struct, frozen=True):
    """What the verifier says of the incident; kind and day default to the alert's."""

    level: IncidentLevel
    root_cause: RootCause
    acts: tuple[ActDraft, ...]
    kind: str | None = None
    occurred_on: date | None = None
    self_reported: bool = False


async def open_incident(uow: Uow, alert: Alert, draft: IncidentDraft, findings: str) -> str:
    """Store the incident, show it to those who see its alert or are named in it (I-014), tell the others. Return its id; raises Invalid."""
    org = await load_org(uow.conn, alert.bureau_id)
    occurred_on = draft.occurred_on or local_date(alert.raised_at)
    if occurred_on > uow.today:
        raise Invalid("an incident cannot occur after today", path=("incident", "occurredOn"))
    incident = Incident(
        id=new_id("in"),
        bureau_id=alert.bureau_id,
        kind=await _kind(uow, alert, draft),
        level=draft.level,
        root_cause=draft.root_cause,
        alert_id=alert.id,
        matter_id=alert.matter_id,
        point_id=alert.point_id,
        grade=await _grade(uow, alert, occurred_on),
        unit_id=alert.unit_ids[0],
        occurred_on=occurred_on,
        confirmed_on=uow.today,
        confirmed_by=uow.principal.actor,
        findings=findings,
        self_reported=draft.self_reported or await _told_before(uow, alert, draft),
        root=(await ACCOUNTABILITY_RULES.of(uow)).root_of(draft.root_cause),
        **_limit(alert, org, uow.today),
    )
    await incidents.add(uow.conn, incident, _acts(org, draft.acts, occurred_on))
    seen_by = (await alerts.viewers_of(uow.conn, [alert.id]))[alert.id]
    people = [(one.person_id, str(one.basis)) for one in seen_by]
    people += [(one.person_id, "NAMED") for one in draft.acts]
    await participant.add(uow.conn, incident.bureau_id, incident.id, people, uow.now)
    await uow.emit(incident.id, incident_confirmed(incident, await process_of(uow.conn, incident)))
    await uow.audit("incident.confirmed", "Incident", incident.id, {"kind": incident.kind})
    return incident.id


async def _told_before(uow: Uow, alert: Alert, draft: IncidentDraft) -> bool:
    """Whether somebody liable had reported the fault by the time it was noticed (SR-09, S1-065)."""
    persons = [act.person_id for act in draft.acts]
    return alert.matter_id is not None and await self_report.before(
        uow.conn, alert.matter_id, persons, alert.raised_at
    )


async def _kind(uow: Uow, alert: Alert, draft: IncidentDraft) -> str:
    pack = await CONTROL_RULES.of(uow)
    kind = draft.kind or pack.alert(alert.kind).incident_kind
    if kind is None or kind not in pack.incident_kinds:
        raise Invalid(f"choose one of {', '.join(pack.incident_kinds)}", path=("incident", "kind"))
    return kind


async def _grade(uow: Uow, alert: Alert, on: date) -> RiskGrade:
    held = await risk_point.grade_on(uow.conn, alert.point_id, on) if alert.point_id else None
    return held or alert.grade


def _limit(alert: Alert, org: Org, today: date) -> dict[str, Any]:
    if "due_on" not in alert.facts:
        return {"late_working_days": 0}
    due_on = date.fromisoformat(alert.facts["due_on"])
    other = alert.facts.get("extension_due_on")
    return {
        "due_on": due_on,
        "late_working_days": late_working_days(org.calendar, due_on, today),
        "extension_days": alert.facts.get("extension_days"),
        "extension_due_on": date.fromisoformat(other) if other else None,
    }


def _acts(org: Org, drafts: Sequence[ActDraft], on: date) -> list[Act]:
    if not drafts:
        raise Invalid("name at least one person and what they did", path=("incident", "acts"))
    return [_act(org, index, draft, on) for index, draft in enumerate(drafts)]


def _act(org: Org, index: int, draft: ActDraft, on: date) -> Act:
    units = org.units_of(draft.person_id, on)
    if not units:
        raise Invalid(
            "there is no such officer in the bureau on that day", path=("incident", "acts", index, "personId")
        )
    return Act(draft.person_id, units[0], draft.capacity, draft.fraud, draft.dissented)
