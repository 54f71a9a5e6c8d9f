"""Pause the clock of a matter for a hearing, a test or an expert review (行政许可法 Art 45)."""

from collections.abc import Sequence
from datetime import date

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.domain import clock, transitions
from case_flow.domain.definition import State
from case_flow.domain.eligibility import may_assign
from case_flow.domain.errors import NotHandler
from case_flow.domain.matter import OpenStep, Suspension
from case_flow.storage import matter as matters
from case_flow.storage.trace import trace
from case_flow.use_cases import clocks
from case_flow.use_cases.acting import load, org_of, person


class PauseClock(msgspec.Struct, frozen=True):
    """A reason that the item knows, and how the applicant was told in writing."""

    matter_id: str
    reason: str
    notice: str


class ClockMoved(msgspec.Struct, frozen=True):
    """The due date that holds now; while the clock stands still it is the earlier one."""

    matter_id: str
    due_on: date | None


async def pause_clock(uow: Uow, command: PauseClock) -> ClockMoved:
    """The clock stands still from today on; no step can be done meanwhile. Raises PauseRefused, NotHandler."""
    matter, definition = await load(uow, command.matter_id)
    transitions.require_open(matter)
    require_in_charge(uow, matter.open_steps)
    reason = clock.require_pausable(definition, matter, command.reason, command.notice, uow.now)
    after = matter.change(
        state=State.SUSPENDED,
        suspension=Suspension(started_on=uow.today, reason=reason.code),
        row_version=matter.row_version + 1,
    )
    detail = {"reason": reason.code, "notice": command.notice, "version": after.row_version}
    await matters.move(uow.conn, matter, after, trace(uow, "pauseClock", matter.id, detail))
    org = await org_of(uow, matter)
    await clocks.pause(uow, definition, after, org.calendar, f"{reason.code}: {command.notice}")
    return ClockMoved(matter.id, after.due_on)


def require_in_charge(uow: Uow, steps: Sequence[OpenStep]) -> None:
    """Raise NotHandler unless one of these open steps is in the caller's hands, or the caller leads its unit."""
    if not any(person(uow) in one.handlers or may_assign(uow.principal, one.unit_id) for one in steps):
        raise NotHandler("whoever has the open step, or the chief of its unit, moves the clock")
