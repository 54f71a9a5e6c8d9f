"""Heightened monitoring: the points that a sealed signal touched, and what has happened there since (L4, scenario 3)."""

from datetime import date

import strawberry
from plumbline_shared.clock import start_of_day
from plumbline_shared.graphql import Context, Info

from risk_registry.api import loaders
from risk_registry.api.types import RiskPoint
from risk_registry.domain.register import PointOnDay
from risk_registry.storage.alerts import count_alerts
from risk_registry.storage.signals import heightened_on


@strawberry.type(
    description="重点监控: the whole point, all its holders alike; never whom or what a signal was about."
)
class HeightenedPoint:
    point: RiskPoint
    since: date
    alerts_since: int = strawberry.field(description="Alerts raised on the point from that day on.")


async def heightened_points(context: Context) -> list[HeightenedPoint]:
    """The latest first; none for everybody who is not to know that there is one."""
    bureau, who = loaders.bureau_of(context), await loaders.reader_on(context, context.today)
    async with context.runtime.db.read(who) as conn:
        ids = await heightened_on(conn, bureau, context.today)
    found: list[HeightenedPoint] = []
    for id_ in ids:
        point = await loaders.point(context, id_, context.today)
        since = await loaders.heightened(context, point) if point else None
        if point and since:
            alerts = await _alerts(context, point, since)
            found.append(HeightenedPoint(point=RiskPoint.of(point), since=since, alerts_since=alerts))
    return sorted(found, key=lambda each: (each.since, each.point.id), reverse=True)


async def _alerts(context: Context, point: PointOnDay, since: date) -> int:
    who = await loaders.reader_on(context, context.today)
    async with context.runtime.db.read(who) as conn:
        counted = await count_alerts(conn, point.bureau_id, point.id, start_of_day(since), context.now)
    return sum(each.alerts for each in counted)


@strawberry.type
class HeightenedQuery:
    @strawberry.field(
        description="Points under heightened monitoring, for head and discipline lead; empty for everybody else."
    )
    async def heightened_points(self, info: Info) -> list[HeightenedPoint]:
        return await heightened_points(info.context)
