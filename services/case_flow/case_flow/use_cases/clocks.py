"""Start, extend and stop the clocks of a matter: the ledger's rows and the timers behind them."""

from collections.abc import Sequence
from datetime import date

from plumbline_shared.calendar import WorkingCalendar
from plumbline_shared.clock import end_of_day
from plumbline_shared.use_case import Uow

from case_flow.domain import clock
from case_flow.domain.definition import ItemDefinition
from case_flow.domain.matter import Matter
from case_flow.storage import clock as ledger
from case_flow.storage.clock import ClockEvent

APPROACHING = "matter_deadline_approaching"
MISSED = "matter_deadline_missed"
UNACKNOWLEDGED = "slip_unacknowledged"
STAGE_OVERDUE = "stage_overdue"


async def start(uow: Uow, definition: ItemDefinition, matter: Matter, calendar: WorkingCalendar) -> None:
    """Start the clock of the matter and those of its stages."""
    if matter.due_on is None:
        await _watch_stages(uow, definition, matter, calendar)
        return
    stages = clock.stage_dues(definition, matter, calendar)
    dues = [("matter", matter.due_on), *((f"stage:{one.step}", one.on) for one in stages)]
    await _write(uow, definition, matter, calendar, "STARTED", dues)
    await _set_timers(uow, definition, matter, calendar)


async def extend(
    uow: Uow, definition: ItemDefinition, matter: Matter, calendar: WorkingCalendar, reasons: str
) -> None:
    """Move the due date of the matter to the extended one."""
    dues = [("matter", matter.due_on)]
    await _write(
        uow, definition, matter, calendar, "EXTENDED", dues, days=matter.extension_days, reason=reasons
    )
    await uow.cancel_timers(matter.id)
    await _set_timers(uow, definition, matter, calendar)


async def pause(
    uow: Uow, definition: ItemDefinition, matter: Matter, calendar: WorkingCalendar, why: str
) -> None:
    """The clock stands still: nothing falls due until it is resumed."""
    await _write(uow, definition, matter, calendar, "PAUSED", [("matter", matter.due_on)], reason=why)
    await uow.cancel_timers(matter.id)


async def resume(uow: Uow, definition: ItemDefinition, matter: Matter, calendar: WorkingCalendar) -> None:
    """The clock runs again, to its later due dates."""
    stages = clock.stage_dues(definition, matter, calendar)
    open_stages = [(f"stage:{one.step}", one.on) for one in stages if one.step not in matter.trail]
    dues = [("matter", matter.due_on), *open_stages]
    await _write(uow, definition, matter, calendar, "RESUMED", dues, reason=matter.pauses[-1].reason)
    await _set_timers(uow, definition, matter, calendar)


async def restart(
    uow: Uow, definition: ItemDefinition, matter: Matter, calendar: WorkingCalendar, why: str
) -> None:
    """The clocks of another version hold from now on, those of finished stages left out."""
    for kind in (APPROACHING, MISSED, STAGE_OVERDUE):
        await uow.cancel_timers(matter.id, kind)
    stages = clock.stage_dues(definition, matter, calendar)
    dues = [
        ("matter", matter.due_on),
        *((f"stage:{one.step}", one.on) for one in stages if one.step not in matter.trail),
    ]
    await _write(uow, definition, matter, calendar, "STARTED", dues, reason=why)
    await _set_timers(uow, definition, matter, calendar)


async def recompute(
    uow: Uow, definition: ItemDefinition, before: Matter, after: Matter, calendar: WorkingCalendar
) -> None:
    """The due dates follow a corrected calendar. A miss that was told is told again only for a later day to come."""
    stages = clock.stage_dues(definition, after, calendar)
    dues = [
        ("matter", after.due_on),
        *((f"stage:{one.step}", one.on) for one in stages if one.step not in after.trail),
    ]
    await _write(uow, definition, after, calendar, "RECOMPUTED", dues, reason=f"calendar {calendar.version}")
    await uow.cancel_timers(after.id)
    if not (_passed(uow, before.due_on) and _passed(uow, after.due_on)):
        await _set_timers(uow, definition, after, calendar)


def _passed(uow: Uow, due_on: date | None) -> bool:
    return due_on is not None and uow.today > due_on


async def stop(uow: Uow, definition: ItemDefinition, matter: Matter, calendar: WorkingCalendar) -> None:
    """Stop the clock of a matter that is closed."""
    await uow.cancel_timers(matter.id)
    if matter.due_on is not None:
        await _write(uow, definition, matter, calendar, "STOPPED", [("matter", matter.due_on)])


async def _set_timers(
    uow: Uow, definition: ItemDefinition, matter: Matter, calendar: WorkingCalendar
) -> None:
    await _watch_stages(uow, definition, matter, calendar)
    if matter.due_on is None:
        return
    for alert in clock.alert_times(definition, matter.due_on, calendar):
        if alert.days_before is None:
            await uow.schedule(MISSED, matter.id, alert.at)
        elif alert.at > uow.now:
            await uow.schedule(APPROACHING, matter.id, alert.at, {"days_left": alert.days_before})


async def _watch_stages(
    uow: Uow, definition: ItemDefinition, matter: Matter, calendar: WorkingCalendar
) -> None:
    for stage in clock.watched_stages(definition, matter, calendar):
        at = end_of_day(stage.on)
        if at > uow.now:
            await uow.schedule(STAGE_OVERDUE, matter.id, at, {"step": stage.step})


async def _write(
    uow: Uow,
    definition: ItemDefinition,
    matter: Matter,
    calendar: WorkingCalendar,
    event: str,
    dues: Sequence[tuple[str, date | None]],
    *,
    days: int = 0,
    reason: str = "",
) -> None:
    rule = definition.rule()
    if rule is None:
        return
    entry = ClockEvent(
        seq=matter.row_version,
        clock="",
        event=event,
        at=uow.now,
        by_person=uow.principal.person_id,
        due_on=None,
        days=days,
        reason=reason,
        rule_id=rule.id,
        rule_version=rule.version,
        citation=rule.citation,
        calendar_version=calendar.version,
    )
    await ledger.add(uow.conn, matter.id, matter.bureau_id, entry, dues)
