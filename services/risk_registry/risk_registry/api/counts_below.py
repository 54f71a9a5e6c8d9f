"""Counts of a bureau together with all below it (R29, scenario 12): sums of what each of them shows, and no more."""

from datetime import date

import strawberry
from plumbline_org.programme import above
from plumbline_shared.graphql import Info
from plumbline_shared.principal import system

from risk_registry.api import loaders
from risk_registry.api.references import Bureau, bureau
from risk_registry.api.totals import RiskFacets
from risk_registry.policies import POLICY, register_resource
from risk_registry.use_cases.count_below import count_below


@strawberry.type(
    description="本级及下级登记册合计: a number that some register below does not show is not shown here either."
)
class RegisterCountsBelow:
    bureau: Bureau
    as_of: date
    registers: int = strawberry.field(description="How many bureaus have points in force that day.")
    facets: RiskFacets


@strawberry.type
class CountsBelowQuery:
    @strawberry.field(description="Totals of a bureau and all below it, for its leaders and those above it.")
    async def register_counts_below(
        self, info: Info, bureau_id: strawberry.ID, as_of: date | None = None
    ) -> RegisterCountsBelow:
        loaders.bureau_of(info.context)
        on = loaders.day_of(info.context, as_of)
        upper = above(await loaders.org_of(info.context, bureau_id))
        POLICY.require(info.context.principal, "count_below", register_resource(bureau_id, upper))
        async with info.context.runtime.db.read(system()) as conn:
            registers, numbers = await count_below(conn, bureau_id, on)
        return RegisterCountsBelow(
            bureau=bureau(bureau_id), as_of=on, registers=registers, facets=RiskFacets.of(numbers)
        )
