"""Cast one vote in a grading review: a grade, or likelihood and severity from which the method makes one."""

import msgspec
from plumbline_org.grades import RiskGrade
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from risk_registry.domain.assessment import ReviewKind, VotingOver
from risk_registry.domain.grading import SCALE, AlreadyVoted, ReviewClosed, Scheme, Vote, check_voter
from risk_registry.domain.reviews import CastVote
from risk_registry.domain.wording import checked
from risk_registry.storage.assessments import assessed_of
from risk_registry.storage.reviews import add_vote, votes_of
from risk_registry.storage.schemes import scheme
from risk_registry.storage.standings import lock_point
from risk_registry.use_cases.panel import holders_now, require_kind, review_of


class CastGradeVote(msgspec.Struct, frozen=True):
    """Either `grade`, or both factors on the scale 1–5, or all three."""

    review_id: str
    grade: RiskGrade | None = None
    likelihood: int | None = None
    severity: int | None = None
    opinion: str = ""


class VoteCast(msgspec.Struct, frozen=True):
    """The review, and the grade that was counted."""

    review_id: str
    grade: RiskGrade


async def cast_grade_vote(uow: Uow, command: CastGradeVote) -> VoteCast:
    """Refuses with NOT_FOUND, NOT_ON_PANEL, RECUSED, ALREADY_VOTED, VOTING_OVER or REVIEW_CLOSED."""
    review = await review_of(uow, command.review_id)
    await lock_point(uow.conn, review.point_id)
    review = await review_of(uow, command.review_id)
    require_kind(review, ReviewKind.GRADE)
    if review.closing:
        raise ReviewClosed("this review is closed; its votes are final")
    if await assessed_of(uow.conn, review.id):
        raise VotingOver("the grade is up for signature; its votes are final")
    voter = uow.principal.person_id or ""
    voted = frozenset(
        each.vote.person_id for each in (await votes_of(uow.conn, [review.id])).get(review.id, [])
    )
    check_voter(review.panel, await holders_now(uow, review), voted, voter)
    vote = _vote(voter, command, await scheme(uow.conn, review.scheme))
    if not await add_vote(
        uow.conn, review.bureau_id, CastVote(review.id, vote, checked(command.opinion, "opinion"), uow.now)
    ):
        raise AlreadyVoted("this member has voted; a vote is not changed")
    await uow.audit("cast_grade_vote", "GradingReview", review.id)
    return VoteCast(review.id, vote.grade)


def _vote(voter: str, command: CastGradeVote, rules: Scheme) -> Vote:
    likelihood, severity = command.likelihood, command.severity
    for name, value in (("likelihood", likelihood), ("severity", severity)):
        if value is not None and value not in SCALE:
            raise Invalid(f"{name} is {SCALE.start} to {SCALE.stop - 1}", path=(name,))
    if (likelihood is None) != (severity is None):
        raise Invalid("vote on both likelihood and severity, or on neither", path=("severity",))
    if likelihood is None or severity is None:
        if command.grade is None:
            raise Invalid("vote a grade, or likelihood and severity", path=("grade",))
        return Vote(voter, command.grade)
    return Vote(voter, command.grade or rules.grade(likelihood, severity), likelihood, severity)
