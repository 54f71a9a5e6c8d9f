"""Rotations as a picture: over GraphQL and, as a file, over REST; those that the reader may see (S2-021, R21)."""

from datetime import date

import strawberry
from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import Context, Info

from risk_registry.api import loaders
from risk_registry.api.tenure import seen_on
from risk_registry.documents.rotation_picture import rotation_svg

MOST = 300


async def timeline(context: Context, unit: str | None = None, as_of: date | None = None) -> str:
    """An SVG document. Raises Unauthenticated for nobody, Invalid for more holdings than can be looked at."""
    on, bureau = loaders.day_of(context, as_of), loaders.bureau_of(context)
    _rule, found = await seen_on(context, on)
    shown = [each for each in found if unit is None or each.tenure.unit_id == unit]
    if len(shown) > MOST:
        raise Invalid(f"a picture shows at most {MOST} holdings: name a unit", path=("unit",))
    return rotation_svg(await loaders.org_of(context, bureau), shown, on)


@strawberry.type
class TimelineQuery:
    @strawberry.field(description="轮岗时间线: your rotations of a day as an SVG picture, by their last day.")
    async def rotation_timeline(
        self, info: Info, unit: strawberry.ID | None = None, as_of: date | None = None
    ) -> str:
        return await timeline(info.context, unit, as_of)
