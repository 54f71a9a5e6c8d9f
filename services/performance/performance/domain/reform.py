"""SR-10: what a reform brings its unit, and on which day: a pure function of what is known of the process."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from performance.domain.facts import Fact, ProcessIncident, ProcessReformed, QuietPassed
from performance.domain.rules import ReformRule


@dataclass(frozen=True)
class Award:
    """Points, and the day whose 00:00 ends the quiet."""

    points: Decimal
    on: date


def quiet_day(first: date, days: int, incidents: Iterable[date]) -> date:
    """The first day before which `days` calendar days in a row, not before `first`, saw no incident.

    An incident restarts the count on the day after it; one before `first` belongs to the old process.
    """
    end = first + timedelta(days=days)
    for occurred in sorted(incidents):
        if first <= occurred < end:
            end = occurred + timedelta(days=days + 1)
    return end


def award(reform: ProcessReformed, rule: ReformRule, known: Sequence[Fact]) -> Award | None:
    """What the reform brings; None while its quiet lasts not long enough, or earlier reforms used up the cap."""
    end = quiet_end(reform, rule, known)
    reached = (one.day for one in known if isinstance(one, QuietPassed))
    points = min(rule.unit_each_step * reform.removed, rule.cap - _used(reform, rule, known))
    return Award(points, end) if points > 0 and any(day >= end for day in reached) else None


def quiet_end(reform: ProcessReformed, rule: ReformRule, known: Iterable[Fact]) -> date:
    """`quiet_day` of a reform, with the incidents known so far."""
    incidents = (one.occurred_on for one in known if isinstance(one, ProcessIncident))
    return quiet_day(reform.effective_from, rule.quiet_days, incidents)


def _used(reform: ProcessReformed, rule: ReformRule, known: Iterable[Fact]) -> Decimal:
    """What earlier reforms of the process may bring: removing a step twice does not pay twice."""
    mine = (reform.effective_from, reform.version_id)
    earlier = sum(
        one.removed
        for one in known
        if isinstance(one, ProcessReformed) and (one.effective_from, one.version_id) < mine
    )
    return min(rule.cap, rule.unit_each_step * earlier)
