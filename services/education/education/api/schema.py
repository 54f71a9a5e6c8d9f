"""The subgraph: what may be asked of education."""

from typing import Annotated

import strawberry
from plumbline_shared.graphql import Info, build_schema

from education.api import loaders, queries
from education.api.dashboard import ProgrammeDashboard
from education.api.mutations import Mutation
from education.api.types import Curriculum, EducationAssignment, Person, RiskPoint
from education.domain.assignment import Status
from education.storage.assignments import AssignmentFilter
from education.storage.curricula import current_curricula

Wanted = Annotated[queries.EducationAssignmentFilter | None, strawberry.argument(name="filter")]


@strawberry.type
class Query:
    @strawberry.field(description="Your own lessons and pledges, by due date.")
    async def my_assignments(
        self, info: Info, status: Status | None = None, first: int = 50, after: str | None = None
    ) -> queries.EducationAssignmentConnection:
        mine = AssignmentFilter(info.context.today, person_id=info.context.person_id(), status=status)
        return await queries.assignments(info, mine, first, after)

    @strawberry.field(description="Lessons and pledges that you may see, by due date.")
    async def assignments(
        self, info: Info, wanted: Wanted = None, first: int = 50, after: str | None = None
    ) -> queries.EducationAssignmentConnection:
        narrowed = (wanted or queries.EducationAssignmentFilter()).on(info.context.today)
        return await queries.assignments(info, narrowed, first, after)

    @strawberry.field(description="One assignment; null when it is not there or not yours to see.")
    async def education_assignment(self, info: Info, id: strawberry.ID) -> EducationAssignment | None:
        found = await loaders.assignment(info.context, id)
        return EducationAssignment.of(found, info.context.today) if found else None

    @strawberry.field(description="Overdue alerts that you may see, oldest first.")
    async def education_alerts(
        self, info: Info, first: int = 50, after: str | None = None
    ) -> queries.EducationAlertConnection:
        return await queries.alerts(info, first, after)

    @strawberry.field(description="The curricula that count today.")
    async def curricula(self, info: Info) -> list[Curriculum]:
        info.context.person_id()
        async with info.context.read() as conn:
            return [Curriculum.of(one) for one in await current_curricula(conn, info.context.today)]


schema = build_schema(Query, Mutation, types=[EducationAssignment, Person, RiskPoint, ProgrammeDashboard])
