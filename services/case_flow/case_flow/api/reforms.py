"""The reform ledger and path metrics: what a new version changed, as designed and as measured (S1-109, S2-022)."""

from datetime import date
from decimal import Decimal

import strawberry
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import Info
from plumbline_shared.policy import absent
from plumbline_shared.principal import system

from case_flow.api.matter_parts import Label
from case_flow.api.references import Bureau, bureau
from case_flow.domain import reform as domain
from case_flow.domain.reform import Measured, Reform, Shape
from case_flow.reform_access import require_measure
from case_flow.rules import CONTROL_RULES, rules_of
from case_flow.storage import item as items
from case_flow.storage import reform as storage


@strawberry.type(description="A version as designed, along its main path.")
class DesignedPath:
    steps: int
    hand_overs: int
    visits: int
    limit_days: int | None
    limit_unit: str | None

    @classmethod
    def of(cls, one: Shape) -> "DesignedPath":
        return cls(
            steps=one.steps,
            hand_overs=one.hand_overs,
            visits=one.visits,
            limit_days=one.limit_days,
            limit_unit=one.limit_unit,
        )


@strawberry.type(description="再造台账: one version that replaced another.")
class ReformEntry:
    item_code: str
    name: Label
    from_version: int
    to_version: int
    effective_from: date
    before: DesignedPath
    after: DesignedPath
    removed_steps: list[Label]
    process_version: int | None = strawberry.field(
        description="The register's version of the process that took effect on the same day."
    )

    @classmethod
    def of(cls, one: Reform) -> "ReformEntry":
        return cls(
            item_code=one.after.item,
            name=Label.of(one.after.name),
            from_version=one.before.version,
            to_version=one.after.version,
            effective_from=one.effective_from,
            before=DesignedPath.of(domain.shape(one.before)),
            after=DesignedPath.of(domain.shape(one.after)),
            removed_steps=[Label.of(one.before.by_code[code].name) for code in one.removed],
            process_version=one.process_number,
        )


@strawberry.type(
    description="The reforms of a year that have taken effect, and their sums (after minus before)."
)
class ReformLedger:
    bureau: Bureau
    year: int
    items: int
    steps: int
    hand_overs: int
    limit_working_days: int
    entries: list[ReformEntry]


@strawberry.type(
    description="What closed matters show. Elapsed: whole working days between first and last day, neither counted."
)
class MeasuredPath:
    matters: int
    elapsed_median: int
    elapsed_p90: int = strawberry.field(description="Nearest rank.")
    visits: Decimal
    hand_overs: Decimal

    @classmethod
    def of(cls, one: Measured) -> "MeasuredPath":
        return cls(
            matters=one.matters,
            elapsed_median=one.elapsed_median,
            elapsed_p90=one.elapsed_p90,
            visits=one.visits,
            hand_overs=one.hand_overs,
        )


@strawberry.type(description="A version as designed and as it went.")
class PathMetrics:
    item_code: str
    version: int
    designed: DesignedPath
    measured: MeasuredPath | None = strawberry.field(
        description="Null without closed matters, or if suppressed."
    )
    suppressed: bool = strawberry.field(description="So few matters that they are not shown to this reader.")


@strawberry.type
class ReformQuery:
    @strawberry.field(
        description="For the bureau's leaders, discipline lead, audit, section chiefs, supervision office and the bureaus above."
    )
    async def reform_ledger(self, info: Info, bureau_id: strawberry.ID, year: int) -> ReformLedger:
        if not 2000 <= year <= 2100:
            raise Invalid("name a year from 2000 to 2100", path=("year",))
        await _org(info, bureau_id)
        return await ledger(info, bureau_id, year)

    @strawberry.field(
        description="For the same readers. Matters closed on a day of the period, both ends included."
    )
    async def path_metrics(
        self, info: Info, bureau_id: strawberry.ID, item_code: str, version: int, since: date, until: date
    ) -> PathMetrics:
        org = await _org(info, bureau_id)
        full = require_measure(info.context.principal, org)
        async with info.context.runtime.db.read(system(bureau_id)) as conn:
            found = await items.find(conn, bureau_id, item_code, version)
            if found is None:
                raise absent("item")
            steps = domain.visits(found.definition)
            ways = await storage.walked(conn, bureau_id, item_code, version, (since, until), steps)
        result = domain.measured(ways, org.calendar)
        few = (
            result is not None
            and result.matters < (await rules_of(info.context, CONTROL_RULES)).count_suppressed_below
        )
        hidden = few and not full
        return PathMetrics(
            item_code=item_code,
            version=version,
            designed=DesignedPath.of(domain.shape(found.definition)),
            measured=MeasuredPath.of(result) if result and not hidden else None,
            suppressed=hidden,
        )


async def _org(info: Info, bureau_id: str) -> Org:
    """The bureau, if its figures are the reader's to see. Raises NotFound."""
    async with info.context.runtime.db.read(system(bureau_id)) as conn:
        org = await load_org(conn, bureau_id)
    require_measure(info.context.principal, org)
    return org


async def ledger(info: Info, bureau_id: str, year: int) -> ReformLedger:
    """The reforms of a year in effect by today; its reader was checked."""
    last = min(date(year, 12, 31), info.context.today)
    async with info.context.runtime.db.read(system(bureau_id)) as conn:
        found = await storage.reforms(conn, bureau_id, date(year, 1, 1), last)
    total = domain.change(found)
    return ReformLedger(
        bureau=bureau(bureau_id),
        year=year,
        items=len({one.after.item for one in found}),
        steps=total.steps,
        hand_overs=total.hand_overs,
        limit_working_days=total.limit_working_days,
        entries=[ReformEntry.of(one) for one in found],
    )
