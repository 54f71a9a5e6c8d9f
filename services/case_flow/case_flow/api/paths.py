"""How far a matter had to go and to whom its sign-off went, in the graph (S1-100, S1-110, S1-113)."""

from collections.abc import Sequence
from datetime import date

import strawberry
from plumbline_shared.graphql import Context, Info
from plumbline_shared.principal import system

from case_flow.api import matter_loaders as loaders
from case_flow.api.references import Person, person
from case_flow.domain import matter as domain
from case_flow.domain import matter_path as paths
from case_flow.domain.reform import visits
from case_flow.storage import sign_off
from case_flow.storage.looks import looks_of
from case_flow.storage.sign_off import RouteRow


@strawberry.type(description="How far a matter had to go, until its end or until today.")
class MatterPath:
    steps: int
    hand_overs: int
    visits: int = strawberry.field(description="How often the applicant came, looks at pre-review included.")
    elapsed: int = strawberry.field(
        description="Whole working days between first and last day, neither counted."
    )


@strawberry.type(description="值班局长签批: one person of the day's roster, in its order.")
class SignOffRoute:
    on: date
    person: Person
    refusal: str | None = strawberry.field(description="Why they were passed over; null: they were asked.")

    @classmethod
    def of(cls, row: RouteRow) -> "SignOffRoute":
        return cls(on=row.on_day, person=person(row.person_id), refusal=row.refusal)


@strawberry.type
class PathFields:
    row: strawberry.Private[domain.Matter]

    @strawberry.field(
        description="Steps, hand-overs, visits and working days, counted as `pathMetrics` does."
    )
    async def path(self, info: Info) -> MatterPath:
        context, row = info.context, self.row
        steps = await loaders.steps(context, row.id)
        definition = await loaders.definition(context, row)
        came = await context.loader(_visits).load((row.bureau_id, row.id))
        found = paths.matter_path(
            [one.signers for one in steps],
            row.accepted_on,
            row.closed_on or context.today,
            paths.visits_of([one.step for one in steps], visits(definition), row.accepted_on, came),
            (await loaders.org(context, row.bureau_id)).calendar,
        )
        return MatterPath(**vars(found))

    @strawberry.field(description="To whom the sign-off went, after whom, and why.")
    async def sign_off_route(self, info: Info) -> list[SignOffRoute]:
        return [SignOffRoute.of(one) for one in await info.context.loader(_routes).load(self.row.id)]


async def _routes(context: Context, ids: list[str]) -> Sequence[list[RouteRow]]:
    async with context.read() as conn:
        found = await sign_off.of_matters(conn, ids)
    return [found[one] for one in ids]


async def _visits(context: Context, keys: list[tuple[str, str]]) -> list[paths.Looks | None]:
    """Counts alone, for matters that were loaded for their reader: not everybody who sees one sees its pre-review."""
    async with context.runtime.db.read(system(keys[0][0])) as conn:
        found = await looks_of(conn, [matter for _bureau, matter in keys])
    return [found.get(matter) for _bureau, matter in keys]
