"""Education's part of the programme's dashboard (requirements 8.2, 13)."""

from datetime import date
from decimal import Decimal

import strawberry
from plumbline_org.programme import hidden_up_to, programme_of
from plumbline_shared.graphql import Info
from plumbline_shared.principal import system

from education.domain.coverage import coverage
from education.policies import POLICY
from education.storage.coverage import due_between

HIDDEN = 5


@strawberry.type(
    description="教育覆盖: assignments that fell due, waived ones apart; null where a count is small."
)
class EducationCoverage:
    due: int | None
    done: int | None
    waived: int | None
    percent: Decimal | None


@strawberry.federation.type(keys=["id"])
class ProgrammeDashboard:
    id: strawberry.ID
    bureau_id: strawberry.Private[str]
    year: strawberry.Private[int]
    hidden: strawberry.Private[int]

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "ProgrammeDashboard | None":
        bureau_id, year = programme_of(id)
        hidden = await hidden_up_to(info.context, POLICY, bureau_id, year, HIDDEN)
        return None if hidden is None else cls(id=id, bureau_id=bureau_id, year=year, hidden=hidden)

    @strawberry.field(description="Assignments due in the year, until today.")
    async def education_coverage(self, info: Info) -> EducationCoverage:
        last = min(date(self.year, 12, 31), info.context.today)
        async with info.context.runtime.db.read(system(self.bureau_id)) as conn:
            counts = await due_between(conn, self.bureau_id, date(self.year, 1, 1), last)
        found = coverage(*counts, self.hidden)
        return EducationCoverage(due=found.due, done=found.done, waived=found.waived, percent=found.percent)
