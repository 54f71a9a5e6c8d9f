"""Publish what the bureau shows to everybody, and take it back (C-10)."""

from datetime import date

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from risk_registry.documents.public_view import Snapshot, frozen, public_view
from risk_registry.documents.resources import disclosure_resource
from risk_registry.domain.catalogue import EntryKind
from risk_registry.policies import POLICY
from risk_registry.storage.catalogue import bodies_on
from risk_registry.storage.processes import versions_on
from risk_registry.storage.public_views import add_snapshot, snapshot, withdraw


class PublishPublicView(msgspec.Struct, frozen=True):
    """Freeze the view of `as_of` and show it."""

    as_of: date


class WithdrawPublicView(msgspec.Struct, frozen=True):
    """Take a snapshot back; the one before it is shown again unless it was withdrawn too."""

    snapshot_id: str
    reason: str


class PublicViewDone(msgspec.Struct, frozen=True):
    """The snapshot and its hash."""

    snapshot_id: str
    sha256: str


async def publish_public_view(uow: Uow, command: PublishPublicView) -> PublicViewDone:
    """By the head alone. Raises NotFound for others, Invalid for a day to come or a view that shows nothing."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "publish", disclosure_resource(bureau))
    if command.as_of > uow.today:
        raise Invalid("the view is of today or a day before", path=("asOf",))
    powers = await bodies_on(uow.conn, bureau, command.as_of, EntryKind.POWER)
    processes = {each.process: each.graph for each in await versions_on(uow.conn, bureau, command.as_of)}
    if not powers and not processes:
        raise Invalid("there is no power and no process to show: record or publish one first")
    content, sha256 = frozen(public_view(bureau, command.as_of, powers, processes))
    given = Snapshot(new_id("pv"), bureau, content, sha256, uow.now)
    await add_snapshot(uow.conn, given, command.as_of, uow.principal.actor)
    await uow.audit("publish_public_view", "Disclosure", given.id, {"sha256": sha256})
    return PublicViewDone(given.id, sha256)


async def withdraw_public_view(uow: Uow, command: WithdrawPublicView) -> PublicViewDone:
    """By the head, with a reason. Raises NotFound, and Invalid without a reason."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "withdraw", disclosure_resource(bureau))
    if not command.reason.strip():
        raise Invalid("say why it is withdrawn", path=("reason",))
    found = await snapshot(uow.conn, bureau, command.snapshot_id)
    if found is None:
        raise absent("snapshot")
    await withdraw(uow.conn, found, command.reason, uow.principal.actor, uow.now)
    await uow.audit("withdraw_public_view", "Disclosure", found.id, {"reason": command.reason})
    return PublicViewDone(found.id, found.sha256)
