"""Where the risks are (scenario 12): points counted by any of four axes, as data and as a picture.

Without clearance only two tables can be had: category × grade, and one line of units or of processes. Anything
finer is hidden whole, since small numbers in a finer table follow from the coarser ones by subtraction.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from xml.sax.saxutils import escape

from plumbline_org.grades import RiskCategory, RiskGrade

from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import IN_FORCE
from risk_registry.domain.suppression import THRESHOLD, suppress
from risk_registry.domain.totals import Totals

LINE, LEFT, CELL, TOP = 24, 220, 110, 40


class HeatmapAxis(StrEnum):
    """What the points are told apart by."""

    CATEGORY = "CATEGORY"
    GRADE = "GRADE"
    UNIT = "UNIT"
    PROCESS = "PROCESS"


Key = tuple[str, ...]
TABLE = frozenset({HeatmapAxis.CATEGORY, HeatmapAxis.GRADE})
FIXED = {HeatmapAxis.CATEGORY: tuple(map(str, RiskCategory)), HeatmapAxis.GRADE: tuple(map(str, RiskGrade))}


@dataclass(frozen=True)
class Heatmap:
    """`None` is a number that is not shown; `size` are the points in force, each once, or `None`."""

    axes: tuple[HeatmapAxis, ...]
    cells: Mapping[Key, int | None]
    size: int | None

    def rate(self, key: Key) -> float | None:
        """Points of a cell for each 1,000 of the register; hidden where either number is."""
        count = self.cells[key]
        return None if count is None or not self.size else round(1000 * count / self.size, 1)


def heatmap(points: Iterable[PointOnDay], axes: Sequence[HeatmapAxis]) -> Heatmap:
    """Every number, for who may read the points; a point on two units counts on each."""
    kept = [each for each in points if each.state in IN_FORCE]
    counts = Counter(key for each in kept for key in product(*(_values(each, axis) for axis in axes)))
    return Heatmap(tuple(axes), {key: counts[key] for key in _keys(counts, axes)}, len(kept))


def hidden(points: Iterable[PointOnDay], axes: Sequence[HeatmapAxis]) -> Heatmap:
    """The same for a reader without clearance: no number under five, neither written nor to be computed."""
    kept = [each for each in points if each.state in IN_FORCE]
    whole = heatmap(kept, axes)
    table = suppress(Totals.count((each.description.category, each.grade) for each in kept if each.grade))
    if frozenset(axes) == TABLE:
        order = [axes.index(HeatmapAxis.CATEGORY), axes.index(HeatmapAxis.GRADE)]
        cells = {
            key: table.cells[RiskCategory(key[order[0]]), RiskGrade(key[order[1]])] for key in whole.cells
        }
    elif list(axes) == [HeatmapAxis.CATEGORY]:
        cells = {(str(each),): table.categories[each] for each in RiskCategory}
    elif list(axes) == [HeatmapAxis.GRADE]:
        cells = {(str(each),): table.grades[each] for each in RiskGrade}
    elif len(axes) == 1:
        cells = _one_line(whole)
    else:
        cells = dict.fromkeys(whole.cells)
    return Heatmap(whole.axes, cells, table.size)


def svg_of(found: Heatmap) -> str:
    """The last axis across, the others down; the number stands in each cell, a hidden one is named so."""
    across = sorted({key[-1] for key in found.cells}, key=_place)
    down = sorted({key[:-1] for key in found.cells}, key=lambda key: [_place(each) for each in key])
    largest = max((count for count in found.cells.values() if count), default=1)
    parts = [_text(LEFT + CELL * column + CELL // 2, TOP - 12, name) for column, name in enumerate(across)]
    for row, left in enumerate(down):
        top = TOP + LINE * row
        parts.append(_text(LEFT - 8, top + 16, " · ".join(left) or "全部 all", anchor="end"))
        parts += [
            _cell(LEFT + CELL * column, top, found.cells.get((*left, name), 0), largest)
            for column, name in enumerate(across)
        ]
    size = f'width="{LEFT + CELL * len(across) + 10}" height="{TOP + LINE * len(down) + 10}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="Noto Sans CJK SC" font-size="11">'
    return "".join([head, *parts, "</svg>"])


def _values(point: PointOnDay, axis: HeatmapAxis) -> tuple[str, ...]:
    text = point.description
    return {
        HeatmapAxis.CATEGORY: (str(text.category),),
        HeatmapAxis.GRADE: (str(point.grade),),
        HeatmapAxis.UNIT: text.units or ("—",),
        HeatmapAxis.PROCESS: (text.process or "—",),
    }[axis]


def _keys(counts: Mapping[Key, int], axes: Sequence[HeatmapAxis]) -> Iterable[Key]:
    """Categories and grades are all there, with zeros; units and processes as they occur."""
    open_ = [
        FIXED[axis] if axis in FIXED else sorted({key[place] for key in counts})
        for place, axis in enumerate(axes)
    ]
    return product(*open_)


def _one_line(whole: Heatmap) -> dict[Key, int | None]:
    """Hides small ones, then the next smallest, until two or more that together reach the threshold are hidden."""
    counts = sorted((count or 0, key) for key, count in whole.cells.items())
    covered = [pair for pair in counts if pair[0] < THRESHOLD]
    rest = counts[len(covered) :]
    while covered and rest and (len(covered) < 2 or sum(count for count, _ in covered) < THRESHOLD):
        covered.append(rest.pop(0))
    gone = {key for _, key in covered}
    return {key: None if key in gone else count for key, count in whole.cells.items()}


def _place(name: str) -> tuple[int, str]:
    grades = [str(each) for each in RiskGrade]
    return (grades.index(name) if name in grades else 0, name)


def _cell(left: int, top: int, count: int | None, largest: int) -> str:
    shade = 0.0 if count is None else count / largest
    fill = "#d5d8dc" if count is None else f"rgb(255,{round(245 - 150 * shade)},{round(235 - 190 * shade)})"
    box = f'<rect x="{left}" y="{top}" width="{CELL - 2}" height="{LINE - 2}" fill="{fill}"/>'
    return box + _text(left + CELL // 2, top + 16, "隐 hidden" if count is None else str(count))


def _text(x: int, y: int, said: str, anchor: str = "middle") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(said)}</text>'
