"""What may be asked about the service hall."""

from datetime import datetime

import strawberry
from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import (
    Connection,
    Context,
    Edge,
    Info,
    PageInfo,
    decode_cursor,
    encode_cursor,
    page_size,
)
from plumbline_shared.principal import system

from case_flow.api.hall_parts import (
    Form,
    FormConnection,
    HallWindow,
    PreReviewFile,
    WindowProposal,
    WindowSwitch,
)
from case_flow.api.matter_parts import Label
from case_flow.domain.pre_review import PreReview, notice
from case_flow.hall_access import POLICY, form_resource, hall_resource, review_resource
from case_flow.rules import HALL_RULES, rules_of
from case_flow.storage import form as forms
from case_flow.storage import item as items
from case_flow.storage import pre_review as reviews
from case_flow.storage import window as windows


@strawberry.type(description="Applications waiting for acceptance, the latest first.")
class PreReviewConnection(Connection[PreReviewFile]):
    pass


@strawberry.type
class HallQuery:
    @strawberry.field(description="The catalogue of forms (S2-023).")
    async def forms(self, info: Info, first: int = 50, after: str | None = None) -> FormConnection:
        bureau = info.context.principal.bureau_id or ""
        if not POLICY.allows(info.context.principal, "read", form_resource(bureau, "*")):
            return FormConnection(edges=[], page_info=PageInfo(has_next_page=False, end_cursor=None))
        key = decode_cursor(after, tuple[str, int]) if after else ("", 0)
        async with info.context.read() as conn:
            found = await forms.page(conn, bureau, key, page_size(first) + 1)
        edges = [
            Edge(node=Form.of(one), cursor=encode_cursor(one.form.form, one.form.version))
            for one in found[:first]
        ]
        page = PageInfo(has_next_page=len(found) > first, end_cursor=edges[-1].cursor if edges else None)
        return FormConnection(edges=edges, page_info=page)

    @strawberry.field(description="One pre-review with its notice; for the hall, its chief and leaders.")
    async def pre_review(self, info: Info, id: strawberry.ID) -> PreReviewFile | None:
        return next(iter(await review_files(info.context, [id])), None)

    @strawberry.field(description="What the hall looked at and has not accepted yet.")
    async def pre_reviews(self, info: Info, first: int = 50, after: str | None = None) -> PreReviewConnection:
        async with info.context.read() as conn:
            found = await reviews.waiting(conn, after, page_size(first) + 1)
        nodes = await _files(info.context, found[:first])
        edges = [Edge(node=one, cursor=str(one.id)) for one in nodes]
        page = PageInfo(has_next_page=len(found) > first, end_cursor=edges[-1].cursor if edges else None)
        return PreReviewConnection(edges=edges, page_info=page)

    @strawberry.field(description="Every window and the class that it served at an instant, now by default.")
    async def hall_windows(self, info: Info, as_of: datetime | None = None) -> list[HallWindow]:
        if not await _reads_hall(info.context):
            return []
        async with info.context.read() as conn:
            board = await windows.board(conn, _aware(as_of, info.context.now))
        pack = await rules_of(info.context, HALL_RULES)
        return [HallWindow.of(one, pack) for one in board]

    @strawberry.field(description="The log of switches up to an instant, the latest first; 200 at most.")
    async def window_switches(
        self, info: Info, window: str | None = None, as_of: datetime | None = None
    ) -> list[WindowSwitch]:
        if not await _reads_hall(info.context):
            return []
        async with info.context.read() as conn:
            log = await windows.switches(conn, None, window, _aware(as_of, info.context.now), 200)
        return [WindowSwitch.of(one) for one in log]

    @strawberry.field(description="Proposals, the latest first; 200 at most.")
    async def window_proposals(self, info: Info, after: str | None = None) -> list[WindowProposal]:
        return await proposals_of(info.context, None, after)


async def review_files(context: Context, ids: list[str]) -> list[PreReviewFile]:
    """Those that row-level security and Cedar both let the caller see."""
    async with context.read() as conn:
        found = await reviews.many(conn, ids)
    return await _files(context, list(found.values()))


async def proposals_of(
    context: Context, ids: list[str] | None, after: str | None = None
) -> list[WindowProposal]:
    """The proposals that the caller sees."""
    if not await _reads_hall(context):
        return []
    async with context.read() as conn:
        return [WindowProposal.of(one) for one in await windows.proposals(conn, ids, after, 200)]


async def notice_of(context: Context, review: PreReview) -> Label:
    """The notice in both languages. For the applicant too, who has no account: their code proved them."""
    async with context.runtime.db.read(system(review.bureau_id)) as conn:
        item = (await items.get(conn, review.bureau_id, review.item_hash)).definition
        form = await forms.find(conn, review.bureau_id, review.form) if review.form else None
    return Label.of(notice(item.name, form, review))


async def _files(context: Context, found: list[PreReview]) -> list[PreReviewFile]:
    decisions = POLICY.decide(context.principal, "read", [review_resource(one) for one in found])
    seen = [one for one, yes in zip(found, decisions, strict=True) if yes]
    return [PreReviewFile.of(one, await notice_of(context, one)) for one in seen]


async def _reads_hall(context: Context) -> bool:
    bureau = context.principal.bureau_id or ""
    return POLICY.allows(context.principal, "read", hall_resource(bureau, f"{bureau}.HALL"))


def _aware(at: datetime | None, now: datetime) -> datetime:
    if at is not None and at.tzinfo is None:
        raise Invalid("an instant has its offset, for example 2026-10-09T10:12:00+08:00", path=("asOf",))
    return at or now
