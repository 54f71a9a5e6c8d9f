"""Evidence moves an estimate of how often a risk comes true; it only proposes a higher grade (C-04, S1-053…055).

The yearly rate has the prior Gamma(kappa·m, kappa). Events add their weight and time adds exposure, both halved every
half-life. Unverified sources together weigh no more than a cap: many voices about one thing are one thing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, log

from plumbline_org.grades import RiskGrade

from risk_registry.domain.grading import RANK, SCALE, Scheme

YEAR = 365.25
TERMS = 1000


@dataclass(frozen=True)
class EvidenceRules:
    """Weights and bands; `bands` are the yearly rates at which likelihood 2, 3, 4 and 5 begin."""

    bands: tuple[float, float, float, float]
    half_life_days: float
    unverified_cap: float
    propose_at: float
    release_at: float


@dataclass(frozen=True)
class Prior:
    """Mean rate `mean` a year, worth `years` of observation."""

    mean: float
    years: float


@dataclass(frozen=True)
class Weighed:
    """One event: its weight when it happened, and its age in days."""

    weight: float
    age_days: float
    verified: bool


@dataclass(frozen=True)
class Posterior:
    """Gamma(shape, rate); `shares` are what each event added to the shape, in the order given."""

    shape: float
    rate: float
    shares: tuple[float, ...]


def posterior(
    prior: Prior, events: Sequence[Weighed], exposure_days: float, rules: EvidenceRules
) -> Posterior:
    """The rate after the events and the days since the panel graded; unverified shares shrink alike to the cap."""
    faded = [each.weight * 0.5 ** (each.age_days / rules.half_life_days) for each in events]
    unverified = sum(share for each, share in zip(events, faded, strict=True) if not each.verified)
    scale = min(1.0, rules.unverified_cap / unverified) if unverified else 1.0
    shares = tuple(
        share if each.verified else share * scale for each, share in zip(events, faded, strict=True)
    )
    half = rules.half_life_days
    exposure = (1 - 0.5 ** (exposure_days / half)) * half / log(2) / YEAR
    return Posterior(prior.mean * prior.years + sum(shares), prior.years + exposure, shares)


def at_least(
    found: Posterior, grade: RiskGrade, severity: int, scheme: Scheme, rules: EvidenceRules
) -> float:
    """P(the method's grade is `grade` or higher), the severity as the panel found it."""
    reached = [each for each in SCALE if RANK[scheme.grade(each, severity)] >= RANK[grade]]
    if not reached:
        return 0.0
    return 1.0 if reached[0] == SCALE.start else above(found, rules.bands[reached[0] - 2])


def proposal(
    found: Posterior, present: RiskGrade, severity: int, scheme: Scheme, rules: EvidenceRules,
    open_: RiskGrade | None = None,
) -> RiskGrade | None:  # fmt: skip
    """The highest grade over the present one to propose; an open proposal stays until it falls under `release_at`."""
    for grade in sorted(RiskGrade, key=RANK.__getitem__, reverse=True):
        if RANK[grade] <= RANK[present]:
            return None
        bound = rules.release_at if open_ and RANK[grade] <= RANK[open_] else rules.propose_at
        if at_least(found, grade, severity, scheme, rules) >= bound:
            return grade
    return None


def above(found: Posterior, rate: float) -> float:
    """P(the yearly rate exceeds `rate`): the upper regularised incomplete gamma function."""
    a, x = found.shape, found.rate * rate
    if x <= 0:
        return 1.0
    front = exp(a * log(x) - x - lgamma(a))
    return max(0.0, 1 - front * _series(a, x)) if x < a + 1 else min(1.0, front * _fraction(a, x))


def _series(a: float, x: float) -> float:
    term = total = 1 / a
    for n in range(1, TERMS):
        term *= x / (a + n)
        total += term
        if term < total * 1e-15:
            break
    return total


def _fraction(a: float, x: float) -> float:
    """Lentz's continued fraction."""
    b = x + 1 - a
    c, d = 1e300, 1 / b
    total = d
    for n in range(1, TERMS):
        step, b = -n * (n - a), b + 2
        d = 1 / (step * d + b)
        c = b + step / c
        total *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return total
