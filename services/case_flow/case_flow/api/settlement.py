"""新户落户统计: what newcomers have, and how many others have it beside them (S1-106)."""

from datetime import date

import strawberry
from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import Info
from plumbline_shared.principal import system

from case_flow.api.matter_parts import Label
from case_flow.domain.settlement import Measure, SettlementPack, measured
from case_flow.hall_access import POLICY, hall_resource
from case_flow.rules import SETTLEMENT_RULES, rules_of
from case_flow.storage import settlement as store


@strawberry.type(description="One thing that newcomers come to have.")
class SettlementMeasure:
    code: str
    label: Label
    newcomers: int
    others: int = strawberry.field(description="Taxpayers of long standing who came to have it meanwhile.")
    total: int
    per_mille: int | None = strawberry.field(description="Of the newcomers alone; never above 1000.")

    @classmethod
    def of(cls, one: Measure, pack: SettlementPack) -> "SettlementMeasure":
        rule = pack.measures[one.code]
        return cls(
            code=one.code,
            label=Label(zh=rule.zh, en=rule.en),
            newcomers=one.newcomers,
            others=one.others,
            total=one.total,
            per_mille=one.per_mille,
        )


@strawberry.type(
    description="新户落户: those whom their offices took on in a period, the last day not included."
)
class SettlementStatistics:
    settled: int
    records: int = strawberry.field(description="Data records entered for them.")
    records_per_taxpayer: float | None
    measures: list[SettlementMeasure]


@strawberry.type
class SettlementQuery:
    @strawberry.field(description="For everybody of the bureau: counts, and no taxpayer's name.")
    async def settlement_statistics(
        self, info: Info, since: date, until: date
    ) -> SettlementStatistics | None:
        bureau = info.context.principal.bureau_id or ""
        if since >= until:
            raise Invalid("`until` is a later day than `since`; its own day does not count", path=("until",))
        if not POLICY.allows(info.context.principal, "read", hall_resource(bureau, f"{bureau}.HALL")):
            return None
        pack = await rules_of(info.context, SETTLEMENT_RULES)
        async with info.context.runtime.db.read(system(bureau)) as conn:
            found = await store.counted(conn, bureau, (since, until), pack)
        return SettlementStatistics(
            settled=found.settled,
            records=found.records,
            records_per_taxpayer=round(found.records / found.settled, 1) if found.settled else None,
            measures=[SettlementMeasure.of(one, pack) for one in measured(pack, found)],
        )
