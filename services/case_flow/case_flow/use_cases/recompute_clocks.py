"""A corrected calendar moves the clocks that run, and says so on each matter; what has stopped stays."""

from dataclasses import replace

from plumbline_contracts.directory.v1 import CalendarPublished
from plumbline_org.replica import on_calendar_published as keep_calendar
from plumbline_org.storage.load import load_org
from plumbline_shared.calendar import WorkingCalendar
from plumbline_shared.principal import system
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.domain import clock
from case_flow.storage import matter as matters
from case_flow.storage.running_clock import bureaus_below, running
from case_flow.storage.trace import trace
from case_flow.use_cases import clocks
from case_flow.use_cases.acting import load
from case_flow.use_cases.recompute_slips import RECOMPUTE_SLIPS

RECOMPUTE = "clocks_recomputed"
BATCH = 200


async def on_calendar_published(uow: Uow, event: CalendarPublished) -> None:
    """Keep the calendar now in force; right after this transaction running clocks and open slips that count by it follow.

    A calendar counts for its bureau and for those below; the national one names no bureau.
    """
    await keep_calendar(uow, event)
    for bureau in await bureaus_below(uow.conn, event.bureau_id):
        own = replace(uow, principal=system(bureau))
        for kind in (RECOMPUTE, RECOMPUTE_SLIPS):
            await own.schedule(kind, f"calendar:{bureau}", uow.now, {"after": ""})


async def on_clocks_recomputed(uow: Uow, timer: Timer) -> None:
    """Recompute one batch of running clocks and leave the rest to the next timer."""
    bureau = timer.bureau_id or ""
    calendar = (await load_org(uow.conn, bureau)).calendar
    found = await running(uow.conn, bureau, str(timer.payload["after"]), BATCH)
    for matter_id in found:
        await _recompute(uow, matter_id, calendar)
    if len(found) == BATCH:
        await uow.schedule(RECOMPUTE, timer.ref, uow.now, {"after": found[-1]})


async def _recompute(uow: Uow, matter_id: str, calendar: WorkingCalendar) -> None:
    matter, definition = await load(uow, matter_id)
    after = clock.recomputed(definition, matter, calendar)
    if after == matter:
        return
    after = after.change(row_version=matter.row_version + 1)
    detail = {"calendar": calendar.version, "due_on": after.due_on, "was_due_on": matter.due_on}
    await matters.move(uow.conn, matter, after, trace(uow, "recomputeClock", matter.id, detail))
    await clocks.recompute(uow, definition, matter, after, calendar)
