"""What readers without clearance see of counts: nothing they are shown depends on a number under five (scenario 12, R29).

A cell is shown from six up, and every margin is the sum of the cells shown. So a cell of zero to five leaves no trace,
whatever its value, on any day and at any instant: not two answers, nor all of them, give a small number away. Five is
hidden as well, so that a cell which appears or goes from one day to the next was five, and that is no small number.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plumbline_org.grades import RiskCategory, RiskGrade

from risk_registry.domain.totals import Cell, Totals

THRESHOLD = 5
Shown = Cell | RiskCategory | RiskGrade | None
"""A number of a table: a cell, a margin, or the size."""


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


def added(registers: Iterable[Totals], threshold: int = THRESHOLD) -> Suppressed:
    """Several registers together: sums of what `suppress` shows of each, and nothing else.

    A sum is shown when every addend is, and is made of the addends as shown, so it tells no more than they tell.
    """
    every = 0
    sums, known = Counter[Shown](), Counter[Shown]()
    for register in registers:
        every += 1
        seen: set[Shown] = set()
        for (category, grade), count in register.cells.items():
            if count > threshold:
                for name in ((category, grade), category, grade, None):
                    sums[name] += count
                    seen.add(name)
        known.update(seen)
    return Suppressed(
        {(c, g): sums[c, g] if known[c, g] == every else None for c in RiskCategory for g in RiskGrade},
        {category: sums[category] if known[category] == every else None for category in RiskCategory},
        {grade: sums[grade] if known[grade] == every else None for grade in RiskGrade},
        sums[None] if known[None] == every else None,
    )
