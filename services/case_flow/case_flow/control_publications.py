"""Events out of the control half: what the domain holds → the contract's message. None carries case text."""

from datetime import date, datetime
from typing import Any

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from plumbline_contracts.case_flow.v1 import (
    AccountabilityForm,
    AppealDecided,
    HoldCorrected,
    HoldRaised,
    IncidentConfirmed,
    IncidentSetAside,
    InquiryDecided,
    Part,
    PublicationScope,
    RectificationIssued,
    RectificationOverdue,
    WarningCaseReleased,
)
from plumbline_contracts.common.v1 import RiskGrade
from plumbline_contracts.registry import number
from plumbline_shared.clock import local_date

from case_flow.domain.hold import Hold
from case_flow.domain.incident import Incident
from case_flow.domain.inquiry import Inquiry, Respondent
from case_flow.domain.rectification import RectificationOrder
from case_flow.domain.warning_case import WarningCase


def hold_raised(hold: Hold) -> Message:
    """A control stopped a step."""
    return HoldRaised(
        hold_id=hold.id,
        control=hold.code,
        point_id=hold.point_id or "",
        matter_id=hold.matter_id or "",
        person_id=hold.person_id,
        unit_id=hold.unit_id,
        bureau_id=hold.bureau_id,
        grade=_value(RiskGrade, hold.grade),
        raised_at=_instant(hold.raised_at),
    )


def hold_corrected(hold: Hold, at: datetime, count: int) -> Message:
    """The handler put right what the hold had stopped (SR-02 counts these)."""
    return HoldCorrected(
        hold_id=hold.id,
        control=hold.code,
        point_id=hold.point_id or "",
        matter_id=hold.matter_id or "",
        person_id=hold.person_id,
        unit_id=hold.unit_id,
        bureau_id=hold.bureau_id,
        corrected_at=_instant(at),
        count_in_30_days=count,
    )


def incident_confirmed(incident: Incident, process: str) -> Message:
    """A verification confirmed an incident, in this process."""
    return IncidentConfirmed(
        incident_id=incident.id,
        bureau_id=incident.bureau_id,
        kind=incident.kind,
        point_id=incident.point_id or "",
        matter_id=incident.matter_id or "",
        unit_id=incident.unit_id,
        occurred_on=incident.occurred_on.isoformat(),
        confirmed_on=incident.confirmed_on.isoformat(),
        late_working_days=incident.late_working_days,
        grade=_value(RiskGrade, incident.grade),
        self_reported=incident.self_reported,
        process=process,
        alert_id=incident.alert_id,
        root_cause=incident.root_cause,
        root=incident.root or "",
    )


def warning_released(case: WarningCase) -> Message:
    """A closed case became material of warning education; codes and the year, nothing else (S1-078)."""
    return WarningCaseReleased(
        case_id=case.id,
        bureau_id=case.bureau_id,
        kind=case.kind,
        root_cause=case.root_cause,
        root=case.root,
        process=case.process,
        level=case.level,
        grade=_value(RiskGrade, case.grade),
        year=case.year,
    )


def inquiry_decided(inquiry: Inquiry, incident: Incident, respondents: tuple[Respondent, ...]) -> Message:
    """The panel's decision; outcomes only for those it holds to account."""
    outcomes = [
        InquiryDecided.Outcome(
            person_id=one.person_id,
            unit_id=one.unit_id,
            part=_value(Part, one.part),
            form=_value(AccountabilityForm, one.form),
        )
        for one in respondents
        if one.part is not None and one.form is not None
    ]
    return InquiryDecided(
        inquiry_id=inquiry.id,
        incident_id=incident.id,
        incident_kind=incident.kind,
        bureau_id=inquiry.bureau_id,
        unit_id=incident.unit_id,
        decided_on=str(inquiry.decided_on),
        publication_scope=_value(PublicationScope, str(inquiry.publication_scope)),
        outcomes=outcomes,
        point_id=incident.point_id or "",
        grade=_value(RiskGrade, incident.grade),
    )


def incident_set_aside(incident: Incident, on: date) -> Message:
    """Somebody named in it contested the incident, and it does not stand."""
    return IncidentSetAside(
        incident_id=incident.id,
        alert_id=incident.alert_id,
        bureau_id=incident.bureau_id,
        point_id=incident.point_id or "",
        set_aside_on=on.isoformat(),
    )


def appeal_decided(inquiry: Inquiry, *, upheld: bool, on: date) -> Message:
    """The panel's decision stands, or what followed from it is taken back."""
    return AppealDecided(
        inquiry_id=inquiry.id,
        incident_id=inquiry.incident_id,
        bureau_id=inquiry.bureau_id,
        upheld=upheld,
        decided_on=on.isoformat(),
    )


def rectification_issued(order: RectificationOrder) -> Message:
    """A unit was ordered to put something right."""
    return RectificationIssued(
        order_id=order.id,
        incident_id=order.incident_id or "",
        bureau_id=order.bureau_id,
        unit_id=order.unit_id,
        due_on=order.due_on.isoformat(),
        issued_on=order.issued_on.isoformat(),
    )


def rectification_overdue(order: RectificationOrder, blocks: int, at: datetime) -> Message:
    """Overdue begins (`blocks` 0), or so many further full blocks have passed."""
    return RectificationOverdue(
        order_id=order.id,
        bureau_id=order.bureau_id,
        unit_id=order.unit_id,
        due_on=order.due_on.isoformat(),
        blocks=blocks,
        overdue_from=local_date(at).isoformat(),
    )


def _instant(at: datetime) -> Timestamp:
    stamp = Timestamp()
    stamp.FromDatetime(at)
    return stamp


def _value(enum: Any, short: str) -> Any:
    """Generated stubs type every enum apart; the short name is checked at run time."""
    return number(enum, short)
