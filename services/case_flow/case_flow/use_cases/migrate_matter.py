"""One matter of a batch goes to the new version of its item: everything in its own transaction, or it stays."""

from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.domain.migration import Migrated, Obstacle, migrated
from case_flow.storage import hold as holds
from case_flow.storage import item as items
from case_flow.storage import matter as matters
from case_flow.storage import migration as storage
from case_flow.storage.item import Published
from case_flow.storage.migration import Batch, Outcome
from case_flow.storage.trace import trace
from case_flow.use_cases import clocks
from case_flow.use_cases.acting import opened, org_of

MIGRATE = "migrate_matter"


async def on_migrate_matter(uow: Uow, timer: Timer) -> None:
    """The turn of one matter of batch `timer.ref`; whatever it meets is its outcome."""
    batch = await storage.get(uow.conn, timer.ref)
    found = await items.find(uow.conn, batch.bureau_id, batch.item_code, batch.to_version)
    if found is not None:
        matter_id: str = timer.payload["matter"]
        outcome = await _migrate(uow, batch, found, matter_id)
        await storage.add_outcome(uow.conn, batch, outcome, uow.now)


async def examine(uow: Uow, to: Published, matter_id: str) -> tuple[Outcome, Migrated | Obstacle]:
    """What migrating the matter would do; writes nothing."""
    matter = await matters.get(uow.conn, matter_id)
    org = await org_of(uow, matter)
    held = bool(await holds.open_of(uow.conn, matter_id))
    found = migrated(to.definition, to.hash, matter, org.calendar, uow.today, held=held)
    stays = isinstance(found, Obstacle)
    outcome = Outcome(
        matter_id=matter.id,
        from_version=matter.item_version,
        kept=[] if stays else list(found.kept),
        step=matter.open_at if stays else found.matter.open_at,
        due_before=matter.due_on,
        due_on=matter.due_on if stays else found.matter.due_on,
        refusal=found if stays else None,
    )
    return outcome, found


async def _migrate(uow: Uow, batch: Batch, to: Published, matter_id: str) -> Outcome:
    outcome, found = await examine(uow, to, matter_id)
    if isinstance(found, Obstacle):
        return outcome
    before = await matters.get(uow.conn, matter_id)
    org = await org_of(uow, before)
    after = await opened(to.definition, found.matter, org, uow)
    detail = {
        "batch": batch.id, "from": before.item_version, "to": to.definition.version, "kept": list(found.kept),
        "step": after.open_at, "due": str(after.due_on), "by": batch.started_by,
    }  # fmt: skip
    await matters.move(uow.conn, before, after, trace(uow, "migrateMatter", before.id, detail))
    await storage.switch(uow.conn, after)
    reason = f"{before.item_code} v{before.item_version} → v{to.definition.version}"
    await clocks.restart(uow, to.definition, after, org.calendar, reason)
    return outcome
