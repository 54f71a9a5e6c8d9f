"""Review after handling: the day's draw with its proof, and the reviews."""

from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import Context, Info, UserError, run

from case_flow.api.references import Person, Unit, person, unit
from case_flow.domain import post_review as domain
from case_flow.domain.draw import frame_text
from case_flow.hall_access import POLICY, form_resource, post_review_resource
from case_flow.storage import post_review as store
from case_flow.use_cases.post_review import ReviewHandled, review_handled

strawberry.enum(domain.Finding, name="PostReviewFinding")


@strawberry.type(description="后审: a drawn matter and what was found in it.")
class PostReview:
    id: strawberry.ID
    receipt_no: str
    ticket: str
    unit: Unit
    role: str
    due_on: date
    finding: domain.Finding | None
    note: str
    reviewed_by: Person | None
    reviewed_at: datetime | None

    @classmethod
    def of(cls, row: domain.Review) -> "PostReview":
        return cls(
            id=strawberry.ID(row.id),
            receipt_no=row.case_ref,
            ticket=row.ticket,
            unit=unit(row.unit_id),
            role=row.role,
            due_on=row.due_on,
            finding=row.finding,
            note=row.note,
            reviewed_by=person(row.reviewed_by) if row.reviewed_by else None,
            reviewed_at=row.reviewed_at,
        )


@strawberry.type(
    description="The draw of an item and day: committed to at the first close, open after the day."
)
class PostReviewDraw:
    commitment: str = strawberry.field(description="sha256 of v1|bureau|item|day|secret, in hex.")
    committed_at: datetime
    share: int = strawberry.field(description="Percent of the day's matters, rounded up.")
    quota: int | None
    secret: str | None
    frame_text: str | None = strawberry.field(description="What was drawn from, as it was hashed.")
    frame_root: str | None
    seed: str | None

    @classmethod
    def of(cls, day: domain.DayDraw) -> "PostReviewDraw":
        return cls(
            commitment=day.commitment,
            committed_at=day.committed_at,
            share=day.rule.share,
            quota=day.quota,
            secret=day.secret,
            frame_text=frame_text(day.frame) if day.frame is not None else None,
            frame_root=day.frame_root,
            seed=day.seed,
        )


@strawberry.type
class PostReviewQuery:
    @strawberry.field(description="Drawn matters that the caller reviews or watches; 200 at most.")
    async def post_reviews(
        self, info: Info, item_code: str | None = None, on: date | None = None
    ) -> list[PostReview]:
        async with info.context.read() as conn:
            found = await store.reviews(conn, item_code, on)
        return _seen(info.context, found)

    @strawberry.field(description="The draw of a day, for everybody in the bureau to repeat.")
    async def post_review_draw(self, info: Info, item_code: str, on: date) -> PostReviewDraw | None:
        bureau = info.context.principal.bureau_id or ""
        if not POLICY.allows(info.context.principal, "read", form_resource(bureau, item_code)):
            return None
        async with info.context.read() as conn:
            found = await store.find(conn, bureau, item_code, on)
        return PostReviewDraw.of(found) if found else None


@strawberry.input
class ReviewHandledInput:
    client_mutation_id: str
    review_id: strawberry.ID
    finding: domain.Finding
    note: str = strawberry.field(default="", description="A fault is described.")


@strawberry.type
class ReviewHandledPayload:
    review: PostReview | None
    user_errors: list[UserError]


@strawberry.type
class PostReviewMutation:
    @strawberry.mutation(description="Record what was found in a drawn matter; a fault raises an alert.")
    async def review_handled(self, info: Info, input: ReviewHandledInput) -> ReviewHandledPayload:
        command = ReviewHandled(input.review_id, input.finding, input.note)
        done, errors = await run(info, review_handled, command, input.client_mutation_id)
        if done is None:
            return ReviewHandledPayload(review=None, user_errors=errors)
        async with info.context.read() as conn:
            seen = _seen(info.context, await store.reviews(conn, review_id=done.review_id))
        return ReviewHandledPayload(review=seen[0] if seen else None, user_errors=errors)


def _seen(context: Context, found: list[domain.Review]) -> list[PostReview]:
    """Row-level security let these through; Cedar says yes too."""
    decisions = POLICY.decide(context.principal, "read", [post_review_resource(one) for one in found])
    return [PostReview.of(one) for one, yes in zip(found, decisions, strict=True) if yes]
