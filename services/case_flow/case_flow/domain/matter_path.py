"""How far a matter had to go: steps, hand-overs, visits, whole working days (S1-110, S1-113)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from plumbline_shared.calendar import WorkingCalendar


@dataclass(frozen=True)
class MatterPath:
    """`elapsed` counts the working days that passed whole between two days: neither of the two is counted."""

    steps: int
    hand_overs: int
    visits: int
    elapsed: int


def matter_path(
    signers: Sequence[Sequence[str]], start: date, end: date, visits: int, calendar: WorkingCalendar
) -> MatterPath:
    """The path so far; `signers` by completed step, in order. A hand-over: the next step is in other hands."""
    between = calendar.working_days_between(start, end) - int(end > start and calendar.is_working(end))
    return MatterPath(
        steps=len(signers),
        hand_overs=sum(set(one) != set(other) for one, other in pairwise(signers)),
        visits=visits,
        elapsed=between,
    )
