"""Supervision effort against the concentration of risk, unit by unit (S1-142).

Risk of a unit: its points in force, weighted by grade; a point of several units is shared out equally. Effort: what was done
in a period about its points, weighted by kind, shared out likewise. Each is a share of the bureau's whole; the first over
the second says whether a unit is watched more or less than its risk asks for.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from plumbline_org.grades import RiskGrade
from plumbline_shared.errors import Invalid


class EffortKind(StrEnum):
    """核实预警 VERIFIED_ALERT, 控制测试 CONTROL_TEST, 评级审议 GRADING_REVIEW, 检查发现 FINDING, 专项审计 SPECIAL_AUDIT."""

    VERIFIED_ALERT = "VERIFIED_ALERT"
    CONTROL_TEST = "CONTROL_TEST"
    GRADING_REVIEW = "GRADING_REVIEW"
    FINDING = "FINDING"
    SPECIAL_AUDIT = "SPECIAL_AUDIT"


class AllocationState(StrEnum):
    """不足 UNDER, 相称 IN_LINE, 偏多 OVER."""

    UNDER = "UNDER"
    IN_LINE = "IN_LINE"
    OVER = "OVER"


@dataclass(frozen=True)
class AllocationRule:
    """Weights of points by grade and of effort by kind; effort per risk under `low` % or over `high` % is out of line."""

    title_zh: str
    citation: str
    risk: Mapping[RiskGrade, int]
    effort: Mapping[EffortKind, int]
    low: int
    high: int
    title_en: str = ""


@dataclass(frozen=True)
class Effort:
    """So many acts of one kind about these units."""

    kind: EffortKind
    units: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Allocation:
    """A unit: its points and acts (each its part of them), and both as shares of the bureau's whole, 0 to 1.

    `ratio` is effort per risk, 1 where they agree; None for a unit without risk.
    """

    unit: str
    points: Mapping[RiskGrade, float]
    acts: Mapping[EffortKind, float]
    risk_share: float
    effort_share: float
    ratio: float | None
    state: AllocationState


@dataclass
class _Sums:
    points: defaultdict[RiskGrade, Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    acts: defaultdict[EffortKind, Fraction] = field(default_factory=lambda: defaultdict(Fraction))

    def risk(self, rule: AllocationRule) -> Fraction:
        return sum((rule.risk[grade] * part for grade, part in self.points.items()), Fraction())

    def effort(self, rule: AllocationRule) -> Fraction:
        return sum((rule.effort[kind] * part for kind, part in self.acts.items()), Fraction())


def check_rule(rule: AllocationRule) -> None:
    """Raises Invalid unless every grade and kind has a weight of 0 or more, and 0 <= low <= 100 <= high."""
    whole = set(rule.risk) == set(RiskGrade) and set(rule.effort) == set(EffortKind)
    if not whole or min(*rule.risk.values(), *rule.effort.values()) < 0:
        raise Invalid("a weight of 0 or more for every grade and every kind", path=("risk",))
    if not 0 <= rule.low <= 100 <= rule.high:
        raise Invalid("0 <= low <= 100 <= high", path=("low",))


def allocate(
    rule: AllocationRule, points: Iterable[tuple[Sequence[str], RiskGrade]], effort: Iterable[Effort]
) -> list[Allocation]:
    """Every unit with risk or effort, those that are watched least for their risk first."""
    sums: defaultdict[str, _Sums] = defaultdict(_Sums)
    for units, grade in points:
        for unit in units:
            sums[unit].points[grade] += Fraction(1, len(units))
    for each in effort:
        for unit in each.units:
            sums[unit].acts[each.kind] += Fraction(each.count, len(each.units))
    risk = sum((each.risk(rule) for each in sums.values()), Fraction())
    work = sum((each.effort(rule) for each in sums.values()), Fraction())
    found = [_allocation(rule, unit, each, risk, work) for unit, each in sums.items()]
    return sorted(found, key=lambda one: (one.effort_share - one.risk_share, one.unit))


def _allocation(rule: AllocationRule, unit: str, sums: _Sums, risk: Fraction, work: Fraction) -> Allocation:
    mine = sums.risk(rule) / risk if risk else Fraction()
    done = sums.effort(rule) / work if work else Fraction()
    ratio = done / mine if mine else None
    return Allocation(
        unit,
        {grade: float(part) for grade, part in sums.points.items()},
        {kind: float(part) for kind, part in sums.acts.items()},
        float(mine),
        float(done),
        None if ratio is None else float(ratio),
        _state(rule, ratio, done),
    )


def _state(rule: AllocationRule, ratio: Fraction | None, done: Fraction) -> AllocationState:
    if ratio is None:
        return AllocationState.OVER if done else AllocationState.IN_LINE
    if ratio * 100 < rule.low:
        return AllocationState.UNDER
    return AllocationState.OVER if ratio * 100 > rule.high else AllocationState.IN_LINE
