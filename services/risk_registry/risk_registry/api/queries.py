"""Reads of the register: lists, counts and alerts, each as its reader."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import strawberry
from plumbline_org.model import Org
from plumbline_org.programme import above
from plumbline_shared.clock import start_of_day
from plumbline_shared.graphql import (
    Connection,
    Context,
    Info,
    decode_cursor,
    encode_cursor,
    page_size,
    paginate,
)
from plumbline_shared.policy import absent
from plumbline_shared.principal import system

from risk_registry.api import loaders
from risk_registry.api.enums import (
    AlertPhase,
    RiskCategory,
    RiskFocus,
    RiskGrade,
    RiskPointStatus,
    RiskTag,
)
from risk_registry.api.point_controls import gaps
from risk_registry.api.references import Bureau, bureau
from risk_registry.api.totals import RiskFacets, facets_of
from risk_registry.api.types import RiskPoint
from risk_registry.domain.register import PointFilter, PointOnDay
from risk_registry.domain.standing import IN_FORCE
from risk_registry.domain.suppression import shown, suppress
from risk_registry.domain.totals import Totals
from risk_registry.policies import POLICY, register_resource
from risk_registry.storage.alerts import count_alerts
from risk_registry.storage.points import count_points, list_points
from risk_registry.storage.totals import totals_on


@strawberry.input(description="Every part narrows. Without `status`: the register in force.")
class RiskPointFilter:
    grade: RiskGrade | None = None
    category: RiskCategory | None = None
    unit: strawberry.ID | None = strawberry.field(default=None, description="With the units below it.")
    process: str | None = None
    step: str | None = None
    holder: strawberry.ID | None = strawberry.field(
        default=None, description="A person who holds the point that day."
    )
    status: list[RiskPointStatus] | None = None
    tag: RiskTag | None = None
    focus: RiskFocus | None = None
    coverage_gap: bool = strawberry.field(
        default=False, description="Only points that no control is on; for those who read controls."
    )

    def wanted(self, org: Org, on: date) -> PointFilter:
        return PointFilter(
            states=frozenset(self.status) if self.status is not None else IN_FORCE,
            grade=self.grade,
            category=self.category,
            units=tuple(sorted(org.subtree(self.unit))) if self.unit is not None else None,
            posts=org.posts_of(self.holder, on) if self.holder is not None else None,
            process=self.process,
            step=self.step,
            tag=self.tag,
            focus=self.focus,
        )


@strawberry.type(description="A page of risk points in the order of their codes.")
class RiskPointConnection(Connection[RiskPoint]):
    on: strawberry.Private[date]
    wanted: strawberry.Private[PointFilter]
    known_at: strawberry.Private[datetime | None]

    @strawberry.field(
        description="Category × grade over the whole list that you may see, not only this page."
    )
    async def facets(self, info: Info) -> RiskFacets:
        who = await loaders.reader_on(info.context, self.on)
        async with info.context.runtime.db.read(who) as conn:
            found = await count_points(conn, who.bureau_id or "", self.on, self.wanted, self.known_at)
        return facets_of(found)


@strawberry.type(
    description="The totals of one bureau's register; for readers above it without small numbers."
)
class RegisterCounts:
    bureau: Bureau
    as_of: date
    suppressed: bool
    facets: RiskFacets


@strawberry.type(description="Alerts of one point and phase in a period.")
class PointAlertCount:
    point_id: strawberry.ID
    phase: AlertPhase
    count: int


async def page(
    info: Info,
    narrowed: RiskPointFilter | None,
    as_of: date | None,
    first: int,
    after: str | None,
    known_at: datetime | None = None,
) -> RiskPointConnection:
    """One keyset page as the reader of the day; `known_at` shows the day as it was known then."""
    context = info.context
    mine = loaders.bureau_of(context)
    on = loaders.day_of(context, as_of)
    limit = page_size(first)
    start = decode_cursor(after, tuple[str])[0] if after else ""
    who = await loaders.reader_on(context, on)
    wanted = (narrowed or RiskPointFilter()).wanted(await loaders.org_of(context, mine), on)
    if narrowed and narrowed.coverage_gap:
        wanted = replace(wanted, codes=await gaps(context, mine, on))
    async with context.runtime.db.read(who) as conn:
        rows = await list_points(conn, mine, on, wanted, start, limit + 1, known_at)
    edges, info_ = paginate(loaders.allowed(who, rows), limit, RiskPoint.of, _cursor)
    return RiskPointConnection(edges=edges, page_info=info_, on=on, wanted=wanted, known_at=known_at)


def _cursor(point: PointOnDay) -> str:
    return encode_cursor(point.code)


async def counts(info: Info, bureau_id: str, as_of: date | None) -> RegisterCounts:
    """Totals of a register: in full, without small numbers, or NotFound."""
    context = info.context
    loaders.bureau_of(context)
    on = loaders.day_of(context, as_of)
    register = register_resource(bureau_id, above(await loaders.org_of(context, bureau_id)))
    full = POLICY.allows(context.principal, "count", register)
    if not full and not POLICY.allows(context.principal, "count_suppressed", register):
        raise absent("bureau")
    async with context.runtime.db.read(system(bureau_id)) as conn:
        totals = Totals(await totals_on(conn, bureau_id, on))
    numbers = shown(totals) if full else suppress(totals)
    return RegisterCounts(
        bureau=bureau(bureau_id), as_of=on, suppressed=not full, facets=RiskFacets.of(numbers)
    )


async def alerts(info: Info, point_id: str | None, start: date, end: date) -> list[PointAlertCount]:
    """Alerts raised from the first to the last of the days, as far as the reader may count them."""
    context: Context = info.context
    mine = loaders.bureau_of(context)
    who = await loaders.reader_on(context, context.today)
    async with context.runtime.db.read(who) as conn:
        found = await count_alerts(
            conn, mine, point_id, start_of_day(start), start_of_day(end + timedelta(days=1))
        )
    return [PointAlertCount(point_id=strawberry.ID(e.point_id), phase=e.phase, count=e.alerts) for e in found]
