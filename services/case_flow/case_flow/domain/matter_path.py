"""How far a matter had to go: steps, hand-overs, visits, whole working days (S1-110, S1-113)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from plumbline_shared.calendar import WorkingCalendar


@dataclass(frozen=True)
class MatterPath:
    """`elapsed` as `elapsed_days` counts it."""

    steps: int
    hand_overs: int
    visits: int
    elapsed: int


def elapsed_days(start: date, end: date, calendar: WorkingCalendar) -> int:
    """The working days that passed whole between two days: neither of the two is counted.

    The one rule of every figure that says how long something took. A limit counts otherwise: its last day belongs to it.
    """
    return calendar.working_days_between(start, end) - int(end > start and calendar.is_working(end))


@dataclass(frozen=True)
class Looks:
    """Pre-review: how often the applicant stood before the guide, and on which day last."""

    count: int
    last_on: date


def visits_of(steps: Sequence[str], marked: Collection[str], accepted_on: date, looks: Looks | None) -> int:
    """How often the applicant came: steps that need them there, by completed step in order.

    After a pre-review the first two steps, pre-review and acceptance, are the looks, and one more for an acceptance
    on a later day.
    """
    if looks is None:
        return sum(one in marked for one in steps)
    return looks.count + int(accepted_on > looks.last_on) + sum(one in marked for one in steps[2:])


def matter_path(
    signers: Sequence[Sequence[str]], start: date, end: date, visits: int, calendar: WorkingCalendar
) -> MatterPath:
    """The path so far; `signers` by completed step, in order. A hand-over: the next step is in other hands."""
    return MatterPath(
        steps=len(signers),
        hand_overs=sum(set(one) != set(other) for one, other in pairwise(signers)),
        visits=visits,
        elapsed=elapsed_days(start, end, calendar),
    )
