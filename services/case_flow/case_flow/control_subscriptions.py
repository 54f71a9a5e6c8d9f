"""Events in and timers of the control half: the register's points and grades, education that keeps people away."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from google.protobuf.message import Message
from plumbline_contracts.common.v1 import RiskGrade as WireGrade
from plumbline_contracts.education.v1 import AssignmentCompleted, AssignmentWaived, EducationOverdue
from plumbline_contracts.registry import label
from plumbline_contracts.risk_registry.v1 import (
    AvoidanceFound,
    DiscretionStandardPublished,
    RiskPointPublished,
    RiskPointRegraded,
    RotationDueSoon,
    RotationExtended,
    RotationOverdue,
    RotationResolved,
)
from plumbline_org.grades import RiskGrade
from plumbline_shared.clock import start_of_day
from plumbline_shared.runtime import EventHandler
from plumbline_shared.timers import TimerHandler
from plumbline_shared.use_case import Uow

from case_flow.storage import risk_point, watch
from case_flow.use_cases.contest_incident import on_incident_set_aside
from case_flow.use_cases.decide_inquiry import on_appeal_time_passed
from case_flow.use_cases.end_hold import on_hold_settled
from case_flow.use_cases.escalate_alert import on_alert_unacknowledged, on_alert_unverified
from case_flow.use_cases.follow_incident import on_incident_followed
from case_flow.use_cases.follow_rotation import (
    on_avoidance_found,
    on_rotation_due_soon,
    on_rotation_ended,
    on_rotation_overdue,
)
from case_flow.use_cases.keep_standard import on_discretion_standard_published
from case_flow.use_cases.mark_rectification_overdue import on_rectification_overdue
from case_flow.use_cases.second_review import on_regrade_effective
from case_flow.use_cases.settle_warnings import on_warnings_settled
from case_flow.use_cases.supervision_acts import PART_TIMER, on_supervised_part
from case_flow.use_cases.void_draw_attempt import on_draw_unrevealed


async def on_risk_point_published(uow: Uow, event: RiskPointPublished) -> None:
    """Keep the point and its grade from its first day."""
    point = risk_point.RiskPoint(
        point_id=event.point_id,
        bureau_id=event.bureau_id,
        code=event.code,
        title=event.title,
        title_en=event.title_en,
        unit_id=event.unit_id,
        owner_unit_id=event.process_owner_unit_id or None,
        process=event.process,
        step=event.step,
    )
    await risk_point.put_point(uow.conn, point)
    await risk_point.put_grade(uow.conn, point, date.fromisoformat(event.effective_from), _grade(event.grade))


async def on_risk_point_regraded(uow: Uow, event: RiskPointRegraded) -> None:
    """Keep the new grade from its day; a point that becomes HIGH gets second reviews at that instant."""
    known = await risk_point.point(uow.conn, event.point_id) or _unpublished(event)
    await risk_point.put_point(uow.conn, known)
    effective_from, grade = date.fromisoformat(event.effective_from), _grade(event.to_grade)
    await risk_point.put_grade(uow.conn, known, effective_from, grade)
    if grade is RiskGrade.HIGH and _grade(event.from_grade) is not RiskGrade.HIGH:
        fire_at = max(start_of_day(effective_from), uow.now)
        await uow.schedule("regrade_effective", event.point_id, fire_at)


async def on_education_overdue(uow: Uow, event: EducationOverdue) -> None:
    """No new HIGH matters for the person until it is done."""
    if event.point_id:
        overdue_from = date.fromisoformat(event.overdue_from)
        blocked = watch.EligibilityBlock(event.assignment_id, event.person_id, event.point_id, overdue_from)
        await watch.block(uow.conn, event.bureau_id, blocked)


async def on_assignment_ended(uow: Uow, event: AssignmentCompleted | AssignmentWaived) -> None:
    """Done or lifted: the person may be given new work again."""
    await watch.clear_block(uow.conn, event.assignment_id, uow.now)


CONTROL_SUBSCRIPTIONS: Mapping[type[Message], EventHandler] = {
    RiskPointPublished: on_risk_point_published,
    RiskPointRegraded: on_risk_point_regraded,
    AvoidanceFound: on_avoidance_found,
    DiscretionStandardPublished: on_discretion_standard_published,
    RotationDueSoon: on_rotation_due_soon,
    RotationExtended: on_rotation_ended,
    RotationOverdue: on_rotation_overdue,
    RotationResolved: on_rotation_ended,
    EducationOverdue: on_education_overdue,
    AssignmentCompleted: on_assignment_ended,
    AssignmentWaived: on_assignment_ended,
}
CONTROL_TIMERS: Mapping[str, TimerHandler] = {
    "alert_unacknowledged": on_alert_unacknowledged,
    "alert_unverified": on_alert_unverified,
    "warnings_settled": on_warnings_settled,
    "draw_unrevealed": on_draw_unrevealed,
    "hold_settled": on_hold_settled,
    "incident_followed": on_incident_followed,
    "incident_set_aside": on_incident_set_aside,
    "inquiry_appeal_passed": on_appeal_time_passed,
    "rectification_overdue": on_rectification_overdue,
    "regrade_effective": on_regrade_effective,
    PART_TIMER: on_supervised_part,
}


def _grade(number: Any) -> RiskGrade:
    return RiskGrade(label(WireGrade, number))


def _unpublished(event: RiskPointRegraded) -> risk_point.RiskPoint:
    """A regrade that came before the point itself: its text follows with RiskPointPublished."""
    return risk_point.RiskPoint(
        event.point_id, event.bureau_id, event.code, event.title, "", "", None, event.process, event.step
    )
