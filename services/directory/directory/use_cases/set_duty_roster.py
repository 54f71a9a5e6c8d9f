"""Set the duty directors of one month (S1-100)."""

from dataclasses import replace
from datetime import date

import msgspec
from plumbline_org.parts import Duty
from plumbline_shared.errors import Invalid, Refused
from plumbline_shared.use_case import Uow

from directory.domain.checks import is_leader
from directory.domain.merge import roster
from directory.domain.parts import Directory, bureau_of_id
from directory.use_cases.edit import edit_bureau, person_in


class DutyDay(msgspec.Struct, frozen=True):
    """`rank` 1 is on duty, 2 the next one."""

    on: date
    person_id: str
    rank: int = 1


class SetDutyRoster(msgspec.Struct, frozen=True):
    """The whole month, `2026-10`; days that are not named have no duty director."""

    bureau_id: str
    month: str
    duties: tuple[DutyDay, ...]


class NotALeader(Refused):
    """Only a bureau leader of that day can be duty director."""

    code = "NOT_A_LEADER"


async def set_duty_roster(uow: Uow, command: SetDutyRoster) -> str:
    """Replace a month and return the bureau's id; publishes DutyRosterChanged.

    Raises NotFound, Invalid for a day of another month or a place given twice, NotALeader.
    """
    _check_days(command)
    await edit_bureau(uow, "directory.set_duty_roster", command.bureau_id, lambda known: _set(known, command))
    return command.bureau_id


def _check_days(command: SetDutyRoster) -> None:
    seen: set[tuple[date, int]] = set()
    for index, duty in enumerate(command.duties):
        path = ["input", "duties", index]
        if duty.on.isoformat()[:7] != command.month:
            raise Invalid(f"{duty.on} is not in {command.month}", path=path)
        if duty.rank < 1 or (duty.on, duty.rank) in seen:
            raise Invalid(f"rank {duty.rank} of {duty.on} must be 1 or more and given once", path=path)
        seen.add((duty.on, duty.rank))


def _set(known: Directory, command: SetDutyRoster) -> Directory:
    org = known.org(command.bureau_id)
    for duty in command.duties:
        person_in(known, duty.person_id if bureau_of_id(duty.person_id) == command.bureau_id else "")
        if not is_leader(org, duty.person_id, duty.on):
            raise NotALeader(f"{duty.person_id} is not a bureau leader on {duty.on}")
    month = roster(
        command.bureau_id, command.month, (Duty(one.on, one.rank, one.person_id) for one in command.duties)
    )
    return replace(known, rosters={**known.rosters, month.id: month})
