"""Raise an alert: once for one cause, seen by those whom its rule names on the day of the event and nobody else."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from plumbline_org.grades import RiskGrade
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.clock import end_of_day, local_date
from plumbline_shared.deadline import add_days
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.alert_publications import alert_raised
from case_flow.domain.alert import Alert, AlertPhase, AlertState
from case_flow.domain.control_pack import AlertRule, ControlPack
from case_flow.domain.definition import ItemDefinition
from case_flow.domain.incident import with_extension
from case_flow.domain.leaders import free_leader
from case_flow.domain.recipients import Basis, Concern, Viewer, pick_verifier, viewers
from case_flow.rules import CONTROL_RULES
from case_flow.storage import alert as alerts
from case_flow.storage import risk_point


async def raise_alert(
    uow: Uow,
    *,
    kind: str,
    at: datetime,
    subject_person_ids: Sequence[str] = (),
    unit_ids: Sequence[str] = (),
    domain: str = "",
    phase: AlertPhase | str | None = None,
    point_code: str | None = None,
    grade: RiskGrade | str | None = None,
    fallback_grade: RiskGrade | None = None,
    matter_id: str | None = None,
    facts: Mapping[str, Any] | None = None,
    key: str | None = None,
    involved: Sequence[str] = (),
) -> str:
    """Raise the alert of `kind` and return its id; the same `key` again returns the first one's.

    Phase and grade default to the rule's; without one the grade is the point's on the day of `at`, and
    `fallback_grade` while the register has not published the point. `facts["days_left"]` widens the list of a
    deadline that comes close; `involved` never verify.
    """
    pack, org, on = (await CONTROL_RULES.of(uow)), await load_org(uow.conn, _bureau(uow)), local_date(at)
    rule = pack.alert(kind)
    point_id = f"{_bureau(uow)}.{point_code}" if point_code else None
    known = await risk_point.point(uow.conn, point_id) if point_id else None
    held = rule.grade or (RiskGrade(grade) if grade else None)
    concern = Concern(
        subjects=tuple(dict.fromkeys(subject_person_ids)),
        units=tuple(dict.fromkeys(unit_ids)),
        grade=held or await _grade(uow, point_id, on) or fallback_grade or pack.default_grade,
        domain=domain,
        owner_unit=known.owner_unit_id if known else None,
        on=on,
    )
    alert = Alert(
        id=new_id("al"),
        bureau_id=_bureau(uow),
        dedup_key=key or f"{kind}:{matter_id or ','.join(unit_ids)}:{at.isoformat()}",
        kind=kind,
        phase=AlertPhase(phase) if phase else rule.phase,
        state=AlertState.RAISED,
        grade=concern.grade,
        point_id=point_id,
        matter_id=matter_id,
        unit_ids=concern.units,
        subject_ids=concern.subjects,
        domain=domain,
        facts={**await _limit_facts(uow, matter_id, org), **(facts or {})},
        pack=f"{pack.id}/{pack.version}",
        raised_at=at,
    )
    return await _record(
        uow, _with_limits(pack, rule, org, alert, concern, frozenset(involved)), rule, org, concern
    )


async def _record(uow: Uow, alert: Alert, rule: AlertRule, org: Org, concern: Concern) -> str:
    alert_id, new = await alerts.record(uow.conn, alert)
    if not new:
        return alert_id
    seen_by = list(viewers(org, rule.recipients_at(alert.facts.get("days_left")), concern))
    if alert.verifier:
        seen_by.append(Viewer(alert.verifier, Basis.VERIFIER))
    elif rule.verify and (leader := free_leader(org, concern.subjects, concern.on)):
        seen_by.append(Viewer(leader, Basis.ESCALATION))
    await alerts.add_viewers(uow.conn, alert, seen_by, alert.raised_at)
    await alerts.add_act(
        uow.conn,
        alert.bureau_id,
        alerts.AlertAct(alert.id, alert.raised_at, uow.principal.actor, "RAISED", alert.state, ""),
    )
    await _schedule(uow, alert)
    await uow.emit(alert.id, alert_raised(alert), time=alert.raised_at)
    return alert.id


def _with_limits(
    pack: ControlPack, rule: AlertRule, org: Org, alert: Alert, concern: Concern, involved: frozenset[str]
) -> Alert:
    acknowledge = pack.limits.acknowledge
    due = add_days(org.calendar, acknowledge.unit, concern.on, acknowledge.length).on
    if not rule.verify:
        return msgspec.structs.replace(alert, acknowledge_due=due)
    limit = pack.limits.verify[alert.grade]
    return msgspec.structs.replace(
        alert,
        acknowledge_due=due,
        verifier=pick_verifier(org, pack.verifiers[alert.grade], concern, involved),
        verify_due=add_days(org.calendar, limit.unit, concern.on, limit.length).on,
    )


async def _schedule(uow: Uow, alert: Alert) -> None:
    if alert.acknowledge_due:
        await uow.schedule("alert_unacknowledged", alert.id, end_of_day(alert.acknowledge_due))
    if alert.verify_due:
        await uow.schedule("alert_unverified", alert.id, end_of_day(alert.verify_due))


async def _grade(uow: Uow, point_id: str | None, on: date) -> RiskGrade | None:
    return await risk_point.grade_on(uow.conn, point_id, on) if point_id else None


async def _limit_facts(uow: Uow, matter_id: str | None, org: Org) -> dict[str, Any]:
    """What the dossier needs of the limit: the due date, and the one an approved extension would have given."""
    clock = await alerts.matter_clock(uow.conn, matter_id) if matter_id else None
    if clock is None or clock.due_on is None:
        return {}
    rule = msgspec.json.decode(clock.definition, type=ItemDefinition).rule()
    other = with_extension(rule, date.fromisoformat(clock.accepted_on), org.calendar) if rule else None
    extension = (
        {"extension_days": other.extension_days, "extension_due_on": other.would_be_due_on} if other else {}
    )
    return {"due_on": clock.due_on, "accepted_on": clock.accepted_on, **extension}


def _bureau(uow: Uow) -> str:
    assert uow.principal.bureau_id is not None  # noqa: S101 — every writing principal belongs to a bureau
    return uow.principal.bureau_id
