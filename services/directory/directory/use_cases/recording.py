"""What every change does: read under a lock, ask the policy, record, publish, leave an audit row."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from directory.domain.parts import Change, Directory, Kind, bureau_of
from directory.permissions import POLICY, part_resource
from directory.publications import publish
from directory.storage import lines, records


async def known_for_change(uow: Uow, bureau_ids: Iterable[str]) -> Directory:
    """The newest state of these bureaus, locked against other changes, with every visible bureau's own record."""
    wanted = frozenset(bureau_ids)
    await records.lock_bureaus(uow.conn, wanted)
    visible = await records.latest_bureaus(uow.conn)
    return replace(await records.latest(uow.conn, wanted), bureaus=visible.bureaus)


async def record(uow: Uow, action: str, after: Directory, changes: Sequence[Change], on: date) -> None:
    """Write authorized changes; `on` is the first day that a changed part's new state describes."""
    if any(change.kind is Kind.BUREAU for change in changes):
        await lines.put_lines(uow.conn, after.bureaus.values())
    await records.add(uow.conn, changes, on, uow.now, uow.principal.actor)
    await publish(uow, changes)
    for change in changes:
        await uow.audit(action, change.kind, change.part.id, {"added": change.added})


async def authorize(uow: Uow, after: Directory, changes: Sequence[Change]) -> None:
    """Raises NotFound unless the caller may make every one of the changes."""
    known_lines = await lines.lines_of(uow.conn, {bureau_of(change.part) for change in changes})
    resources = [part_resource(change.part, known_lines, after.bureaus) for change in changes]
    for change, resource in zip(changes, resources, strict=True):
        own = change.kind is Kind.DELEGATION and POLICY.allows(uow.principal, "delegate", resource)
        if not own and not POLICY.allows(uow.principal, "edit", resource):
            raise absent(change.kind)
