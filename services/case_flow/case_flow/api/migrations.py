"""Migrate the running matters of an item: look first, then let the batch work, and watch it (S2-022)."""

from datetime import date, datetime

import strawberry
from plumbline_shared.errors import NotFound
from plumbline_shared.graphql import (
    Connection,
    Info,
    UserError,
    decode_cursor,
    encode_cursor,
    page_size,
    paginate,
    run,
)

from case_flow.access import POLICY
from case_flow.api.matter_parts import Label
from case_flow.domain.migration import WORDS, Obstacle
from case_flow.reform_access import migration_resource
from case_flow.storage import migration as storage
from case_flow.storage.migration import Batch, Outcome
from case_flow.use_cases.migrate_matters import MattersMigrate, MigrateMatters, migrate_matters

strawberry.enum(Obstacle, name="MigrationObstacle", description="Why a matter stays on its version.")


@strawberry.type(description="One matter: what it keeps, where it goes on and by when; or why it stays.")
class MigrationOutcome:
    matter_id: strawberry.ID
    from_version: int
    kept_steps: list[str]
    step: str | None
    due_before: date | None
    due_on: date | None
    obstacle: Obstacle | None
    message: Label | None

    @classmethod
    def of(cls, one: Outcome) -> "MigrationOutcome":
        obstacle = Obstacle(one.refusal) if one.refusal else None
        zh, en = WORDS[obstacle] if obstacle else ("", "")
        return cls(
            matter_id=strawberry.ID(one.matter_id),
            from_version=one.from_version,
            kept_steps=one.kept,
            step=one.step,
            due_before=one.due_before,
            due_on=one.due_on,
            obstacle=obstacle,
            message=Label(zh=zh, en=en) if obstacle else None,
        )


@strawberry.type(description="Outcomes by matter.")
class MigrationOutcomeConnection(Connection[MigrationOutcome]):
    pass


@strawberry.type(
    description="版本迁移: a batch that takes running matters to another version, one transaction each."
)
class MatterMigration:
    id: strawberry.ID
    item_code: str
    to_version: int
    started_at: datetime
    total: int
    migrated: int
    refused: int

    @strawberry.field(description="Nothing is left to do.")
    def done(self) -> bool:
        return self.migrated + self.refused >= self.total

    @strawberry.field
    async def outcomes(
        self, info: Info, first: int = 50, after: str | None = None
    ) -> MigrationOutcomeConnection:
        size = page_size(first)
        key = decode_cursor(after, tuple[str])[0] if after else None
        async with info.context.read() as conn:
            rows = await storage.outcomes(conn, self.id, key, size + 1)
        edges, page = paginate(rows, size, MigrationOutcome.of, lambda row: encode_cursor(row.matter_id))
        return MigrationOutcomeConnection(edges=edges, page_info=page)

    @classmethod
    def of(cls, batch: Batch, counts: tuple[int, int]) -> "MatterMigration":
        migrated, refused = counts
        return cls(
            id=strawberry.ID(batch.id),
            item_code=batch.item_code,
            to_version=batch.to_version,
            started_at=batch.started_at,
            total=batch.total,
            migrated=migrated,
            refused=refused,
        )


@strawberry.input
class MigrateMattersInput:
    """A dry run looks at up to 500 matters after `after` (a matter's id) and changes nothing."""

    client_mutation_id: str
    item_code: str
    to_version: int
    dry_run: bool = True
    after: strawberry.ID | None = None


@strawberry.type
class MigrateMattersPayload:
    migration: MatterMigration | None
    preview: list[MigrationOutcome]
    total: int = strawberry.field(description="Running matters on other versions.")
    user_errors: list[UserError]


@strawberry.type
class MigrationQuery:
    @strawberry.field(description="A batch with its progress, for whoever publishes items.")
    async def matter_migration(self, info: Info, id: strawberry.ID) -> MatterMigration | None:
        return await _load(info, id)


@strawberry.type
class MigrationMutation:
    @strawberry.mutation(
        description="Take running matters to another version: never to a later due date, never losing a step done."
    )
    async def migrate_matters(self, info: Info, input: MigrateMattersInput) -> MigrateMattersPayload:
        command = MigrateMatters(input.item_code, input.to_version, input.dry_run, input.after)
        done, errors = await run(info, migrate_matters, command, input.client_mutation_id)
        done = done or MattersMigrate()
        return MigrateMattersPayload(
            migration=await _load(info, done.migration_id) if done.migration_id else None,
            preview=[MigrationOutcome.of(one) for one in done.outcomes],
            total=done.total,
            user_errors=errors,
        )


async def _load(info: Info, batch_id: str) -> MatterMigration | None:
    async with info.context.read() as conn:
        try:
            batch = await storage.get(conn, batch_id)
        except NotFound:
            return None
        if not POLICY.allows(info.context.principal, "read", migration_resource(batch)):
            return None
        return MatterMigration.of(batch, await storage.counts(conn, batch_id))
