"""Close a grading review: the median decides, and the grade takes effect on its day."""

from datetime import date

import msgspec
from plumbline_org.grades import RiskGrade
from plumbline_shared.database import identify
from plumbline_shared.errors import Conflict
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.assessment import ReviewKind
from risk_registry.domain.grading import Decision, ReviewClosed, check_decision, decide
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.reviews import Closing, Review
from risk_registry.domain.standing import PointState
from risk_registry.domain.wording import checked
from risk_registry.policies import POLICY, review_resource
from risk_registry.storage.reviews import votes_of
from risk_registry.storage.schemes import scheme
from risk_registry.storage.standings import lock_point
from risk_registry.use_cases.conclude import conclude
from risk_registry.use_cases.panel import point_of, require_kind, review_of


class PointDissolved(Conflict):
    """The point left the register while its review was open: there is nothing left to grade."""

    code = "POINT_DISSOLVED"


class CloseGradingReview(msgspec.Struct, frozen=True):
    """`reason` is needed for a grade below the one that the method proposes (C-04)."""

    review_id: str
    effective_from: date
    reason: str = ""


class GradingReviewClosed(msgspec.Struct, frozen=True):
    """The outcome; without a grade the panel was split and the old grade stands."""

    review_id: str
    grade: RiskGrade | None
    proposed: RiskGrade | None


async def close_grading_review(uow: Uow, command: CloseGradingReview) -> GradingReviewClosed:
    """Refuses with NOT_FOUND, REVIEW_CLOSED, QUORUM_NOT_REACHED, EFFECTIVE_IN_PAST or REASON_REQUIRED."""
    review = await review_of(uow, command.review_id)
    POLICY.require(
        uow.principal,
        "close_review",
        review_resource(review.id, review.bureau_id, review.members, review.recused),
    )
    await lock_point(uow.conn, review.point_id)
    review = await review_of(uow, command.review_id)
    require_kind(review, ReviewKind.GRADE)
    if review.closing:
        raise ReviewClosed("this review is closed already")
    await identify(uow.conn, system(review.bureau_id))
    point = await point_of(uow, review.point_id, uow.today)
    if point.state is PointState.DISSOLVED:
        raise PointDissolved("the point is dissolved: there is nothing left to grade")
    decision = await _decision(uow, review)
    check_decision(
        decision, point.grade, command.effective_from, uow.today, checked(command.reason, "reason")
    )
    await _record(uow, review, point, decision, command)
    await uow.audit("close_grading_review", "GradingReview", review.id, {"grade": decision.grade})
    return GradingReviewClosed(review.id, decision.grade, decision.proposed)


async def _decision(uow: Uow, review: Review) -> Decision:
    """Only the service opens the ballots, and only to decide."""
    votes = [each.vote for each in (await votes_of(uow.conn, [review.id])).get(review.id, [])]
    return decide(votes, await scheme(uow.conn, review.scheme))


async def _record(
    uow: Uow, review: Review, point: PointOnDay, decision: Decision, command: CloseGradingReview
) -> None:
    closing = Closing(
        decision.grade,
        decision.proposed,
        command.effective_from,
        command.reason,
        uow.principal.actor,
        uow.now,
    )
    await conclude(uow, review, point, closing)
