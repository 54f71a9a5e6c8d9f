"""The budget of a stage is used up and its step still open: its handler and the line above hear of it (S1-121)."""

from plumbline_shared.clock import end_of_day
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.domain.definition import ItemDefinition
from case_flow.use_cases.acting import load
from case_flow.use_cases.raise_alert import raise_alert


async def on_stage_overdue(uow: Uow, timer: Timer) -> None:
    """Warn about the step unless it is done, or due later by now; one that opens after its date is not told again."""
    matter, definition = await load(uow, timer.ref)
    late = next((one for one in matter.open_steps if one.step == timer.payload["step"]), None)
    if late is None or late.stage_due_on is None or end_of_day(late.stage_due_on) != timer.fire_at:
        return
    await raise_alert(
        uow,
        kind="STAGE_OVERDUE",
        at=timer.fire_at,
        subject_person_ids=late.hands,
        unit_ids=(late.unit_id,),
        domain=matter.domain,
        point_code=_point(definition, late.step),
        matter_id=matter.id,
        facts={"stage": late.step, "stage_due_on": late.stage_due_on.isoformat()},
        key=f"STAGE_OVERDUE:{matter.id}:{late.step}:{late.stage_due_on}",
    )


def _point(definition: ItemDefinition, step: str) -> str | None:
    limit = definition.limit.point if definition.limit else ""
    return definition.by_code[step].point or limit or None
