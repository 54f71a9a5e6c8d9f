"""Who held paper and file of a matter when, with the gaps, and as a picture."""

from datetime import datetime

import strawberry
from plumbline_org.model import Org
from plumbline_shared.graphql import Info

from case_flow.api import matter_loaders as loaders
from case_flow.api.references import Unit, unit
from case_flow.domain import custody_chain as domain
from case_flow.domain.custody_chain import GapKind
from case_flow.domain.custody_picture import Name, picture
from case_flow.domain.matter import Matter

strawberry.enum(GapKind, name="ChainGapKind", description="保管缺口.")


@strawberry.type(description="A unit answers for it; while it is on its way, the sender.")
class Holding:
    unit: Unit
    in_transit_to: Unit | None
    since: datetime
    until: datetime | None

    @classmethod
    def of(cls, one: domain.Holding) -> "Holding":
        return cls(
            unit=unit(one.unit_id),
            in_transit_to=unit(one.to_unit) if one.to_unit else None,
            since=one.since,
            until=one.until,
        )


@strawberry.type(
    description="The paper was unacknowledged past its limit, or not where the file was worked on."
)
class ChainGap:
    kind: GapKind
    unit: Unit
    to_unit: Unit
    since: datetime
    until: datetime | None


@strawberry.type(description="保管链: the way of paper and file from acceptance on.")
class CustodyChain:
    paper: list[Holding]
    file: list[Holding]
    gaps: list[ChainGap]
    picture: str = strawberry.field(description="SVG, labelled in both languages.")


@strawberry.type
class CustodyQuery:
    @strawberry.field(
        description="Who held paper and file of a matter when; null when it is not yours to see."
    )
    async def custody(self, info: Info, matter_id: strawberry.ID) -> CustodyChain | None:
        matter = await loaders.matter(info.context, matter_id)
        if matter is None:
            return None
        found = await _chain(info, matter)
        name = _names(await loaders.org(info.context, matter.bureau_id))
        return CustodyChain(
            paper=[Holding.of(one) for one in found.paper],
            file=[Holding.of(one) for one in found.file],
            gaps=[
                ChainGap(
                    kind=one.kind,
                    unit=unit(one.unit_id),
                    to_unit=unit(one.to_unit),
                    since=one.since,
                    until=one.until,
                )
                for one in found.gaps
            ],
            picture=picture(found, matter.case_ref, name),
        )


async def _chain(info: Info, matter: Matter) -> domain.Chain:
    steps = await loaders.steps(info.context, matter.id)
    slips = await loaders.slips_of(info.context, matter.id)
    return domain.chain(
        await loaders.definition(info.context, matter),
        [domain.Done(one.step, one.unit_id or matter.bureau_id, one.at) for one in steps],
        [
            domain.Sent(one.from_unit, one.to_unit, one.sent_at, one.due_on, one.acknowledged_at)
            for one in slips
        ],
        None if matter.closed_at else matter.unit_id,
        matter.accepted_at,
        matter.closed_at or info.context.now,
    )


def _names(org: Org) -> Name:
    def name(unit_id: str) -> str:
        known = org.unit(unit_id)
        return f"{known.name} {known.name_en}".strip() if known else unit_id

    return name
