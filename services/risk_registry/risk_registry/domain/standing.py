"""Where a point stands, in two times: from which day it counts, and since when the registry knows it.

Nothing is overwritten: a standing counts until a later day has one of its own, and for one day the standing
recorded last speaks (S2-046; invariants 1 and 9).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from plumbline_org.grades import RiskGrade


class PointState(StrEnum):
    """The state machine of requirements §3.2, as far as reviews and imports move it."""

    PROPOSED = "PROPOSED"
    IN_COLLECTIVE_REVIEW = "IN_COLLECTIVE_REVIEW"
    ACTIVE = "ACTIVE"
    UNDER_REVIEW = "UNDER_REVIEW"
    DISSOLVED = "DISSOLVED"


IN_FORCE = frozenset({PointState.ACTIVE, PointState.UNDER_REVIEW})
OPENED = {
    PointState.PROPOSED: PointState.IN_COLLECTIVE_REVIEW,
    PointState.ACTIVE: PointState.UNDER_REVIEW,
}
REOPENED = {after: before for before, after in OPENED.items()}


@dataclass(frozen=True)
class Standing:
    """State and grade from `valid_from` on; `sequence` is the order of recording inside one instant."""

    state: PointState
    grade: RiskGrade | None
    valid_from: date
    recorded_at: datetime
    sequence: int = 0
    review_id: str | None = None
    scheme: str | None = None
    reason: str = ""


@dataclass(frozen=True)
class Period:
    """A standing with the day on which the next one begins (`None` while it is open)."""

    standing: Standing
    valid_to: date | None


def standing_on(history: Iterable[Standing], on: date, known_at: datetime | None = None) -> Standing | None:
    """The standing that counts on `on`, as far as it was known at `known_at` (default: everything)."""
    known = [each for each in _known(history, known_at) if each.valid_from <= on]
    return max(known, key=_order, default=None)


def periods(history: Iterable[Standing], known_at: datetime | None = None) -> list[Period]:
    """The history without gap or overlap, oldest first."""
    latest: dict[date, Standing] = {}
    for each in sorted(_known(history, known_at), key=_order):
        latest[each.valid_from] = each
    days = sorted(latest)
    return [Period(latest[day], end) for day, end in zip(days, [*days[1:], None], strict=True)]


def _known(history: Iterable[Standing], known_at: datetime | None) -> list[Standing]:
    return [each for each in history if known_at is None or each.recorded_at <= known_at]


def _order(standing: Standing) -> tuple[date, datetime, int]:
    return standing.valid_from, standing.recorded_at, standing.sequence
