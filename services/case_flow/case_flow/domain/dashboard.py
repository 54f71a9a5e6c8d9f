"""The programme in figures: the three zeros beside what was detected, so that hiding does not look like success (C-13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

TENTH = Decimal("0.1")
NOTHING = -1
"""What hides no count: readers with clearance."""


@dataclass(frozen=True)
class Figures:
    """A bureau's year. `cases` are serious incidents, `accountable` persons held to account by a decision."""

    cases: int
    faults: int
    accountable: int
    self_reported: int
    ex_ante: int
    in_process: int
    ex_post: int
    holds: int
    verify_due: int
    verified_in_time: int


@dataclass(frozen=True)
class Quarter:
    """Alerts raised and matters accepted in a quarter, 1 to 4."""

    quarter: int
    alerts: int
    matters: int

    @property
    def per_1000(self) -> Decimal | None:
        """Alerts for each 1,000 matters; None without matters."""
        return (Decimal(1000 * self.alerts) / self.matters).quantize(TENTH) if self.matters else None


@dataclass(frozen=True)
class Share:
    """A part of a whole; None where a small part, or a small remainder, would point at somebody."""

    whole: int | None
    part: int | None

    @property
    def percent(self) -> Decimal | None:
        """The part in percent; None of nothing and of what is hidden."""
        return (
            (Decimal(100 * self.part) / self.whole).quantize(TENTH)
            if self.whole and self.part is not None
            else None
        )


def shown(count: int, hidden: int) -> int | None:
    """A count over `hidden`; else None, zero too: a number that appears or goes must not have been small."""
    return count if count > hidden else None


def share(whole: int, part: int, hidden: int) -> Share:
    """Neither the part nor what is left over may be small."""
    told = shown(part, hidden) is not None and shown(whole - part, hidden) is not None
    return Share(shown(whole, hidden), part if told else None)


def trend(quarters: Sequence[Quarter], hidden: int) -> tuple[Quarter, ...] | None:
    """The quarters; None as soon as one is small: the others and the year would give it away."""
    told = all(shown(min(one.alerts, one.matters), hidden) is not None for one in quarters)
    return tuple(quarters) if told else None


def quarters_until(year: int, today: date) -> int:
    """How many quarters of the year have begun."""
    return 4 if year < today.year else (today.month + 2) // 3 if year == today.year else 0
