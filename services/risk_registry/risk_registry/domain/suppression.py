"""What readers without clearance see of counts: nothing they are shown depends on a number under five (scenario 12, R29).

A cell is shown from six up, and every margin is the sum of the cells shown. So a cell of zero to five leaves no trace,
whatever its value, on any day and at any instant: not two answers, nor all of them, give a small number away. Five is
hidden as well, so that a cell which appears or goes from one day to the next was five, and that is no small number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plumbline_org.grades import RiskCategory, RiskGrade

from risk_registry.domain.totals import Cell, Totals

THRESHOLD = 5


@dataclass(frozen=True)
class Suppressed:
    """Totals fit for a reader without clearance: `None` is a number that is not shown."""

    cells: Mapping[Cell, int | None]
    categories: Mapping[RiskCategory, int | None]
    grades: Mapping[RiskGrade, int | None]
    size: int | None


def shown(totals: Totals) -> Suppressed:
    """Everything, for those who may read the register itself."""
    return Suppressed(
        {(c, g): totals.cells.get((c, g), 0) for c in RiskCategory for g in RiskGrade},
        {category: totals.category(category) for category in RiskCategory},
        {grade: totals.grade(grade) for grade in RiskGrade},
        totals.size,
    )


def suppress(totals: Totals, threshold: int = THRESHOLD) -> Suppressed:
    """Cells over `threshold` and their sums; a margin without any such cell is `None`."""
    kept = Totals({cell: count for cell, count in totals.cells.items() if count > threshold})
    return Suppressed(
        {(c, g): kept.cells.get((c, g)) for c in RiskCategory for g in RiskGrade},
        {category: kept.category(category) or None for category in RiskCategory},
        {grade: kept.grade(grade) or None for grade in RiskGrade},
        kept.size or None,
    )


def added(numbers: Totals, parts: Iterable[Suppressed]) -> Suppressed:
    """Several registers together, of which `parts` is each: sums of what all parts show, and nothing else.

    A sum is shown when every addend is, and is made of the addends as shown, so it tells no more than they tell.
    """
    every = list(parts)
    whole = shown(numbers)
    return Suppressed(
        {cell: _sum(part.cells[cell] for part in every) for cell in whole.cells},
        {each: _sum(part.categories[each] for part in every) for each in whole.categories},
        {each: _sum(part.grades[each] for part in every) for each in whole.grades},
        _sum(part.size for part in every),
    )


def _sum(parts: Iterable[int | None]) -> int | None:
    total = 0
    for part in parts:
        if part is None:
            return None
        total += part
    return total
