"""What bureaus with the same catalogue point have seen together, as a prior (empirical Bayes; requirements C-04, §9.4, 14).

Each bureau's weight and years enter sums, and nothing else of it is kept. A prior comes of the sums when enough bureaus
are in them, its mean on a grid, so that the share of one bureau is not to be had by difference.
"""

from dataclasses import dataclass
from datetime import date
from math import log

from risk_registry.domain.evidence import Posterior, Prior


@dataclass(frozen=True)
class SiblingRules:
    """`years` is the most that siblings may say beside the panel; `minimum` bureaus; `step` is the grid of the mean."""

    years: float
    minimum: int
    step: float


@dataclass(frozen=True)
class Siblings:
    """Mean rate a year, worth `years` of observation, from at least `count` bureaus, as of a quarter's first day."""

    mean: float
    years: float
    count: int
    day: date


@dataclass(frozen=True)
class Sums:
    """Sums over bureaus of weight y and years e: n, y, e, y²/e, e²."""

    bureaus: int = 0
    weight: float = 0.0
    years: float = 0.0
    squares: float = 0.0
    years_squared: float = 0.0

    def plus(self, seen: Posterior) -> "Sums":
        """With one bureau more: `seen` is what its evidence says without a prior."""
        if seen.rate <= 0:
            return self
        return Sums(
            self.bureaus + 1,
            self.weight + seen.shape,
            self.years + seen.rate,
            self.squares + seen.shape**2 / seen.rate,
            self.years_squared + seen.rate**2,
        )


def pooled(sums: Sums, day: date, rules: SiblingRules) -> Siblings | None:
    """The Gamma prior by moments; None of fewer than `minimum` bureaus, or where siblings have no say."""
    if sums.bureaus < rules.minimum or rules.years <= 0:
        return None
    mean = sums.weight / sums.years
    between = _between(sums, mean)
    years = min(rules.years, mean / between) if between > 0 else rules.years
    count = sums.bureaus - sums.bureaus % rules.minimum
    return Siblings(on_grid(mean, rules.step), max(0.1, round(years, 1)), count, day)


def _between(sums: Sums, mean: float) -> float:
    """The variance of rates between bureaus beyond what chance explains (DerSimonian–Laird for counts)."""
    excess = sums.squares - sums.weight**2 / sums.years - (sums.bureaus - 1) * mean
    room = sums.years - sums.years_squared / sums.years
    return max(0.0, excess / room) if room > 0 else 0.0


def on_grid(mean: float, step: float) -> float:
    """The nearest power of `step`; none is none."""
    return float(step ** round(log(mean, step))) if mean > 0 else 0.0


def with_siblings(panel: Prior, siblings: Siblings | None) -> Prior:
    """The panel's prior and the siblings' as one: their observations add up."""
    if siblings is None:
        return panel
    years = panel.years + siblings.years
    return Prior((panel.mean * panel.years + siblings.mean * siblings.years) / years, years)


def quarter_of(day: date) -> date:
    """The first day of the day's quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
