"""A contest: somebody named in a confirmed incident says that it did not happen so, and a free leader decides (I-014)."""

from datetime import date, datetime

import msgspec
from plumbline_shared.calendar import WorkingCalendar
from plumbline_shared.deadline import DeadlineRule, add_days
from plumbline_shared.errors import Refused


class Contest(msgspec.Struct, frozen=True):
    """One person's contest. `stands` is None until it is decided; False sets the incident aside."""

    id: str
    incident_id: str
    bureau_id: str
    person_id: str
    grounds: str
    contested_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    stands: bool | None = None
    reasons: str | None = None


class ContestRefused(Refused):
    """An inquiry hears the case, the incident is set aside, or this contest is over."""

    code = "CONTEST_REFUSED"


class ContestTooLate(Refused):
    """The time to contest has passed."""

    code = "CONTEST_TOO_LATE"


class NoFreeLeader(Refused):
    """Every leader of the bureau has a part in the incident: the bureau above decides."""

    code = "NO_FREE_LEADER"


def last_day(confirmed_on: date, rule: DeadlineRule, calendar: WorkingCalendar) -> date:
    """The last day to contest an incident confirmed on a day."""
    return add_days(calendar, rule.unit, confirmed_on, rule.length).on


def check_contest(*, inquiry: bool, set_aside: bool, until: date, today: date) -> None:
    """Raise ContestRefused or ContestTooLate unless the incident can be contested today."""
    if inquiry:
        raise ContestRefused("an inquiry hears the case: state your defence there")
    if set_aside:
        raise ContestRefused("the incident is set aside already")
    if today > until:
        raise ContestTooLate(f"the incident could be contested until {until}", until=until.isoformat())
