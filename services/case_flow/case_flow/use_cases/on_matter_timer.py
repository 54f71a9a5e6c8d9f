"""What falls due on a matter: its limit comes near, is missed, or a slip is not acknowledged."""

from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.domain.definition import ItemDefinition
from case_flow.domain.matter import Matter, joined
from case_flow.publications import deadline_missed
from case_flow.storage import slip as slips
from case_flow.use_cases.acting import load
from case_flow.use_cases.raise_alert import raise_alert


async def on_deadline_approaching(uow: Uow, timer: Timer) -> None:
    """T−n: warn whoever has the open step, and the line above."""
    matter, definition = await load(uow, timer.ref)
    if matter.closed_at is None:
        days = timer.payload["days_left"]
        facts = {"days_left": days, "stage": matter.open_at}
        key = f"DEADLINE_APPROACHING:{matter.id}:{matter.due_on}:{days}"
        await raise_alert(
            uow,
            kind="DEADLINE_APPROACHING",
            phase="EX_ANTE",
            at=timer.fire_at,
            subject_person_ids=matter.hands,
            unit_ids=_units(matter),
            domain=matter.domain,
            point_code=_point(definition),
            matter_id=matter.id,
            facts=facts,
            key=key,
        )


async def on_deadline_missed(uow: Uow, timer: Timer) -> None:
    """24:00 of the due date has passed: raise the alert, tell the others."""
    matter, definition = await load(uow, timer.ref)
    if matter.closed_at is not None:
        return
    point = _point(definition)
    alert_id = await raise_alert(
        uow,
        kind="DEADLINE_MISSED",
        phase="EX_POST",
        at=timer.fire_at,
        subject_person_ids=matter.hands,
        unit_ids=_units(matter),
        domain=matter.domain,
        point_code=point,
        matter_id=matter.id,
        facts={"stage": matter.open_at},
        key=f"DEADLINE_MISSED:{matter.id}:{matter.due_on}",
        involved=matter.people,
    )
    point_id = f"{matter.bureau_id}.{point}" if point else ""
    await uow.emit(matter.id, deadline_missed(matter, alert_id, point_id, timer.fire_at), time=timer.fire_at)


async def on_slip_unacknowledged(uow: Uow, timer: Timer) -> None:
    """The paper is still in transit after the limit: both units hear of it."""
    slip = await slips.get(uow.conn, timer.ref)
    if slip.acknowledged_at is not None:
        return
    matter, _ = await load(uow, slip.matter_id)
    await raise_alert(
        uow,
        kind="TRANSFER_UNACKNOWLEDGED",
        phase="EX_ANTE",
        at=timer.fire_at,
        unit_ids=(slip.from_unit, slip.to_unit),
        domain=matter.domain,
        point_code=slip.point or None,
        matter_id=matter.id,
        facts={"slip": slip.id, "due_on": slip.due_on.isoformat()},
        key=f"TRANSFER_UNACKNOWLEDGED:{slip.id}",
    )


def _units(matter: Matter) -> tuple[str, ...]:
    return joined((), *(one.unit_id for one in matter.open_steps)) or (matter.unit_id,)


def _point(definition: ItemDefinition) -> str | None:
    return (definition.limit.point or None) if definition.limit else None
