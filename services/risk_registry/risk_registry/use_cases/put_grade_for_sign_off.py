"""Put the grade that a panel arrived at up for signature; a later one takes its place and voids what was signed."""

from datetime import date

import msgspec
from plumbline_org.grades import RiskGrade
from plumbline_shared.use_case import Uow

from risk_registry.domain.assessment import AssessedGrade, by_method, check_grade
from risk_registry.domain.wording import checked
from risk_registry.storage.assessments import add_assessed, rounds_of
from risk_registry.storage.schemes import scheme
from risk_registry.use_cases.close_assessment_round import chaired
from risk_registry.use_cases.decided_state import state_of


class PutGradeForSignOff(msgspec.Struct, frozen=True):
    """`grade` is the method's when it is left out; `upper_opinion` names the co-review of the bureau above (§5.4)."""

    review_id: str
    effective_from: date
    grade: RiskGrade | None = None
    reason: str = ""
    upper_opinion: str = ""


class GradePutForSignOff(msgspec.Struct, frozen=True):
    """What is to be signed, and the hash that a signature names."""

    review_id: str
    grade: RiskGrade
    state_hash: str


async def put_grade_for_sign_off(uow: Uow, command: PutGradeForSignOff) -> GradePutForSignOff:
    """Refuses with NOT_FOUND, REVIEW_CLOSED, ROUNDS_OPEN, EFFECTIVE_IN_PAST or REASON_REQUIRED."""
    review = await chaired(uow, command.review_id)
    proposed = by_method(await rounds_of(uow.conn, review.id), await scheme(uow.conn, review.scheme))
    grade = command.grade or proposed
    check_grade(grade, proposed, command.effective_from, uow.today, checked(command.reason, "reason"))
    given = AssessedGrade(
        grade, proposed, command.effective_from, command.reason,
        checked(command.upper_opinion, "upperOpinion"), uow.principal.actor, uow.now,
    )  # fmt: skip
    await add_assessed(uow.conn, review, given)
    await uow.audit("put_grade_for_sign_off", "GradingReview", review.id, {"grade": grade})
    state = await state_of(uow.conn, review, uow.today)
    return GradePutForSignOff(review.id, grade, state.hash if state else "")
