"""The directory's subgraph: each field one line of work."""

from datetime import date
from typing import Annotated

import strawberry
from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import Connection, Info, UserError, build_schema, run

from directory.api import lists
from directory.api.enums import Role
from directory.api.inputs import (
    ChangeAssignmentInput,
    DelegateInput,
    GrantRoleInput,
    ImportCalendarInput,
    ImportDirectoryInput,
    SetDutyRosterInput,
)
from directory.api.loaders import load_calendar
from directory.api.payloads import (
    BureauPayload,
    CalendarPayload,
    DirectoryImportReport,
    ImportDirectoryPayload,
    PersonPayload,
)
from directory.api.types import Bureau, Person, Post, Unit, Viewer, WorkingCalendar
from directory.domain.parts import PublishedCalendar
from directory.use_cases.change_assignment import change_assignment
from directory.use_cases.delegate import delegate
from directory.use_cases.grant_role import grant_role
from directory.use_cases.import_calendar import import_calendar
from directory.use_cases.import_directory import import_directory
from directory.use_cases.set_duty_roster import set_duty_roster

AsOf = Annotated[date | None, strawberry.argument(description="The day asked about; today when absent.")]


@strawberry.type
class Query:
    @strawberry.field(description="One bureau as of a day.")
    async def bureau(self, info: Info, id: strawberry.ID, as_of: AsOf = None) -> Bureau | None:
        return await Bureau.load(info, id, as_of)

    @strawberry.field(description="One unit as of a day.")
    async def unit(self, info: Info, id: strawberry.ID, as_of: AsOf = None) -> Unit | None:
        return await Unit.load(info, id, as_of)

    @strawberry.field(description="One post as of a day.")
    async def post(self, info: Info, id: strawberry.ID, as_of: AsOf = None) -> Post | None:
        return await Post.load(info, id, as_of)

    @strawberry.field(description="One person as of a day.")
    async def person(self, info: Info, id: strawberry.ID, as_of: AsOf = None) -> Person | None:
        return await Person.load(info, id, as_of)

    @strawberry.field(description="Units of a bureau, or of everything below one unit, by id.")
    async def units(
        self,
        info: Info,
        bureau_id: strawberry.ID,
        under: strawberry.ID | None = None,
        as_of: AsOf = None,
        first: int = 50,
        after: str | None = None,
    ) -> Connection[Unit]:
        return await lists.units(info, bureau_id, under, as_of, first, after)

    @strawberry.field(description="Posts of a bureau, or of one unit and all below it, by id.")
    async def posts(
        self,
        info: Info,
        bureau_id: strawberry.ID,
        under: strawberry.ID | None = None,
        as_of: AsOf = None,
        first: int = 50,
        after: str | None = None,
    ) -> Connection[Post]:
        return await lists.posts(info, bureau_id, under, as_of, first, after)

    @strawberry.field(description="Persons of a bureau, of one unit and all below it, or with a role, by id.")
    async def persons(
        self,
        info: Info,
        bureau_id: strawberry.ID,
        under: strawberry.ID | None = None,
        role: Role | None = None,
        as_of: AsOf = None,
        first: int = 50,
        after: str | None = None,
    ) -> Connection[Person]:
        return await lists.persons(info, bureau_id, under, role, as_of, first, after)

    @strawberry.field(
        description="The newest calendar published for a bureau; without one the national calendar."
    )
    async def working_calendar(
        self, info: Info, bureau_id: strawberry.ID | None = None
    ) -> WorkingCalendar | None:
        calendar = await load_calendar(info.context, bureau_id or "")
        return _calendar(calendar) if calendar else None

    @strawberry.field(description="Who asks. Null for clients and for nobody.")
    async def viewer(self, info: Info) -> Viewer | None:
        principal = info.context.principal
        person = await Person.load(info, principal.person_id, None) if principal.person_id else None
        if person is None:
            return None
        return Viewer(
            person=person, posts=person.posts(), roles=[Role(role) for role in sorted(principal.roles)]
        )


@strawberry.type
class Mutation:
    @strawberry.mutation(description="Preview or apply an .xlsx file, whole or not at all.")
    async def import_directory(self, info: Info, input: ImportDirectoryInput) -> ImportDirectoryPayload:
        try:
            command = input.command()
        except Invalid as error:
            return ImportDirectoryPayload(report=None, user_errors=[UserError.of(error)])
        report, errors = await run(info, import_directory, command, input.client_mutation_id)
        return ImportDirectoryPayload(
            report=DirectoryImportReport.of(report) if report else None, user_errors=errors
        )

    @strawberry.mutation(description="Put a person on a post; a new permanent post ends the one held so far.")
    async def change_assignment(self, info: Info, input: ChangeAssignmentInput) -> PersonPayload:
        person, errors = await run(info, change_assignment, input.command(), input.client_mutation_id)
        return PersonPayload(
            person=await Person.load(info, person, None) if person else None, user_errors=errors
        )

    @strawberry.mutation(description="Grant a role, or end it with `effectiveTo`. Never one's own (SoD-9).")
    async def grant_role(self, info: Info, input: GrantRoleInput) -> PersonPayload:
        person, errors = await run(info, grant_role, input.command(), input.client_mutation_id)
        return PersonPayload(
            person=await Person.load(info, person, None) if person else None, user_errors=errors
        )

    @strawberry.mutation(description="Set the duty directors of one month.")
    async def set_duty_roster(self, info: Info, input: SetDutyRosterInput) -> BureauPayload:
        bureau, errors = await run(info, set_duty_roster, input.command(), input.client_mutation_id)
        return BureauPayload(
            bureau=await Bureau.load(info, bureau, None) if bureau else None, user_errors=errors
        )

    @strawberry.mutation(
        description="Delegate an authority for a time, or take it back; answers the delegate."
    )
    async def delegate(self, info: Info, input: DelegateInput) -> PersonPayload:
        done, errors = await run(info, delegate, input.command(), input.client_mutation_id)
        return PersonPayload(
            person=await Person.load(info, input.delegate_id, None) if done else None, user_errors=errors
        )

    @strawberry.mutation(description="Publish the year's notice or its correction.")
    async def import_calendar(self, info: Info, input: ImportCalendarInput) -> CalendarPayload:
        done, errors = await run(info, import_calendar, input.command(), input.client_mutation_id)
        calendar = await load_calendar(info.context, input.bureau_id or "") if done else None
        return CalendarPayload(calendar=_calendar(calendar) if calendar else None, user_errors=errors)


def _calendar(calendar: PublishedCalendar) -> WorkingCalendar:
    return WorkingCalendar(
        version=calendar.data.version,
        first_day=calendar.data.first_day,
        horizon=calendar.data.horizon,
        citation=calendar.citation,
        off_days=sorted(calendar.data.off_days),
        made_up_days=sorted(calendar.data.made_up_days),
    )


schema = build_schema(Query, Mutation, types=[Bureau, Unit, Post, Person])
