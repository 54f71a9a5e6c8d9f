"""An entry that is a rule is drafted by one and let count by another; any other counts as it is recorded (SoD-6)."""

from dataclasses import replace

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from risk_registry.domain.entry_drafts import RULES, DraftDecided, EntryDraft, check_decision
from risk_registry.domain.wording import checked
from risk_registry.policies import POLICY, rules_resource
from risk_registry.storage.entry_drafts import add_draft, decide_draft, drafts
from risk_registry.use_cases.keep_catalogue import RecordEntry, check_record, record


class DecideEntry(msgspec.Struct, frozen=True):
    """Whether a draft counts from its day on, and why."""

    draft_id: str
    accepted: bool
    reason: str


class EntryKept(msgspec.Struct, frozen=True):
    """The entry's code; `draft_id` where it waits for a decision."""

    code: str
    draft_id: str | None = None


async def record_or_draft(uow: Uow, command: RecordEntry) -> EntryKept:
    """Refuses as `record` does: a draft with a fault is told at once."""
    if command.kind not in RULES:
        return EntryKept((await record(uow, command)).id)
    bureau = uow.principal.bureau_id or ""
    await check_record(uow, command)
    given = EntryDraft(
        new_id("ed"), command.kind, command.code, command.body, command.retired, command.effective_from,
        uow.principal.actor, uow.now,
    )  # fmt: skip
    await add_draft(uow.conn, bureau, given)
    await uow.audit("draft_entry", given.kind, given.code, {"draft": given.id, "retired": given.retired})
    return EntryKept(given.code, given.id)


async def decide_entry(uow: Uow, command: DecideEntry) -> EntryKept:
    """Refuses with NOT_FOUND, DRAFT_DECIDED, SOD_AUTHOR_APPROVES, INVALID_INPUT, and as `record` does when accepted.

    A draft whose day has passed counts from today on.
    """
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "approve", rules_resource(bureau))
    found = next(iter(await drafts(uow.conn, bureau, command.draft_id)), None)
    if found is None:
        raise absent("draft")
    check_decision(found, uow.principal.actor)
    reason = checked(command.reason, "reason")
    if not reason.strip():
        raise Invalid("say why", path=("reason",))
    decided = replace(
        found, accepted=command.accepted, reason=reason, decided_by=uow.principal.actor, decided_at=uow.now
    )
    if not await decide_draft(uow.conn, decided):
        raise DraftDecided("this draft is decided: write another")
    await uow.audit("decide_entry", found.kind, found.code, {"draft": found.id, "accepted": command.accepted})
    if command.accepted:
        on = max(found.effective_from, uow.today)
        await record(uow, RecordEntry(found.kind, found.code, dict(found.body), on, found.retired))
    return EntryKept(found.code, found.id)
