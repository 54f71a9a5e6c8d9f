"""A review is over: its decision is kept, the point is no longer under review, and the grade counts from its day."""

from plumbline_shared.clock import start_of_day
from plumbline_shared.use_case import Uow

from risk_registry.domain.register import PointOnDay
from risk_registry.domain.reviews import Closing, Review
from risk_registry.domain.standing import REOPENED, PointState, Standing
from risk_registry.storage.reviews import add_decision
from risk_registry.storage.standings import add_standings
from risk_registry.use_cases.take_effect import take_effect


async def conclude(uow: Uow, review: Review, point: PointOnDay, closing: Closing) -> None:
    """Keep how the review ended; without a grade the point stands as it did before."""
    await add_decision(uow.conn, review, closing)
    before = Standing(
        REOPENED.get(point.state, point.state),
        point.grade,
        uow.today,
        uow.now,
        review_id=review.id,
        reason="review closed",
    )
    await add_standings(uow.conn, point.bureau_id, [(point.id, before)])
    if closing.grade is None:
        return
    day = closing.effective_from
    after = Standing(
        PointState.ACTIVE, closing.grade, day, uow.now,
        review_id=review.id, scheme=review.scheme, reason=closing.reason or "collective review",
    )  # fmt: skip
    await add_standings(uow.conn, point.bureau_id, [(point.id, after)])
    if day <= uow.today:
        await take_effect(uow, review, day)
    else:
        await uow.schedule("grade_effective", review.id, start_of_day(day))
