"""Raise a hold: the step is stopped, its alert tells those whom the grade names, and the act waits for a way out."""

from collections.abc import Sequence

from plumbline_org.grades import RiskGrade
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.control_publications import hold_raised
from case_flow.domain.definition import Step
from case_flow.domain.hold import Finding, Hold, HoldState
from case_flow.domain.matter import Matter
from case_flow.rules import CONTROL_RULES
from case_flow.storage import alert as alerts
from case_flow.storage import hold as holds
from case_flow.use_cases.raise_alert import raise_alert


async def raise_hold(
    uow: Uow, matter: Matter, step: Step, finding: Finding, *, point: str, grade: RiskGrade
) -> str:
    """Hold the step for what was found and return the hold's id; the same person's same finding is the same hold.

    `point` is the code of the risk point, `grade` counts while the register has not published it.
    """
    for held in await holds.open_of(uow.conn, matter.id):
        if (held.step, held.code, held.person_id) == (step.code, finding.code, uow.principal.actor):
            return held.id
    hold_id, person, unit = new_id("hd"), uow.principal.actor, _unit(uow.principal.unit_ids, matter)
    alert_id = await raise_alert(
        uow,
        kind=finding.code,
        at=uow.now,
        subject_person_ids=[person],
        unit_ids=[unit],
        domain=matter.domain,
        point_code=point or None,
        fallback_grade=grade,
        matter_id=matter.id,
        facts={**finding.facts, "hold_id": hold_id, "step": step.code},
        key=f"hold:{hold_id}",
    )
    alert = await alerts.get(uow.conn, alert_id)
    pack = await CONTROL_RULES.of(uow)
    hold = Hold(
        id=hold_id,
        bureau_id=matter.bureau_id,
        code=finding.code,
        control=finding.control,
        matter_id=matter.id,
        step=step.code,
        person_id=person,
        unit_id=unit,
        point_id=alert.point_id,
        grade=alert.grade,
        alert_id=alert_id,
        state=HoldState.RAISED,
        ways=finding.ways,
        message_zh=finding.message_zh,
        message_en=finding.message_en,
        citation=finding.citation,
        facts=finding.facts,
        pack=f"{pack.id}/{pack.version}",
        raised_at=uow.now,
    )
    await keep_hold(uow, hold)
    return hold.id


async def keep_hold(uow: Uow, hold: Hold) -> None:
    """Store a hold and tell of it."""
    await holds.add(uow.conn, hold)
    await uow.emit(hold.id, hold_raised(hold))
    held = {"matter": hold.matter_id} if hold.matter_id else {"event": hold.event_id}
    await uow.audit("hold.raised", "Hold", hold.id, {"code": hold.code, **held, "step": hold.step})


def _unit(units: Sequence[str] | frozenset[str], matter: Matter) -> str:
    return matter.unit_id if matter.unit_id in units else min(units, default=matter.unit_id)
