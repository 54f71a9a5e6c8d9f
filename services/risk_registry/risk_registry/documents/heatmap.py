"""Where the risks are (scenario 12): points counted by any of four axes, as data.

Without clearance only category × grade can be had. Units and processes are hidden whole, with their names: another way
to cut the same points would give small numbers away by subtraction, and a name alone says that there is a point.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from plumbline_org.grades import RiskCategory, RiskGrade

from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import IN_FORCE
from risk_registry.domain.suppression import suppress
from risk_registry.domain.totals import Totals
from risk_registry.domain.work import Work


class HeatmapAxis(StrEnum):
    """What the points are told apart by."""

    CATEGORY = "CATEGORY"
    GRADE = "GRADE"
    UNIT = "UNIT"
    PROCESS = "PROCESS"


class HeatmapMeasure(StrEnum):
    """What a cell says: points in force, or alerts of a period for each 1,000 points, or matters, of it (S2-042)."""

    COUNT = "COUNT"
    RATE_PER_1000 = "RATE_PER_1000"
    RATE_PER_1000_MATTERS = "RATE_PER_1000_MATTERS"


Key = tuple[str, ...]
TABLE = frozenset({HeatmapAxis.CATEGORY, HeatmapAxis.GRADE})
FIXED = {HeatmapAxis.CATEGORY: tuple(map(str, RiskCategory)), HeatmapAxis.GRADE: tuple(map(str, RiskGrade))}


@dataclass(frozen=True)
class Heatmap:
    """`None` is a number that is not shown; `size` are the points in force, each once, or `None`.

    `alerts` counts those of the period in each cell, `matters` the matters finished on the processes of its points; they
    are `None` when no period was asked for, or none may be counted.
    """

    axes: tuple[HeatmapAxis, ...]
    cells: Mapping[Key, int | None]
    size: int | None
    alerts: Mapping[Key, int] | None = None
    matters: Mapping[Key, int] | None = None

    def rate(self, key: Key) -> float | None:
        """Alerts of the period for each 1,000 points of a cell; `None` without points, or where hidden."""
        return self._per_1000(key, self.cells[key])

    def rate_of_matters(self, key: Key) -> float | None:
        """Alerts of the period for each 1,000 matters of a cell; `None` without matters, or where hidden."""
        return self._per_1000(key, self.matters[key] if self.matters else None)

    def value(self, key: Key, measure: HeatmapMeasure) -> float | None:
        """The number that a cell says."""
        if measure is HeatmapMeasure.COUNT:
            return self.cells[key]
        return self.rate(key) if measure is HeatmapMeasure.RATE_PER_1000 else self.rate_of_matters(key)

    def _per_1000(self, key: Key, base: int | None) -> float | None:
        return round(1000 * self.alerts[key] / base, 1) if self.alerts is not None and base else None


def heatmap(
    points: Iterable[PointOnDay],
    axes: Sequence[HeatmapAxis],
    alerts: Mapping[str, int] | None = None,
    work: Mapping[Work, int] | None = None,
) -> Heatmap:
    """Every number, for who may read the points; a point on two units counts on each.

    `alerts` are by point, `work` is the matters finished by unit and process.
    """
    kept = [each for each in points if each.state in IN_FORCE]
    counts: Counter[Key] = Counter()
    raised: Counter[Key] = Counter()
    processes: defaultdict[Key, set[str]] = defaultdict(set)
    for each in kept:
        for key in product(*(_values(each, axis) for axis in axes)):
            counts[key] += 1
            raised[key] += (alerts or {}).get(each.id, 0)
            processes[key].add(each.description.process)
    keys = list(_keys(counts, axes))
    return Heatmap(
        tuple(axes),
        {key: counts[key] for key in keys},
        len(kept),
        None if alerts is None else {key: raised[key] for key in keys},
        None if work is None else {key: _matters(key, axes, processes[key], work) for key in keys},
    )


def _matters(key: Key, axes: Sequence[HeatmapAxis], processes: set[str], work: Mapping[Work, int]) -> int:
    """Matters on the processes of a cell's points, each once; those of its unit, where the cell has one."""
    units = {name for name, axis in zip(key, axes, strict=True) if axis is HeatmapAxis.UNIT}
    return sum(
        count
        for (unit, process), count in work.items()
        if process in processes and (not units or unit in units)
    )


def hidden(points: Iterable[PointOnDay], axes: Sequence[HeatmapAxis]) -> Heatmap:
    """The same for a reader without clearance: nothing depends on a number under five."""
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
    else:
        cells = {}
    return Heatmap(whole.axes, cells, table.size)


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
