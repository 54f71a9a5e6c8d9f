"""Close a round of the vote: medians, and a second round where the panel is of two minds."""

import msgspec
from plumbline_shared.use_case import Uow

from risk_registry.domain.assessment import ReviewKind, VotingOver, close_round, current_round
from risk_registry.domain.grading import ReviewClosed
from risk_registry.domain.reviews import Review
from risk_registry.policies import POLICY, review_resource
from risk_registry.storage.assessments import add_round, rounds_of
from risk_registry.storage.schemes import scheme
from risk_registry.storage.standings import lock_point
from risk_registry.use_cases.cast_assessment_vote import votes_in
from risk_registry.use_cases.panel import require_kind, review_of


class CloseAssessmentRound(msgspec.Struct, frozen=True):
    """`round` is the one to close, so that asking twice never closes two."""

    review_id: str
    round: int


class AssessmentRoundClosed(msgspec.Struct, frozen=True):
    """The medians; unless `settled`, the panel votes a second and last round."""

    review_id: str
    likelihood: int
    severity: int
    settled: bool


async def close_assessment_round(uow: Uow, command: CloseAssessmentRound) -> AssessmentRoundClosed:
    """Refuses with NOT_FOUND, REVIEW_CLOSED, VOTING_OVER or QUORUM_NOT_REACHED."""
    review = await chaired(uow, command.review_id)
    number = command.round
    if number != current_round(await rounds_of(uow.conn, review.id)):
        raise VotingOver(f"round {number} is not the one that is open")
    rules = await scheme(uow.conn, review.scheme)
    votes = await votes_in(uow, review, number)
    closed = close_round(number, votes, rules, uow.principal.actor, uow.now)
    await add_round(uow.conn, review, closed)
    await uow.audit("close_assessment_round", "GradingReview", review.id, {"round": number})
    return AssessmentRoundClosed(review.id, closed.likelihood, closed.severity, closed.settled)


async def chaired(uow: Uow, review_id: str) -> Review:
    """The open review of factors that the caller chairs, alone with its point. Raises NotFound or ReviewClosed."""
    review = await review_of(uow, review_id)
    POLICY.require(
        uow.principal,
        "close_review",
        review_resource(review.id, review.bureau_id, review.members, review.recused),
    )
    await lock_point(uow.conn, review.point_id)
    review = await review_of(uow, review_id)
    require_kind(review, ReviewKind.FACTORS)
    if review.closing:
        raise ReviewClosed("this review is closed already")
    return review
