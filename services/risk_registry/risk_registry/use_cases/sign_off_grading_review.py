"""Sign exactly the state that was decided; HIGH takes effect when head and discipline lead both have (S1-057)."""

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.database import identify
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.assessment import AssessedGrade, check_grade
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.reviews import Closing, Review
from risk_registry.domain.sign_off import (
    DecidedState,
    NothingToSign,
    Seat,
    SignOff,
    StateChanged,
    complete,
    seat_for,
    seats_required,
)
from risk_registry.domain.standing import PointState
from risk_registry.policies import POLICY, review_resource
from risk_registry.storage.assessments import add_sign_off, sign_offs_of
from risk_registry.storage.standings import lock_point
from risk_registry.use_cases.close_grading_review import PointDissolved
from risk_registry.use_cases.conclude import conclude
from risk_registry.use_cases.decided_state import state_of
from risk_registry.use_cases.panel import point_of, review_of


class SignOffGradingReview(msgspec.Struct, frozen=True):
    """`state_hash` is the hash of the state that the signer has read."""

    review_id: str
    state_hash: str


class GradingReviewSignedOff(msgspec.Struct, frozen=True):
    """The seat in which it was signed, and whether the grade takes effect with it."""

    review_id: str
    seat: Seat
    effective: bool


class ReviewDecided(StateChanged):
    """The review was signed to its end meanwhile: one decision a review."""

    code = "REVIEW_DECIDED"


async def sign_off_grading_review(uow: Uow, command: SignOffGradingReview) -> GradingReviewSignedOff:
    """Refuses with NOT_FOUND, NOTHING_TO_SIGN, STATE_CHANGED, REVIEW_DECIDED, ALREADY_SIGNED,
    EFFECTIVE_IN_PAST, POINT_DISSOLVED or UPPER_OPINION_REQUIRED.
    """
    review = await _review(uow, command.review_id)
    state = await _state(uow, review, command.state_hash)
    free = await _free_seats(uow, review, state.assessed)
    signed = [each for each in await sign_offs_of(uow.conn, review.id) if each.state_hash == state.hash]
    signer = uow.principal.person_id or ""
    seat = seat_for(uow.principal.roles, signer, signed, free)
    given = SignOff(seat, signer, state.hash, uow.now)
    await identify(uow.conn, uow.principal)
    await add_sign_off(uow.conn, review, given, state)
    effective = complete(state.assessed.grade, free, [*signed, given])
    if effective:
        await _conclude(uow, review, state.assessed)
    await uow.audit("sign_off_grading_review", "GradingReview", review.id, {"state_hash": state.hash})
    return GradingReviewSignedOff(review.id, seat, effective)


async def _review(uow: Uow, review_id: str) -> Review:
    review = await review_of(uow, review_id)
    POLICY.require(
        uow.principal,
        "sign_review",
        review_resource(review.id, review.bureau_id, review.members, review.recused),
    )
    await lock_point(uow.conn, review.point_id)
    review = await review_of(uow, review_id)
    if review.closing:
        raise ReviewDecided("this review is decided already")
    return review


async def _state(uow: Uow, review: Review, signed_hash: str) -> DecidedState:
    await identify(uow.conn, system(review.bureau_id))
    await _standing_point(uow, review)
    state = await state_of(uow.conn, review, uow.today)
    if state is None:
        raise NothingToSign("put a grade up for signature first")
    if state.hash != signed_hash:
        raise StateChanged("the state is not the one that you read: read it again", path=("stateHash",))
    assessed = state.assessed
    check_grade(assessed.grade, assessed.by_method, assessed.effective_from, uow.today, assessed.reason)
    return state


async def _standing_point(uow: Uow, review: Review) -> PointOnDay:
    point = await point_of(uow, review.point_id, uow.today)
    if point.state is PointState.DISSOLVED:
        raise PointDissolved("the point is dissolved: there is nothing left to grade")
    return point


async def _free_seats(uow: Uow, review: Review, assessed: AssessedGrade) -> frozenset[Seat]:
    org = await load_org(uow.conn, review.bureau_id)
    leaders = {Seat.HEAD: org.head(uow.today), Seat.DISCIPLINE: org.discipline_lead(uow.today)}
    return seats_required(assessed.grade, leaders, review.recused, assessed.upper_opinion)


async def _conclude(uow: Uow, review: Review, assessed: AssessedGrade) -> None:
    await identify(uow.conn, system(review.bureau_id))
    closing = Closing(
        assessed.grade, assessed.by_method, assessed.effective_from, assessed.reason,
        uow.principal.actor, uow.now,
    )  # fmt: skip
    await conclude(uow, review, await _standing_point(uow, review), closing)
