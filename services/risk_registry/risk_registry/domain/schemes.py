"""Versions of a grading scheme: what a well-made one is, and a dry run of it; nothing is ever rescored in place."""

from collections.abc import Iterable
from dataclasses import dataclass

from plumbline_org.grades import RiskGrade
from plumbline_shared.errors import Invalid

from risk_registry.domain.grading import CELL, RANK, SCALE, Method, Scheme

STEPS = SCALE[:-1]


@dataclass(frozen=True)
class Assessed:
    """A point in force; the factors are `None` where no panel has voted on them."""

    point_id: str
    grade: RiskGrade
    likelihood: int | None
    severity: int | None


@dataclass(frozen=True)
class Regrade:
    """A point that the version would grade otherwise than it is graded."""

    point_id: str
    present: RiskGrade
    proposed: RiskGrade


@dataclass(frozen=True)
class DryRun:
    """What reviews by a version would propose; points without factors cannot be told."""

    regrades: tuple[Regrade, ...]
    unchanged: int
    unassessed: int


def check_scheme(rules: Scheme) -> None:
    """Raise Invalid for thresholds out of order, an even quorum, or a grid that a worse factor would lower."""
    if not SCALE.start < rules.medium_from < rules.high_from < SCALE.stop:
        raise Invalid("2 <= mediumFrom < highFrom <= 5", path=("mediumFrom",))
    if rules.quorum < 5 or rules.quorum % 2 == 0:
        raise Invalid("the quorum is odd and five or more", path=("quorum",))
    if rules.second_round_over not in range(SCALE.stop - SCALE.start):
        raise Invalid("a spread is 0 to 4", path=("secondRoundOver",))
    if not rules.citation.strip():
        raise Invalid("name the source of the version", path=("citation",))
    if (rules.method is Method.MATRIX) != bool(rules.grid):
        raise Invalid("MATRIX needs a grid, MAX has none", path=("grid",))
    if rules.grid:
        _check_grid(rules)


def _check_grid(rules: Scheme) -> None:
    if len(rules.grid) != len(SCALE) or any(
        len(row) != len(SCALE) or not set(row) <= CELL.keys() for row in rules.grid
    ):
        raise Invalid("a grid is five rows of five cells L, M or H", path=("grid",))
    rank = {(a, b): RANK[rules.grade(a, b)] for a in SCALE for b in SCALE}
    for a in SCALE:
        for b in STEPS:
            if rank[a, b] > rank[a, b + 1] or rank[b, a] > rank[b + 1, a]:
                raise Invalid("a worse factor never lowers the grade", path=("grid", a - 1))


def dry_run(points: Iterable[Assessed], rules: Scheme) -> DryRun:
    """Which points a version would regrade; the register itself stays as it is."""
    regrades: list[Regrade] = []
    unchanged = unassessed = 0
    for each in points:
        if each.likelihood is None or each.severity is None:
            unassessed += 1
        elif (proposed := rules.grade(each.likelihood, each.severity)) is each.grade:
            unchanged += 1
        else:
            regrades.append(Regrade(each.point_id, each.grade, proposed))
    return DryRun(tuple(regrades), unchanged, unassessed)
