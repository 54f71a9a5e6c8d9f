"""Events in: the directory's replica, and what makes people learn."""

from plumbline_contracts.case_flow.v1 import AppealDecided, InquiryDecided
from plumbline_contracts.risk_registry.v1 import (
    ProcessVersionPublished,
    RiskPointRegraded,
    SelfCheckSubmitted,
)
from plumbline_org.replica import ORG_SUBSCRIPTIONS

from education.use_cases.assign_on_event import on_inquiry_decided, on_risk_point_regraded
from education.use_cases.assign_self_check import on_self_check_submitted
from education.use_cases.assign_transferred import on_points_transferred, on_process_version_published
from education.use_cases.batch_due import on_batch_due
from education.use_cases.withdraw_lessons import on_appeal_decided

SUBSCRIPTIONS = {
    **ORG_SUBSCRIPTIONS,
    RiskPointRegraded: on_risk_point_regraded,
    InquiryDecided: on_inquiry_decided,
    AppealDecided: on_appeal_decided,
    ProcessVersionPublished: on_process_version_published,
    SelfCheckSubmitted: on_self_check_submitted,
}
TIMERS = {"batch_due": on_batch_due, "points_transferred": on_points_transferred}
