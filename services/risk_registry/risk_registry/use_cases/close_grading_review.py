"""Close a grading review: the median decides; HIGH is put up for the signatures of head and discipline lead."""

from datetime import date

import msgspec
from plumbline_org.grades import RiskGrade
from plumbline_shared.database import identify
from plumbline_shared.errors import Conflict
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.assessment import AssessedGrade, ReviewKind
from risk_registry.domain.grading import Decision, ReviewClosed, check_decision, decide
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.reviews import Closing, Review
from risk_registry.domain.standing import PointState
from risk_registry.domain.wording import checked
from risk_registry.policies import POLICY, review_resource
from risk_registry.storage.assessments import add_assessed
from risk_registry.storage.reviews import votes_of
from risk_registry.storage.schemes import scheme
from risk_registry.storage.standings import lock_point
from risk_registry.use_cases.conclude import conclude
from risk_registry.use_cases.decided_state import state_of
from risk_registry.use_cases.panel import point_of, require_kind, review_of


class PointDissolved(Conflict):
    """The point left the register while its review was open: there is nothing left to grade."""

    code = "POINT_DISSOLVED"


class CloseGradingReview(msgspec.Struct, frozen=True):
    """`reason` is needed for a grade below the one that the method proposes (C-04).

    `upper_opinion` names the co-review of the bureau above, where a leader who would sign is recused (C-05, §5.4).
    """

    review_id: str
    effective_from: date
    reason: str = ""
    upper_opinion: str = ""


class GradingReviewClosed(msgspec.Struct, frozen=True):
    """The outcome; without a grade the panel was split and the old grade stands.

    `state_hash` names what is to be signed before HIGH counts; it is empty for every other outcome.
    """

    review_id: str
    grade: RiskGrade | None
    proposed: RiskGrade | None
    state_hash: str = ""


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
    state_hash = ""
    if decision.grade is RiskGrade.HIGH:
        state_hash = await _put_up(uow, review, decision, command)
    else:
        await _record(uow, review, point, decision, command)
    await uow.audit("close_grading_review", "GradingReview", review.id, {"grade": decision.grade})
    return GradingReviewClosed(review.id, decision.grade, decision.proposed, state_hash)


async def _decision(uow: Uow, review: Review) -> Decision:
    """Only the service opens the ballots, and only to decide."""
    votes = [each.vote for each in (await votes_of(uow.conn, [review.id])).get(review.id, [])]
    return decide(votes, await scheme(uow.conn, review.scheme))


async def _put_up(uow: Uow, review: Review, decision: Decision, command: CloseGradingReview) -> str:
    """The votes are final from here on; closing again puts another day or reason up and voids what was signed."""
    given = AssessedGrade(
        RiskGrade.HIGH, decision.proposed, command.effective_from, command.reason,
        checked(command.upper_opinion, "upperOpinion"), uow.principal.actor, uow.now,
    )  # fmt: skip
    await add_assessed(uow.conn, review, given)
    state = await state_of(uow.conn, review, uow.today)
    return state.hash if state else ""


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
