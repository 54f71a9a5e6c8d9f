"""Take the running matters of an item to another version: a dry run says what would happen, a batch does it (S2-022)."""

import msgspec
from plumbline_shared.database import identify
from plumbline_shared.ids import new_id
from plumbline_shared.policy import absent
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from case_flow.access import POLICY
from case_flow.domain.errors import VersionNotInForce
from case_flow.matter_access import item_resource
from case_flow.storage import item as items
from case_flow.storage import migration as storage
from case_flow.storage.item import Published
from case_flow.storage.migration import Batch, Outcome
from case_flow.use_cases.migrate_matter import MIGRATE, examine

DRY_RUN_AT_ONCE = 500


class MigrateMatters(msgspec.Struct, frozen=True):
    """All running matters of the item on other versions. A dry run looks at up to 500 after `after` (a matter's id)."""

    item: str
    to_version: int
    dry_run: bool = True
    after: str | None = None


class MattersMigrate(msgspec.Struct, frozen=True):
    """The batch, which works on by itself; or, of a dry run, what would become of each matter."""

    migration_id: str | None = None
    outcomes: tuple[Outcome, ...] = ()
    total: int = 0


async def migrate_matters(uow: Uow, command: MigrateMatters) -> MattersMigrate:
    """Start a batch, or return the one that is under way; or only look.

    Each matter has its own transaction (timer `migrate_matter`), so a stopped service goes on where it was.
    Raises NotFound for an unknown version or somebody who publishes no items, VersionNotInForce before its first day.
    """
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "publish", item_resource(bureau, command.item))
    to = await items.find(uow.conn, bureau, command.item, command.to_version)
    if to is None:
        raise absent("item")
    first = to.definition.effective_from
    if first is not None and first > uow.today and not command.dry_run:
        raise VersionNotInForce(
            f"{command.item} v{command.to_version} takes effect on {first}", first=str(first)
        )
    return await (_look(uow, command, to) if command.dry_run else _start(uow, command, bureau))


async def _look(uow: Uow, command: MigrateMatters, to: Published) -> MattersMigrate:
    bureau = uow.principal.bureau_id or ""
    asker = uow.principal
    await identify(uow.conn, system(bureau))
    found = await storage.running(uow.conn, bureau, command.item, command.to_version)
    next_ones = [one for one in found if command.after is None or one > command.after][:DRY_RUN_AT_ONCE]
    outcomes = [(await examine(uow, to, one))[0] for one in next_ones]
    await identify(uow.conn, asker)
    return MattersMigrate(outcomes=tuple(outcomes), total=len(found))


async def _start(uow: Uow, command: MigrateMatters, bureau: str) -> MattersMigrate:
    under_way = await storage.unfinished(uow.conn, bureau, command.item, command.to_version)
    if under_way:
        return MattersMigrate(migration_id=under_way)
    asker = uow.principal
    await identify(uow.conn, system(bureau))
    found = await storage.running(uow.conn, bureau, command.item, command.to_version)
    await identify(uow.conn, asker)
    batch = Batch(new_id("mm"), bureau, command.item, command.to_version, len(found), asker.actor, uow.now)
    await storage.start(uow.conn, batch)
    for matter in found:
        await uow.schedule(MIGRATE, batch.id, uow.now, {"matter": matter})
    detail = {"item": command.item, "version": command.to_version, "matters": len(found)}
    await uow.audit("migrateMatters", "MatterMigration", batch.id, detail)
    return MattersMigrate(migration_id=batch.id, total=len(found))
