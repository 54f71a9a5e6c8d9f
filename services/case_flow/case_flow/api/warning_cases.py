"""警示案例: closed cases as material of warning education, without whom they were (S1-078)."""

from collections.abc import Sequence
from datetime import date

import strawberry
from plumbline_shared.graphql import (
    Connection,
    Context,
    Edge,
    Info,
    PageInfo,
    UserError,
    decode_cursor,
    encode_cursor,
    page_size,
    run,
)

from case_flow.api.guides import LabelInput
from case_flow.api.matter_parts import Label
from case_flow.api.references import Person, person
from case_flow.domain import warning_case as domain
from case_flow.domain.definition import Text
from case_flow.domain.warning_case import WarningContent, WarningState
from case_flow.storage import warning_case as store
from case_flow.use_cases.draft_warning_case import DraftWarningCase, draft_warning_case
from case_flow.use_cases.release_warning_case import DecideWarningCase, decide_warning_case
from case_flow.warning_access import POLICY, case_resource, draft_resource

strawberry.enum(WarningState, description="拟稿 DRAFT, 退回 RETURNED, 发布 RELEASED.")


@strawberry.federation.type(
    keys=["id"], description="警示案例: what happened and why; no person, unit, file or day."
)
class WarningCase:
    id: strawberry.ID
    title: Label
    facts: Label
    causes: Label
    lesson: Label
    kind: str
    root_cause: str
    root: str | None
    process: str | None
    level: str
    grade: str
    year: int
    released_on: date

    @classmethod
    def of(cls, row: domain.WarningCase) -> "WarningCase":
        content = row.content
        return cls(
            id=strawberry.ID(row.id),
            title=Label.of(content.title),
            facts=Label.of(content.facts),
            causes=Label.of(content.causes),
            lesson=Label.of(content.lesson),
            kind=row.kind,
            root_cause=row.root_cause,
            root=row.root or None,
            process=row.process or None,
            level=row.level,
            grade=row.grade,
            year=row.year,
            released_on=row.released_on,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "WarningCase | None":
        return await case_of(info, id)


@strawberry.type(description="警示案例稿: for discipline and the head alone.")
class WarningDraft:
    id: strawberry.ID
    inquiry_id: strawberry.ID
    title: Label
    facts: Label
    causes: Label
    lesson: Label
    drafted_by: Person
    state: WarningState
    note: str

    @classmethod
    def of(cls, row: domain.WarningDraft) -> "WarningDraft":
        content = row.content
        return cls(
            id=strawberry.ID(row.id),
            inquiry_id=strawberry.ID(row.inquiry_id),
            title=Label.of(content.title),
            facts=Label.of(content.facts),
            causes=Label.of(content.causes),
            lesson=Label.of(content.lesson),
            drafted_by=person(row.drafted_by),
            state=row.state,
            note=row.note,
        )


@strawberry.type(description="What was released to the bureau, the latest first.")
class WarningCaseConnection(Connection[WarningCase]):
    pass


@strawberry.input
class DraftWarningCaseInput:
    client_mutation_id: str
    inquiry_id: strawberry.ID
    title: LabelInput
    facts: LabelInput
    causes: LabelInput
    lesson: LabelInput


@strawberry.input
class DecideWarningCaseInput:
    client_mutation_id: str
    draft_id: strawberry.ID
    release: bool
    note: str = ""


@strawberry.type
class WarningDraftPayload:
    draft_id: strawberry.ID | None
    user_errors: list[UserError]


@strawberry.type
class WarningCasePayload:
    case: WarningCase | None = strawberry.field(description="Null when it went back.")
    user_errors: list[UserError]


@strawberry.type
class WarningCaseQuery:
    @strawberry.field(description="One released case; for everybody of the bureau.")
    async def warning_case(self, info: Info, id: strawberry.ID) -> WarningCase | None:
        return await case_of(info, id)

    @strawberry.field(description="What was released to your bureau, the latest first.")
    async def warning_cases(
        self, info: Info, first: int = 50, after: str | None = None
    ) -> WarningCaseConnection:
        key = decode_cursor(after, tuple[date, str]) if after else (date.max, "~")
        async with info.context.read() as conn:
            found = await store.page(conn, key, page_size(first) + 1)
        seen = _readable(info.context, found[:first])
        edges = [
            Edge(node=WarningCase.of(one), cursor=encode_cursor(one.released_on.isoformat(), one.id))
            for one in seen
        ]
        page = PageInfo(has_next_page=len(found) > first, end_cursor=edges[-1].cursor if edges else None)
        return WarningCaseConnection(edges=edges, page_info=page)

    @strawberry.field(description="Drafts, the latest first; 50 at most.")
    async def warning_drafts(self, info: Info, after: str | None = None) -> list[WarningDraft]:
        async with info.context.read() as conn:
            found = await store.drafts(conn, after, 50)
        resources = [draft_resource(one.bureau_id, one.id) for one in found]
        decisions = POLICY.decide(info.context.principal, "read", resources)
        return [WarningDraft.of(one) for one, yes in zip(found, decisions, strict=True) if yes]


@strawberry.type
class WarningCaseMutation:
    @strawberry.mutation(
        description="拟警示案例: discipline writes it; a text that names anybody is refused."
    )
    async def draft_warning_case(self, info: Info, input: DraftWarningCaseInput) -> WarningDraftPayload:
        content = WarningContent(
            title=_text(input.title),
            facts=_text(input.facts),
            causes=_text(input.causes),
            lesson=_text(input.lesson),
        )
        command = DraftWarningCase(input.inquiry_id, content)
        made, errors = await run(info, draft_warning_case, command, input.client_mutation_id)
        return WarningDraftPayload(draft_id=strawberry.ID(made) if made else None, user_errors=errors)

    @strawberry.mutation(description="发布或退回警示案例: the head, who did not write it.")
    async def decide_warning_case(self, info: Info, input: DecideWarningCaseInput) -> WarningCasePayload:
        command = DecideWarningCase(input.draft_id, input.release, input.note)
        made, errors = await run(info, decide_warning_case, command, input.client_mutation_id)
        return WarningCasePayload(case=await case_of(info, made) if made else None, user_errors=errors)


async def case_of(info: Info, case_id: str) -> WarningCase | None:
    """A released case as the caller sees it."""
    found = await info.context.loader(_cases).load(case_id)
    return WarningCase.of(found) if found else None


async def _cases(context: Context, ids: list[str]) -> Sequence[domain.WarningCase | None]:
    async with context.read() as conn:
        found = await store.many(conn, ids)
    seen = {one.id for one in _readable(context, list(found.values()))}
    return [found.get(one) if one in seen else None for one in ids]


def _readable(context: Context, rows: Sequence[domain.WarningCase]) -> list[domain.WarningCase]:
    decisions = POLICY.decide(
        context.principal, "read", [case_resource(one.bureau_id, one.id) for one in rows]
    )
    return [one for one, yes in zip(rows, decisions, strict=True) if yes]


def _text(label: LabelInput) -> Text:
    return Text(zh=label.zh, en=label.en)
