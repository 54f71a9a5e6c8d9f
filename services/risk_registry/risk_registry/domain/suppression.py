"""Small counts are hidden, and cannot be had back by subtraction (scenario 12, §5.3 R29).

A cell under the threshold is hidden, then more cells until no line gives a hidden number away: what a margin
leaves over must come from at least two cells and reach the threshold. In a 3 × 3 table that is enough, since
the hidden cells then lie on cycles. If a margin is itself too small, only the size of the register is shown.
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
    return _hide(totals, frozenset())


def suppress(totals: Totals, threshold: int = THRESHOLD) -> Suppressed:
    """The totals without any number under `threshold`, neither written nor to be computed."""
    margins = [*map(totals.category, RiskCategory), *map(totals.grade, RiskGrade)]
    if min(margins) < threshold:
        size = totals.size if totals.size >= threshold else None
        return Suppressed(
            dict.fromkeys(_grid(totals)),
            dict.fromkeys(RiskCategory),
            dict.fromkeys(RiskGrade),
            size,
        )
    return _hide(totals, _hidden(_grid(totals), threshold))


def added(numbers: Totals, parts: Iterable[Suppressed]) -> Suppressed:
    """`numbers` of several registers together, of which `parts` is each: what all parts show, and nothing else.

    A sum is shown when every addend is, so it tells no more than the parts already tell.
    """
    every = list(parts)
    whole = shown(numbers)
    return Suppressed(
        {cell: _sum(count, (part.cells[cell] for part in every)) for cell, count in whole.cells.items()},
        {
            each: _sum(count, (part.categories[each] for part in every))
            for each, count in whole.categories.items()
        },
        {each: _sum(count, (part.grades[each] for part in every)) for each, count in whole.grades.items()},
        _sum(whole.size, (part.size for part in every)),
    )


def _sum(count: int | None, parts: Iterable[int | None]) -> int | None:
    return None if any(part is None for part in parts) else count


def _hide(totals: Totals, hidden: frozenset[Cell]) -> Suppressed:
    return Suppressed(
        {cell: None if cell in hidden else count for cell, count in _grid(totals).items()},
        {category: totals.category(category) for category in RiskCategory},
        {grade: totals.grade(grade) for grade in RiskGrade},
        totals.size,
    )


def _grid(totals: Totals) -> dict[Cell, int]:
    return {
        (category, grade): totals.cells.get((category, grade), 0)
        for category in RiskCategory
        for grade in RiskGrade
    }


def _hidden(grid: Mapping[Cell, int], threshold: int) -> frozenset[Cell]:
    hidden = {cell for cell, count in grid.items() if count < threshold}
    while extra := _weakest_cover(grid, hidden, threshold):
        hidden.add(extra)
    return frozenset(hidden)


def _weakest_cover(grid: Mapping[Cell, int], hidden: set[Cell], threshold: int) -> Cell | None:
    """The smallest visible cell on a line that still gives a hidden number away, or nothing."""
    for line in _lines(grid):
        covered = [cell for cell in line if cell in hidden]
        visible = [cell for cell in line if cell not in hidden]
        exposed = covered and (len(covered) < 2 or sum(grid[cell] for cell in covered) < threshold)
        if exposed and visible:
            return min(visible, key=lambda cell: (grid[cell], cell))
    return None


def _lines(grid: Mapping[Cell, int]) -> list[list[Cell]]:
    rows = [[cell for cell in grid if cell[0] == category] for category in RiskCategory]
    return rows + [[cell for cell in grid if cell[1] == grade] for grade in RiskGrade]
