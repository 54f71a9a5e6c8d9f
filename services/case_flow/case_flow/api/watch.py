"""What the discipline lead and the leaders watch: steps that passed a point, second reviews on running work."""

from datetime import datetime

import strawberry
from plumbline_shared.graphql import (
    Connection,
    Info,
    decode_cursor,
    encode_cursor,
    page_size,
    paginate,
)

from case_flow.api.references import Person, RiskPoint, person, risk_point
from case_flow.storage import watch
from case_flow.use_cases.read_approvals import approvals_of


@strawberry.type(description="One completed step of a risk point.")
class PassedStep:
    matter_id: strawberry.ID
    receipt_no: str
    step: str
    signers: list[Person]
    at: datetime


@strawberry.type(description="复核: a second review that a regrade put on a running matter.")
class SecondReview:
    matter_id: strawberry.ID
    risk_point: RiskPoint | None = strawberry.field(
        description="Null where the register shows it not to the reader."
    )
    imposed_at: datetime

    @classmethod
    def of(cls, row: watch.SecondReview) -> "SecondReview":
        return cls(
            matter_id=strawberry.ID(row.matter_id),
            risk_point=risk_point(row.point_id),
            imposed_at=row.imposed_at,
        )


@strawberry.type(description="Second reviews on matters that you see.")
class SecondReviewConnection(Connection[SecondReview]):
    pass


@strawberry.type
class WatchQuery:
    @strawberry.field(
        description="For the discipline lead: what passed the point's steps in the last months. Empty for anybody else."
    )
    async def approvals_at_step(
        self, info: Info, point_id: strawberry.ID, months: int = 12
    ) -> list[PassedStep]:
        context = info.context
        found = await approvals_of(context.runtime.db, context.principal, point_id, months, context.now)
        return [
            PassedStep(
                matter_id=strawberry.ID(one.matter_id),
                receipt_no=one.case_ref,
                step=one.step,
                signers=[person(signer) for signer in one.signers],
                at=one.at,
            )
            for one in found
        ]

    @strawberry.field(description="Running matters that got a second review when the point became HIGH.")
    async def second_reviews(
        self, info: Info, point_id: strawberry.ID, first: int = 50, after: str | None = None
    ) -> SecondReviewConnection:
        size = page_size(first)
        cursor = decode_cursor(after, tuple[str])[0] if after else None
        async with info.context.read() as conn:
            rows = await watch.second_reviews(conn, point_id, cursor, size + 1)
        edges, page_info = paginate(rows, size, SecondReview.of, lambda row: encode_cursor(row.matter_id))
        return SecondReviewConnection(edges=edges, page_info=page_info)
