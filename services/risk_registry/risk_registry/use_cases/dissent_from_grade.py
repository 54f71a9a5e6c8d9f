"""Dissent: a member who would have graded otherwise says so under their own name, with the reason."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from risk_registry.domain.assessment import Dissent, ReviewKind, by_method
from risk_registry.domain.grading import AlreadyVoted, ReviewClosed, check_voter
from risk_registry.domain.wording import checked
from risk_registry.storage.assessments import add_dissent, rounds_of
from risk_registry.storage.schemes import scheme
from risk_registry.storage.standings import lock_point
from risk_registry.use_cases.panel import require_kind, review_of


class DissentFromGrade(msgspec.Struct, frozen=True):
    """Why the member would have graded otherwise."""

    review_id: str
    reason: str


class Dissented(msgspec.Struct, frozen=True):
    """The review."""

    review_id: str


async def dissent_from_grade(uow: Uow, command: DissentFromGrade) -> Dissented:
    """Refuses with NOT_FOUND, NOT_ON_PANEL, RECUSED, ROUNDS_OPEN, ALREADY_VOTED or REVIEW_CLOSED."""
    await lock_point(uow.conn, (await review_of(uow, command.review_id)).point_id)
    review = await review_of(uow, command.review_id)
    require_kind(review, ReviewKind.FACTORS)
    if review.closing:
        raise ReviewClosed("this review is closed")
    person = uow.principal.person_id or ""
    check_voter(review.panel, frozenset(), frozenset(), person)
    by_method(await rounds_of(uow.conn, review.id), await scheme(uow.conn, review.scheme))
    if not command.reason.strip():
        raise Invalid("say why you dissent", path=("reason",))
    given = Dissent(person, checked(command.reason, "reason"), uow.now)
    if not await add_dissent(uow.conn, review, given):
        raise AlreadyVoted("this member has dissented already; what was said is not changed")
    await uow.audit("dissent_from_grade", "GradingReview", review.id)
    return Dissented(review.id)
