"""How far a matter had to go, in the graph (S1-110, S1-113)."""

import strawberry
from plumbline_shared.graphql import Context, Info
from plumbline_shared.principal import system

from case_flow.api import matter_loaders as loaders
from case_flow.domain import matter as domain
from case_flow.domain import matter_path as paths
from case_flow.domain.reform import visits
from case_flow.storage.looks import looks_of


@strawberry.type(description="How far a matter had to go, until its end or until today.")
class MatterPath:
    steps: int
    hand_overs: int
    visits: int = strawberry.field(description="How often the applicant came, looks at pre-review included.")
    elapsed: int = strawberry.field(
        description="Whole working days between first and last day, neither counted."
    )


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


async def _visits(context: Context, keys: list[tuple[str, str]]) -> list[paths.Looks | None]:
    """Counts alone, for matters that were loaded for their reader: not everybody who sees one sees its pre-review."""
    async with context.runtime.db.read(system(keys[0][0])) as conn:
        found = await looks_of(conn, [matter for _bureau, matter in keys])
    return [found.get(matter) for _bureau, matter in keys]
