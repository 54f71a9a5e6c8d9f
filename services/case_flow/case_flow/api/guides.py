"""For everybody, without an account: guides to the bureau's items, and what is asked most (S1-044)."""

import re
from collections.abc import Sequence
from datetime import date

import strawberry
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.database import Connection
from plumbline_shared.errors import NotFound
from plumbline_shared.graphql import Info, UserError, run
from plumbline_shared.principal import system

from case_flow.api.matter_parts import Label
from case_flow.domain import guide as domain
from case_flow.domain.definition import Citation, ItemDefinition, Text
from case_flow.domain.hot_issue import HotIssue as Issue
from case_flow.domain.hot_issue import HotIssueContent
from case_flow.rules import GUIDE_RULES
from case_flow.storage import form as forms
from case_flow.storage import hot_issue as issues
from case_flow.storage import item as items
from case_flow.use_cases.publish_hot_issue import (
    HotIssuePublished,
    PublishHotIssue,
    WithdrawHotIssue,
    publish_hot_issue,
    withdraw_hot_issue,
)

BUREAU = re.compile(r"[A-Z0-9]{1,12}")
MOST = 200


@strawberry.type(description="环节: a stage of the procedure, as the public reads it.")
class GuideStage:
    name: Label
    unit: Label | None
    posts: list[Label] = strawberry.field(description="责任岗位: who answers for it, never a person.")
    days: int | None
    present: bool = strawberry.field(description="The applicant is there.")


@strawberry.type(description="材料: a document to bring.")
class GuideDocument:
    name: Label
    when: Label | None = strawberry.field(description="Only in this case; null: always.")


@strawberry.type(description="办事指南: one version of an item, for everybody.")
class ItemGuide:
    code: str
    version: int
    name: Label
    basis: str
    method: list[Label] = strawberry.field(description="办理方式: how to apply.")
    stages: list[GuideStage]
    limit_days: int | None
    limit_unit: str | None
    limit_basis: str | None
    extension_days: int = strawberry.field(description="It may take so many days longer, once; 0: never.")
    pauses: list[Label] = strawberry.field(description="What is not counted in the limit.")
    form: Label | None
    form_ref: str | None
    documents: list[GuideDocument]
    declarations: list[Label] = strawberry.field(description="承诺: what the applicant signs to be true.")
    withdrawable: bool

    @classmethod
    def of(cls, guide: domain.Guide) -> "ItemGuide":
        limit = guide.limit
        return cls(
            code=guide.item,
            version=guide.version,
            name=Label.of(guide.name),
            basis=str(guide.basis),
            method=_labels(guide.method),
            stages=[
                GuideStage(
                    name=Label.of(one.name),
                    unit=Label.of(one.unit) if one.unit else None,
                    posts=_labels(one.posts),
                    days=one.days,
                    present=one.present,
                )
                for one in guide.stages
            ],
            limit_days=limit.length if limit else None,
            limit_unit=limit.unit if limit else None,
            limit_basis=str(limit.basis) if limit else None,
            extension_days=guide.extension_days,
            pauses=_labels(guide.pauses),
            form=Label.of(guide.form) if guide.form else None,
            form_ref=guide.form_ref or None,
            documents=[
                GuideDocument(name=Label.of(one.name), when=Label.of(one.when) if one.when else None)
                for one in guide.documents
            ],
            declarations=_labels(guide.declarations),
            withdrawable=guide.withdrawable,
        )


@strawberry.type(description="热点问题: what taxpayers ask most, answered.")
class HotIssue:
    code: str
    question: Label
    answer: Label
    basis: str
    items: list[str] = strawberry.field(description="Codes of items whose guides tell more.")
    since: date

    @classmethod
    def of(cls, one: Issue) -> "HotIssue":
        return cls(
            code=one.code,
            question=Label.of(one.content.question),
            answer=Label.of(one.content.answer),
            basis=str(one.content.citation),
            items=list(one.content.items),
            since=one.from_on,
        )


@strawberry.input
class LabelInput:
    zh: str
    en: str


@strawberry.input
class PublishHotIssueInput:
    client_mutation_id: str
    code: str
    question: LabelInput
    answer: LabelInput
    basis: str
    from_on: date
    items: list[str] = strawberry.field(default_factory=list)
    rank: int = strawberry.field(default=1000, description="1 comes first.")


@strawberry.input
class WithdrawHotIssueInput:
    client_mutation_id: str
    code: str
    from_on: date


@strawberry.type
class HotIssuePayload:
    version: int | None
    user_errors: list[UserError]


@strawberry.type
class GuideQuery:
    @strawberry.field(description="For everybody: guides to what the service hall takes in; 200 at most.")
    async def item_guides(
        self, info: Info, bureau: strawberry.ID, as_of: date | None = None
    ) -> list[ItemGuide]:
        async with info.context.runtime.db.read(system(bureau)) as conn:
            org = await _org(conn, bureau)
            if org is None:
                return []
            found = await items.page(conn, bureau, None, MOST, as_of or info.context.today)
            return await _guides(conn, org, [one.definition for one in found], info.context.today)

    @strawberry.field(description="For everybody: one guide, of the version in force or the one asked for.")
    async def item_guide(
        self, info: Info, bureau: strawberry.ID, code: str, version: int | None = None
    ) -> ItemGuide | None:
        async with info.context.runtime.db.read(system(bureau)) as conn:
            org, today = await _org(conn, bureau), info.context.today
            if org is None:
                return None
            found = await _version(conn, bureau, code, version, today)
            return next(iter(await _guides(conn, org, [found] if found else [], today)), None)

    @strawberry.field(description="For everybody: what is asked most, by rank; 200 at most.")
    async def hot_issues(
        self, info: Info, bureau: strawberry.ID, as_of: date | None = None
    ) -> list[HotIssue]:
        if not BUREAU.fullmatch(bureau):
            return []
        async with info.context.runtime.db.read(system(bureau)) as conn:
            found = await issues.in_force(conn, bureau, as_of or info.context.today)
        return [HotIssue.of(one) for one in found]


@strawberry.type
class GuideMutation:
    @strawberry.mutation(description="发布热点问题: answer in public what taxpayers ask most.")
    async def publish_hot_issue(self, info: Info, input: PublishHotIssueInput) -> HotIssuePayload:
        content = HotIssueContent(
            question=Text(zh=input.question.zh, en=input.question.en),
            answer=Text(zh=input.answer.zh, en=input.answer.en),
            citation=Citation(source=input.basis),
            items=tuple(input.items),
            rank=input.rank,
        )
        command = PublishHotIssue(input.code, content, input.from_on)
        return _payload(*await run(info, publish_hot_issue, command, input.client_mutation_id))

    @strawberry.mutation(description="An answer is shown no longer; its versions stay on record.")
    async def withdraw_hot_issue(self, info: Info, input: WithdrawHotIssueInput) -> HotIssuePayload:
        command = WithdrawHotIssue(input.code, input.from_on)
        return _payload(*await run(info, withdraw_hot_issue, command, input.client_mutation_id))


def _payload(done: HotIssuePublished | None, errors: list[UserError]) -> HotIssuePayload:
    return HotIssuePayload(version=done.version if done else None, user_errors=errors)


def _labels(texts: Sequence[Text]) -> list[Label]:
    return [Label.of(one) for one in texts]


async def _org(conn: Connection, bureau: str) -> Org | None:
    """The bureau; None for one that is none."""
    if not BUREAU.fullmatch(bureau):
        return None
    try:
        return await load_org(conn, bureau)
    except NotFound:
        return None


async def _version(
    conn: Connection, bureau: str, code: str, version: int | None, on: date
) -> ItemDefinition | None:
    if version is not None:
        found = await items.find(conn, bureau, code, version) if 0 < version < 2**31 else None
        return found.definition if found else None
    try:
        return (await items.in_force(conn, bureau, code, on)).definition
    except NotFound:
        return None


async def _guides(
    conn: Connection, org: Org, definitions: Sequence[ItemDefinition], on: date
) -> list[ItemGuide]:
    guides, pack = list[ItemGuide](), await GUIDE_RULES.on(conn, org.bureau.id, on)
    for one in definitions:
        if domain.offered(one, org):
            code = domain.intake_form(one)
            form = await forms.newest(conn, org.bureau.id, code, on) if code else None
            guides.append(ItemGuide.of(domain.guide_of(one, form, org, pack)))
    return guides
