"""The heat map over GraphQL: all numbers of what a reader may see, or a bureau's without the small ones."""

from collections import Counter
from datetime import date, timedelta
from typing import NamedTuple

import strawberry
from plumbline_org.programme import above
from plumbline_shared.clock import start_of_day
from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import Info
from plumbline_shared.policy import absent
from plumbline_shared.principal import system

from risk_registry.api import loaders
from risk_registry.api.documents import seen
from risk_registry.documents.heatmap import Heatmap, HeatmapAxis, HeatmapMeasure, heatmap, hidden
from risk_registry.documents.heatmap_picture import Names, svg_of
from risk_registry.domain.register import PointFilter
from risk_registry.domain.work import Work
from risk_registry.policies import POLICY, register_resource
from risk_registry.storage.alerts import count_alerts
from risk_registry.storage.matter_counts import closed_in
from risk_registry.storage.points import whole_register

strawberry.enum(HeatmapAxis, description="类别 CATEGORY, 等级 GRADE, 部门 UNIT, 流程 PROCESS")
strawberry.enum(
    HeatmapMeasure,
    description="风险点数 COUNT, 每千点预警数 RATE_PER_1000, 每千件办件预警数 RATE_PER_1000_MATTERS",
)


@strawberry.input(description="From the first to the last day, both included.")
class HeatmapPeriod:
    start: date = strawberry.field(name="from")
    end: date = strawberry.field(name="to")


@strawberry.type(description="`keys` in the order of the axes; null is a number that is not shown.")
class HeatmapCell:
    keys: list[str]
    count: int | None
    alerts: int | None = strawberry.field(description="Alerts of the period; null without a period.")
    rate_per_1000: float | None = strawberry.field(description="Alerts of the period for each 1,000 points.")
    matters: int | None = strawberry.field(
        description="Matters finished in the months of the period on the processes of the cell's points."
    )
    rate_per_1000_matters: float | None = strawberry.field(
        description="Alerts of the period for each 1,000 of these matters."
    )
    suppressed: bool


@strawberry.type
class RiskHeatmap:
    as_of: date
    axes: list[HeatmapAxis]
    suppressed: bool = strawberry.field(description="The reader has no clearance for small numbers.")
    size: int | None
    cells: list[HeatmapCell]
    svg: str

    @classmethod
    def of(
        cls, found: Heatmap, on: date, measure: HeatmapMeasure, names: Names, *, suppressed: bool
    ) -> "RiskHeatmap":
        cells = [
            HeatmapCell(
                keys=list(key),
                count=count,
                alerts=found.alerts[key] if found.alerts is not None else None,
                rate_per_1000=found.rate(key),
                matters=found.matters[key] if found.matters is not None else None,
                rate_per_1000_matters=found.rate_of_matters(key),
                suppressed=count is None or (suppressed and measure is not HeatmapMeasure.COUNT),
            )
            for key, count in found.cells.items()
        ]
        return cls(
            as_of=on,
            axes=list(found.axes),
            suppressed=suppressed,
            size=found.size,
            cells=cells,
            svg=svg_of(found, measure, names),
        )


class Wanted(NamedTuple):
    """What a heat map is asked for."""

    by: list[HeatmapAxis]
    period: HeatmapPeriod | None
    measure: HeatmapMeasure


async def risk_heatmap(info: Info, wanted: Wanted, as_of: date | None, bureau_id: str | None) -> RiskHeatmap:
    """Raises Invalid for axes or a period that say nothing, NotFound for a bureau that is not the reader's to count."""
    _check(wanted)
    mine = loaders.bureau_of(info.context)
    on = loaders.day_of(info.context, as_of)
    bureau = bureau_id or mine
    org = await loaders.org_of(info.context, bureau)
    upper, names = above(org), {each.id: each.name for each in org.units.values()}
    register, who = register_resource(bureau, upper), info.context.principal
    if not POLICY.allows(who, "count", register) and POLICY.allows(who, "count_suppressed", register):
        async with info.context.runtime.db.read(system(bureau)) as conn:
            points = await whole_register(conn, bureau, on)
        return RiskHeatmap.of(hidden(points, wanted.by), on, wanted.measure, names, suppressed=True)
    if bureau != mine:
        raise absent("bureau")
    points = await seen(info, PointFilter(), on)
    alerts = await _alerts(info, wanted.period) if wanted.period else None
    work = await _work(info, wanted.period) if wanted.period and _of_months(wanted.period) else None
    return RiskHeatmap.of(
        heatmap(points, wanted.by, alerts, work), on, wanted.measure, names, suppressed=False
    )


def _check(wanted: Wanted) -> None:
    if not wanted.by or len(set(wanted.by)) < len(wanted.by):
        raise Invalid("name one to four axes, each once", path=("by",))
    if wanted.measure is not HeatmapMeasure.COUNT and wanted.period is None:
        raise Invalid("a rate is of a period: say from which day to which", path=("period",))
    if wanted.period and wanted.period.end < wanted.period.start:
        raise Invalid("a period ends on its first day or later", path=("period", "to"))
    by_matters = wanted.measure is HeatmapMeasure.RATE_PER_1000_MATTERS
    if by_matters and wanted.period and not _of_months(wanted.period):
        raise Invalid("matters are counted by whole months: from a first day to a last day", path=("period",))


def _of_months(period: HeatmapPeriod) -> bool:
    return period.start.day == 1 and (period.end + timedelta(days=1)).day == 1


async def _alerts(info: Info, period: HeatmapPeriod) -> Counter[str]:
    """Alerts of the period by point, among those that the reader may count."""
    who = await loaders.reader_on(info.context, info.context.today)
    first, last = start_of_day(period.start), start_of_day(period.end + timedelta(days=1))
    found: Counter[str] = Counter()
    async with info.context.runtime.db.read(who) as conn:
        for each in await count_alerts(conn, loaders.bureau_of(info.context), None, first, last):
            found[each.point_id] += each.alerts
    return found


async def _work(info: Info, period: HeatmapPeriod) -> Counter[Work]:
    """Matters finished in the months of the period, among those that the reader may count."""
    who = await loaders.reader_on(info.context, info.context.today)
    async with info.context.runtime.db.read(who) as conn:
        return await closed_in(conn, loaders.bureau_of(info.context), period.start, period.end)


@strawberry.type
class HeatmapQuery:
    @strawberry.field(
        description="Points in force on a day, or alerts of a period per 1,000 points or matters, by category, grade, unit, "
        "process."
    )
    async def risk_heatmap(
        self,
        info: Info,
        by: list[HeatmapAxis],
        period: HeatmapPeriod | None = None,
        measure: HeatmapMeasure = HeatmapMeasure.COUNT,
        as_of: date | None = None,
        bureau_id: strawberry.ID | None = None,
    ) -> RiskHeatmap:
        return await risk_heatmap(info, Wanted(by, period, measure), as_of, bureau_id)
