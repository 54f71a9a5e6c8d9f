"""The heat map over GraphQL: all numbers of what a reader may see, or a bureau's without the small ones."""

from datetime import date

import strawberry
from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import Info
from plumbline_shared.policy import absent
from plumbline_shared.principal import system

from risk_registry.api import loaders
from risk_registry.api.documents import seen
from risk_registry.documents.heatmap import Heatmap, HeatmapAxis, heatmap, hidden, svg_of
from risk_registry.domain.register import PointFilter
from risk_registry.policies import POLICY, register_resource
from risk_registry.storage.points import whole_register

strawberry.enum(HeatmapAxis, description="类别 CATEGORY, 等级 GRADE, 部门 UNIT, 流程 PROCESS")


@strawberry.type(description="`keys` in the order of the axes; null is a number that is not shown.")
class HeatmapCell:
    keys: list[str]
    count: int | None
    rate_per_1000: float | None = strawberry.field(description="For each 1,000 points of the register.")
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
    def of(cls, found: Heatmap, on: date, *, suppressed: bool) -> "RiskHeatmap":
        cells = [
            HeatmapCell(keys=list(key), count=count, rate_per_1000=found.rate(key), suppressed=count is None)
            for key, count in found.cells.items()
        ]
        return cls(
            as_of=on,
            axes=list(found.axes),
            suppressed=suppressed,
            size=found.size,
            cells=cells,
            svg=svg_of(found),
        )


async def risk_heatmap(
    info: Info, by: list[HeatmapAxis], as_of: date | None, bureau_id: str | None
) -> RiskHeatmap:
    """Raises Invalid for no axis or one twice, NotFound for a bureau that is not the reader's to count."""
    if not by or len(set(by)) < len(by):
        raise Invalid("name one to four axes, each once", path=("by",))
    mine = loaders.bureau_of(info.context)
    on = loaders.day_of(info.context, as_of)
    bureau = bureau_id or mine
    org = await loaders.org_of(info.context, bureau)
    above: list[str] = []
    while org.upper is not None:
        org = org.upper
        above.append(org.bureau.id)
    register, who = register_resource(bureau, above), info.context.principal
    if not POLICY.allows(who, "count", register) and POLICY.allows(who, "count_suppressed", register):
        async with info.context.runtime.db.read(system(bureau)) as conn:
            points = await whole_register(conn, bureau, on)
        return RiskHeatmap.of(hidden(points, by), on, suppressed=True)
    if bureau != mine:
        raise absent("bureau")
    return RiskHeatmap.of(heatmap(await seen(info, PointFilter(), on), by), on, suppressed=False)


@strawberry.type
class HeatmapQuery:
    @strawberry.field(
        description="Points in force on a day by category, grade, unit, process; and its picture."
    )
    async def risk_heatmap(
        self,
        info: Info,
        by: list[HeatmapAxis],
        as_of: date | None = None,
        bureau_id: strawberry.ID | None = None,
    ) -> RiskHeatmap:
        return await risk_heatmap(info, by, as_of, bureau_id)
