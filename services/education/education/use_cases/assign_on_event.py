"""Events that make people learn: a point became high grade, an inquiry was decided."""

from datetime import date

from plumbline_contracts.case_flow.v1 import AccountabilityForm, InquiryDecided
from plumbline_contracts.common.v1 import RiskGrade as GradeOnTheWire
from plumbline_contracts.registry import label
from plumbline_contracts.risk_registry.v1 import RiskPointRegraded
from plumbline_org.grades import RiskGrade
from plumbline_shared.use_case import Uow

from education.domain.curriculum import Trigger, for_grade, for_incident
from education.storage.curricula import current_curricula
from education.use_cases.open_batch import Cause, open_batch

UNPUNISHED = (AccountabilityForm.ACCOUNTABILITY_FORM_UNSPECIFIED, AccountabilityForm.ACCOUNTABILITY_FORM_NONE)


async def on_risk_point_regraded(uow: Uow, event: RiskPointRegraded) -> None:
    """Holders of a point that became HIGH sign the pledge again and take its lesson (S1-016, scenario 5)."""
    effective = date.fromisoformat(event.effective_from)
    grade = RiskGrade(label(GradeOnTheWire, event.to_grade))
    curricula = for_grade(await current_curricula(uow.conn, effective), grade)
    learners = {holder.person_id: holder.unit_id for holder in event.holders}
    cause = Cause(
        Trigger.RISK_POINT_REGRADED, event.review_id, event.bureau_id, effective, point_id=event.point_id
    )
    await open_batch(uow, cause, learners, curricula)


async def on_inquiry_decided(uow: Uow, event: InquiryDecided) -> None:
    """Respondents held accountable take the lesson of their kind of incident (S1-007, scenario 1)."""
    decided = date.fromisoformat(event.decided_on)
    curricula = for_incident(await current_curricula(uow.conn, decided), event.incident_kind)
    learners = {one.person_id: one.unit_id for one in event.outcomes if one.form not in UNPUNISHED}
    cause = Cause(
        Trigger.INQUIRY_DECIDED,
        event.inquiry_id,
        event.bureau_id,
        decided,
        point_id=event.point_id or None,
        incident_id=event.incident_id,
    )
    await open_batch(uow, cause, learners, curricula)
