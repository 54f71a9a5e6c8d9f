"""Let the clock of a matter run again, to a due date later by the days it stood still."""

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.domain import clock, transitions
from case_flow.storage import matter as matters
from case_flow.storage.trace import trace
from case_flow.use_cases import clocks
from case_flow.use_cases.acting import load, org_of
from case_flow.use_cases.pause_clock import ClockMoved, require_in_charge


class ResumeClock(msgspec.Struct, frozen=True):
    """The matter whose reason to pause is over."""

    matter_id: str


async def resume_clock(uow: Uow, command: ResumeClock) -> ClockMoved:
    """Due date and open stages move; alerts are set anew. Raises PauseRefused when the clock runs, NotHandler."""
    matter, definition = await load(uow, command.matter_id)
    transitions.require_open(matter)
    require_in_charge(uow, matter.open_steps)
    org = await org_of(uow, matter)
    after = clock.resumed(definition, matter, uow.today, org.calendar)
    after = after.change(row_version=matter.row_version + 1)
    detail = {"due_on": after.due_on, "version": after.row_version}
    await matters.move(uow.conn, matter, after, trace(uow, "resumeClock", matter.id, detail))
    await clocks.resume(uow, definition, after, org.calendar)
    return ClockMoved(matter.id, after.due_on)
