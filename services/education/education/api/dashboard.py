"""Education's part of the programme's dashboard (requirements 8.2, 13)."""

from datetime import date
from decimal import Decimal

import strawberry
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import NotFound
from plumbline_shared.graphql import Info
from plumbline_shared.policy import Resource
from plumbline_shared.principal import system

from education.domain.coverage import NOTHING, coverage
from education.policies import POLICY
from education.storage.coverage import due_between

HIDDEN = 5
FIRST, LAST = 2000, 2100


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
        bureau_id, _, text = id.rpartition(":")
        year = int(text) if text.isascii() and text.isdecimal() else 0
        hidden = await _hidden(info, bureau_id) if FIRST <= year <= LAST else None
        return None if hidden is None else cls(id=id, bureau_id=bureau_id, year=year, hidden=hidden)

    @strawberry.field(description="Assignments due in the year, until today.")
    async def education_coverage(self, info: Info) -> EducationCoverage:
        last = min(date(self.year, 12, 31), info.context.today)
        async with info.context.runtime.db.read(system(self.bureau_id)) as conn:
            counts = await due_between(conn, self.bureau_id, date(self.year, 1, 1), last)
        found = coverage(*counts, self.hidden)
        return EducationCoverage(due=found.due, done=found.done, waived=found.waived, percent=found.percent)


async def _hidden(info: Info, bureau_id: str) -> int | None:
    """Up to which count the reader sees nothing; None for those who see no dashboard."""
    try:
        async with info.context.runtime.db.read(system(bureau_id)) as conn:
            resource = _programme(await load_org(conn, bureau_id))
    except NotFound:
        return None
    if POLICY.allows(info.context.principal, "oversee", resource):
        return NOTHING
    return HIDDEN if POLICY.allows(info.context.principal, "oversee_suppressed", resource) else None


def _programme(org: Org) -> Resource:
    upper: list[str] = []
    bureau = org.bureau.id
    while org.upper is not None:
        org = org.upper
        upper.append(org.bureau.id)
    return Resource("Programme", bureau, {"bureau": bureau, "upper": tuple(upper)})
