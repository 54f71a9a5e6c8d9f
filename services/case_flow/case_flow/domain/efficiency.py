"""Efficiency supervision by the discipline department (效能监察, S2-025): limits and quality, unit by unit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from plumbline_shared.errors import Invalid

from case_flow.domain.dashboard import Share, share, shown

LONGEST_DAYS = 366


class Measure(StrEnum):
    """What is counted: the first four stand as of today, the others happened in the period.

    Limits: RUNNING to SLIP_LATE. Quality: INCIDENT to VERIFIED_LATE, where the verifier's unit answers for the last.
    """

    RUNNING = "RUNNING"
    DUE_SOON = "DUE_SOON"
    OVERDUE = "OVERDUE"
    SLIP_LATE = "SLIP_LATE"
    CLOSED = "CLOSED"
    CLOSED_LATE = "CLOSED_LATE"
    STAGE_LATE = "STAGE_LATE"
    EXTENDED = "EXTENDED"
    INCIDENT = "INCIDENT"
    HOLD = "HOLD"
    OVERRIDDEN = "OVERRIDDEN"
    REVIEW_FAULT = "REVIEW_FAULT"
    VERIFIED_LATE = "VERIFIED_LATE"


@dataclass(frozen=True)
class Counted:
    """So many of a measure in a unit; of an incident with the root it goes back to, if any."""

    unit_id: str
    measure: Measure
    count: int
    root: str | None = None


@dataclass(frozen=True)
class UnitEfficiency:
    """One unit: counts by measure, incidents by root, and how many of its closed matters were late.

    A count that is None is too small to show to this reader.
    """

    unit_id: str
    counts: Mapping[Measure, int | None]
    roots: Mapping[str, int | None]
    late: Share

    @property
    def late_percent(self) -> Decimal | None:
        return self.late.percent


def check_period(first: date, last: date) -> None:
    """Raise Invalid unless `last` is not before `first` and a year at most lies between."""
    if not 0 <= (last - first).days < LONGEST_DAYS:
        raise Invalid(f"a period ends on or after its first day, {LONGEST_DAYS} days at most", path=("last",))


def supervised(counted: Iterable[Counted], hidden: int) -> tuple[UnitEfficiency, ...]:
    """The units in order, each with every measure; counts up to `hidden` are not shown, zero included."""
    found: dict[str, list[Counted]] = {}
    for one in counted:
        found.setdefault(one.unit_id, []).append(one)
    return tuple(_unit(unit, rows, hidden) for unit, rows in sorted(found.items()))


def _unit(unit_id: str, rows: list[Counted], hidden: int) -> UnitEfficiency:
    total = {each: sum(one.count for one in rows if one.measure is each) for each in Measure}
    roots = {root: 0 for one in rows if (root := one.root) is not None}
    for one in rows:
        if one.root is not None:
            roots[one.root] += one.count
    return UnitEfficiency(
        unit_id,
        {each: shown(count, hidden) for each, count in total.items()},
        {root: shown(count, hidden) for root, count in sorted(roots.items())},
        share(total[Measure.CLOSED], total[Measure.CLOSED_LATE], hidden),
    )
