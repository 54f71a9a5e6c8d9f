"""效能监察: what the discipline department watches of limits and quality, unit by unit (S2-025)."""

from datetime import date
from decimal import Decimal

import strawberry
from plumbline_shared.graphql import Info

from case_flow.api.accountability import RootProblem, root_of
from case_flow.api.references import Unit, unit
from case_flow.domain.efficiency import Measure, UnitEfficiency
from case_flow.rules import ACCOUNTABILITY_RULES, rules_of
from case_flow.use_cases.read_efficiency import efficiency_of

strawberry.enum(
    Measure,
    name="EfficiencyMeasure",
    description="RUNNING, DUE_SOON, OVERDUE, SLIP_LATE stand as of today; the others happened in the period.",
)


@strawberry.type(description="One count; null is too small to show.")
class EfficiencyCount:
    measure: Measure
    count: int | None


@strawberry.type(description="Incidents that go back to one root; null is too small to show.")
class RootCount:
    code: strawberry.Private[str]
    count: int | None

    @strawberry.field
    async def root(self, info: Info) -> RootProblem | None:
        return root_of(await rules_of(info.context, ACCOUNTABILITY_RULES), self.code)


@strawberry.type(description="效能监察 of one unit.")
class UnitEfficiencyReport:
    unit: Unit
    counts: list[EfficiencyCount]
    roots: list[RootCount]
    late_percent: Decimal | None = strawberry.field(description="Closed late, in percent of closed.")

    @classmethod
    def of(cls, one: UnitEfficiency) -> "UnitEfficiencyReport":
        return cls(
            unit=unit(one.unit_id),
            counts=[EfficiencyCount(measure=each, count=count) for each, count in one.counts.items()],
            roots=[RootCount(code=code, count=count) for code, count in one.roots.items()],
            late_percent=one.late_percent,
        )


@strawberry.type
class EfficiencyQuery:
    @strawberry.field(
        description="For the discipline lead and the head; small counts hidden for discipline officers; null for others."
    )
    async def efficiency_supervision(
        self, info: Info, first_day: date, last_day: date
    ) -> list[UnitEfficiencyReport] | None:
        context = info.context
        found = await efficiency_of(
            context.runtime.db, context.principal, (first_day, last_day), context.today
        )
        return None if found is None else [UnitEfficiencyReport.of(one) for one in found]
