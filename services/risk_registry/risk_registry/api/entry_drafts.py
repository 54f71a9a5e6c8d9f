"""Entries of the catalogue over GraphQL: a rule waits for the head, who did not write it (SoD-6)."""

from datetime import date, datetime
from typing import Any, cast

import strawberry
from plumbline_shared.graphql import Info, UserError, run
from strawberry.scalars import JSON

from risk_registry.api import loaders
from risk_registry.api.references import Person, person
from risk_registry.api.rule_enums import EntryKind
from risk_registry.policies import POLICY, rules_resource
from risk_registry.storage.entry_drafts import drafts
from risk_registry.use_cases.draft_entry import DecideEntry, EntryKept, decide_entry, record_or_draft
from risk_registry.use_cases.keep_catalogue import RecordEntry


@strawberry.type(
    description="待批条目 · a rule as somebody would have it; it counts once another officer let it."
)
class CatalogueDraft:
    id: strawberry.ID
    kind: EntryKind
    code: str
    body: JSON
    retired: bool
    effective_from: date
    drafted_by: Person
    drafted_at: datetime
    accepted: bool | None = strawberry.field(description="Null until it is decided.")
    reason: str | None
    decided_by: Person | None


@strawberry.input(description="`body` has the fields of its kind; `retired` ends the entry.")
class RecordCatalogueEntryInput:
    client_mutation_id: str
    kind: EntryKind
    code: str
    body: JSON
    effective_from: date
    retired: bool = False


@strawberry.input
class DecideCatalogueEntryInput:
    client_mutation_id: str
    draft_id: strawberry.ID
    accepted: bool
    reason: str


@strawberry.type
class CatalogueEntryPayload:
    id: str | None = strawberry.field(description="The entry's code.")
    entries: int
    draft_id: strawberry.ID | None = strawberry.field(
        description="A rule is a draft until the head, who did not write it, decides."
    )
    user_errors: list[UserError]


@strawberry.type
class EntryDraftQuery:
    @strawberry.field(description="Drafts of rules, newest first, for those who keep the rules.")
    async def catalogue_drafts(self, info: Info, only_open: bool = True) -> list[CatalogueDraft]:
        bureau = loaders.bureau_of(info.context)
        POLICY.require(info.context.principal, "read_drafts", rules_resource(bureau))
        async with info.context.read() as conn:
            found = await drafts(conn, bureau, only_open=only_open)
        return [
            CatalogueDraft(
                id=strawberry.ID(each.id), kind=each.kind, code=each.code, body=cast(JSON, dict(each.body)),
                retired=each.retired, effective_from=each.effective_from, drafted_by=person(each.drafted_by),
                drafted_at=each.drafted_at, accepted=each.accepted, reason=each.reason,
                decided_by=person(each.decided_by) if each.decided_by else None,
            )
            for each in found
        ]  # fmt: skip


@strawberry.type
class EntryDraftMutation:
    @strawberry.mutation(
        description="An entry of the bureau's own, or a change inside the catalogue's bounds; a rule is a draft first."
    )
    async def record_catalogue_entry(
        self, info: Info, input: RecordCatalogueEntryInput
    ) -> CatalogueEntryPayload:
        body = cast(dict[str, Any], input.body)
        command = RecordEntry(input.kind, input.code, body, input.effective_from, input.retired)
        return _payload(*await run(info, record_or_draft, command, input.client_mutation_id))

    @strawberry.mutation(
        description="审批条目: the head lets a rule count, or declines it; never the own (SoD-6)."
    )
    async def decide_catalogue_entry(
        self, info: Info, input: DecideCatalogueEntryInput
    ) -> CatalogueEntryPayload:
        command = DecideEntry(input.draft_id, input.accepted, input.reason)
        return _payload(*await run(info, decide_entry, command, input.client_mutation_id))


def _payload(done: EntryKept | None, errors: list[UserError]) -> CatalogueEntryPayload:
    draft = strawberry.ID(done.draft_id) if done and done.draft_id else None
    return CatalogueEntryPayload(
        id=done.code if done else None, entries=1 if done else 0, draft_id=draft, user_errors=errors
    )
