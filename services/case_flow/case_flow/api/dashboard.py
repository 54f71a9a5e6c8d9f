"""The programme's dashboard: case flow's part of an entity to which other services add theirs (requirements 8.2, 13)."""

from decimal import Decimal

import strawberry
from plumbline_org.programme import hidden_up_to, programme_of
from plumbline_shared.graphql import Context, Info
from plumbline_shared.principal import system

from case_flow.access import POLICY
from case_flow.api.references import Bureau, bureau
from case_flow.api.reforms import ReformLedger, ledger
from case_flow.domain import dashboard as domain
from case_flow.domain.dashboard import Figures, Quarter, Share
from case_flow.rules import CONTROL_RULES, rules_of
from case_flow.storage import dashboard as storage


@strawberry.type(description="三个零: serious incidents, confirmed faults, persons held to account.")
class ThreeZeros:
    cases: int | None
    faults: int | None
    accountability: int | None


@strawberry.type(description="What was noticed: a zero beside little detection says little (C-13).")
class Detection:
    ex_ante: int | None
    in_process: int | None
    ex_post: int | None
    holds: int | None
    self_reported: int | None


@strawberry.type(description="Alerts for each 1,000 matters accepted.")
class QuarterRate:
    quarter: int
    alerts: int
    matters: int
    per_1000: Decimal | None

    @classmethod
    def of(cls, one: Quarter) -> "QuarterRate":
        return cls(quarter=one.quarter, alerts=one.alerts, matters=one.matters, per_1000=one.per_1000)


@strawberry.type(description="Verifications that fell due, and those done in time.")
class VerificationTimeliness:
    due: int | None
    in_time: int | None
    percent: Decimal | None

    @classmethod
    def of(cls, one: Share) -> "VerificationTimeliness":
        return cls(due=one.whole, in_time=one.part, percent=one.percent)


@strawberry.federation.type(
    keys=["id"],
    description="驾驶舱: a bureau's year, for its leaders and the bureaus above. A count that is null is too small to show.",
)
class ProgrammeDashboard:
    id: strawberry.ID = strawberry.field(description="`<bureau>:<year>`.")
    bureau: Bureau
    year: int
    hidden: strawberry.Private[int]

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "ProgrammeDashboard | None":
        return await dashboard(info, *programme_of(id))

    @strawberry.field
    async def zeros(self, info: Info) -> ThreeZeros:
        found = await self._figures(info)
        return ThreeZeros(
            cases=self._shown(found.cases),
            faults=self._shown(found.faults),
            accountability=self._shown(found.accountable),
        )

    @strawberry.field
    async def detection(self, info: Info) -> Detection:
        found = await self._figures(info)
        return Detection(
            ex_ante=self._shown(found.ex_ante),
            in_process=self._shown(found.in_process),
            ex_post=self._shown(found.ex_post),
            holds=self._shown(found.holds),
            self_reported=self._shown(found.self_reported),
        )

    @strawberry.field(description="Quarters begun; null where one of them is too small to show.")
    async def alert_rates(self, info: Info) -> list[QuarterRate] | None:
        count = domain.quarters_until(self.year, info.context.today)
        async with info.context.runtime.db.read(system(self.bureau.id)) as conn:
            found = await storage.quarters(conn, self.bureau.id, self.year, count)
        rates = domain.trend(found, self.hidden)
        return None if rates is None else [QuarterRate.of(one) for one in rates]

    @strawberry.field
    async def verification(self, info: Info) -> VerificationTimeliness:
        found = await self._figures(info)
        return VerificationTimeliness.of(domain.share(found.verify_due, found.verified_in_time, self.hidden))

    @strawberry.field
    async def reform(self, info: Info) -> ReformLedger:
        return await ledger(info, self.bureau.id, self.year)

    async def _figures(self, info: Info) -> Figures:
        return await info.context.loader(_figures).load((self.bureau.id, self.year))

    def _shown(self, count: int) -> int | None:
        return domain.shown(count, self.hidden)


@strawberry.type
class DashboardQuery:
    @strawberry.field(
        description="For head, deputies and discipline lead; with small counts hidden for the supervision office and above."
    )
    async def programme_dashboard(
        self, info: Info, bureau_id: strawberry.ID, year: int
    ) -> ProgrammeDashboard | None:
        return await dashboard(info, bureau_id, year)


async def dashboard(info: Info, bureau_id: str, year: int) -> ProgrammeDashboard | None:
    """The dashboard; None when there is no such bureau or it is not the reader's to see."""
    threshold = (await rules_of(info.context, CONTROL_RULES)).count_suppressed_below
    hidden = await hidden_up_to(info.context, POLICY, bureau_id, year, threshold)
    if hidden is None:
        return None
    return ProgrammeDashboard(
        id=strawberry.ID(f"{bureau_id}:{year}"), bureau=bureau(bureau_id), year=year, hidden=hidden
    )


async def _figures(context: Context, keys: list[tuple[str, int]]) -> list[Figures]:
    found: list[Figures] = []
    for bureau_id, year in keys:
        async with context.runtime.db.read(system(bureau_id)) as conn:
            found.append(await storage.figures(conn, bureau_id, year, context.today))
    return found
