"""Vote on likelihood and severity, blind, once in each round."""

import msgspec
from plumbline_shared.database import identify
from plumbline_shared.errors import Invalid
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.assessment import Assessment, ReviewKind, VotingOver, current_round
from risk_registry.domain.grading import SCALE, AlreadyVoted, ReviewClosed, check_voter
from risk_registry.domain.reviews import Review
from risk_registry.domain.wording import checked
from risk_registry.storage.assessments import add_assessment, assessments_of, rounds_of
from risk_registry.storage.standings import lock_point
from risk_registry.use_cases.panel import holders_now, require_kind, review_of


class CastAssessmentVote(msgspec.Struct, frozen=True):
    """Both factors on the scale 1 to 5, and why: the others read the reason without a name."""

    review_id: str
    likelihood: int
    severity: int
    opinion: str = ""


class AssessmentVoteCast(msgspec.Struct, frozen=True):
    """The review, and the round that the vote is in."""

    review_id: str
    round: int


async def cast_assessment_vote(uow: Uow, command: CastAssessmentVote) -> AssessmentVoteCast:
    """Refuses with NOT_FOUND, NOT_ON_PANEL, RECUSED, ALREADY_VOTED, VOTING_OVER or REVIEW_CLOSED."""
    await lock_point(uow.conn, (await review_of(uow, command.review_id)).point_id)
    review = await review_of(uow, command.review_id)
    number = await _round(uow, review)
    voter = uow.principal.person_id or ""
    voted = frozenset(await assessments_of(uow.conn, review.id, number))
    check_voter(review.panel, await holders_now(uow, review), voted, voter)
    if not await add_assessment(uow.conn, review, number, voter, _assessment(command), uow.now):
        raise AlreadyVoted("this member has voted in this round; a vote is not changed")
    await uow.audit("cast_assessment_vote", "GradingReview", review.id, {"round": number})
    return AssessmentVoteCast(review.id, number)


async def _round(uow: Uow, review: Review) -> int:
    require_kind(review, ReviewKind.FACTORS)
    if review.closing:
        raise ReviewClosed("this review is closed; its votes are final")
    number = current_round(await rounds_of(uow.conn, review.id))
    if number is None:
        raise VotingOver("the last round is closed: dissent, with a reason, instead")
    return number


def _assessment(command: CastAssessmentVote) -> Assessment:
    for name, value in (("likelihood", command.likelihood), ("severity", command.severity)):
        if value not in SCALE:
            raise Invalid(f"{name} is {SCALE.start} to {SCALE.stop - 1}", path=(name,))
    return Assessment(command.likelihood, command.severity, checked(command.opinion, "opinion"))


async def votes_in(uow: Uow, review: Review, number: int) -> list[Assessment]:
    """Only the service opens the ballots, and only to count them."""
    await identify(uow.conn, system(review.bureau_id))
    return list((await assessments_of(uow.conn, review.id, number)).values())
