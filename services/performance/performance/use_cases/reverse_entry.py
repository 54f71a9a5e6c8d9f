"""Take an entry back: one person of the supervision office enters it, another confirms it (SoD-5)."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from performance.domain.ledger import Entry, EntryKind
from performance.domain.reversal import AlreadyDecided, refuse_own, refuse_reversed, refuse_same_person
from performance.permissions import POLICY, score_resource
from performance.publications import publish_reversed
from performance.storage import entries, reversals
from performance.storage.reversals import ReversalRequest
from performance.use_cases.record_fact import counter_entry


class ReverseEntry(msgspec.Struct, frozen=True):
    """The entry to take back, and why."""

    entry_id: str
    reason: str


class DecideReversal(msgspec.Struct, frozen=True):
    """The second person's answer."""

    request_id: str
    confirm: bool


async def reverse_entry(uow: Uow, command: ReverseEntry) -> str:
    """Enter a reversal and return the request's id; nothing changes until a second person confirms it.

    Raises NotFound, Invalid without a reason, AlreadyReversed, OwnUnit.
    """
    if not command.reason.strip():
        raise Invalid("say why: the reason stays in the ledger", path=["input", "reason"])
    entry = await _reversible(uow, command.entry_id)
    who = uow.principal.actor
    request = ReversalRequest(new_id("rr"), entry.bureau_id, entry.id, command.reason.strip(), who)
    await reversals.add(uow.conn, request, uow.now)
    await uow.audit("score.request_reversal", "ScoreEntry", entry.id)
    return request.id


async def decide_reversal(uow: Uow, command: DecideReversal) -> str:
    """Confirm or reject a reversal and return the entry's id; a confirmed one publishes ScoreEntryReversed.

    Raises NotFound, SamePerson, OwnUnit, AlreadyDecided, AlreadyReversed.
    """
    request = await reversals.get(uow.conn, command.request_id)
    if request is None:
        raise absent("reversal")
    refuse_same_person(request.requested_by, uow.principal.actor)
    if not await reversals.decide(uow.conn, request, command.confirm, uow.principal.actor, uow.now):
        raise AlreadyDecided("this request was decided already")
    entry = await _reversible(uow, request.entry_id)
    if command.confirm:
        counter = counter_entry(uow, entry, EntryKind.REVERSED, request.reason)
        await entries.add(uow.conn, [counter])
        await publish_reversed(uow, [counter])
    await uow.audit("score.decide_reversal", "ScoreEntry", entry.id, {"confirmed": command.confirm})
    return entry.id


async def _reversible(uow: Uow, entry_id: str) -> Entry:
    found = {one.id: one for one in await entries.by_ids(uow.conn, [entry_id])}
    entry = found.get(entry_id)
    if entry is None:
        raise absent("score entry")
    resource = score_resource(entry.subject, entry.bureau_id, None, entry.id)
    if not POLICY.allows(uow.principal, "reverse", resource):
        raise absent("score entry")
    refuse_own(entry, uow.principal.actor, uow.principal.unit_ids)
    refuse_reversed(entry, next((one for one in found.values() if one.reverses_id == entry_id), None))
    return entry
