"""A service complaint: received → accepted → decided → fed back. Silence counts as accepted."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from plumbline_shared.calendar import WorkingCalendar
from plumbline_shared.deadline import Deadline, due
from plumbline_shared.errors import Refused

from complaints.domain.clocks import ACCEPT, DECIDE


class ComplaintKind(StrEnum):
    """What it is about: 服务言行 / 服务质效 / 权益保护."""

    BEHAVIOUR = "BEHAVIOUR"
    QUALITY = "QUALITY"
    RIGHTS = "RIGHTS"


class ComplaintState(StrEnum):
    """How far it has come."""

    RECEIVED = "RECEIVED"
    ACCEPTED = "ACCEPTED"
    DECIDED = "DECIDED"
    FED_BACK = "FED_BACK"


class WrongState(Refused):
    """The step does not follow the state that the case is in."""

    code = "WRONG_STATE"


class SubjectDecides(Refused):
    """Whom a complaint concerns, or who serves in the unit, does not handle it."""

    code = "SUBJECT_MAY_NOT_HANDLE"


@dataclass(frozen=True)
class Complaint:
    """One service complaint without its sealed text and contact."""

    id: str
    bureau_id: str
    kind: ComplaintKind
    unit_id: str
    person_id: str | None
    typed_by: str | None
    received_on: date
    occurred_on: date | None
    state: ComplaintState
    accept_due_on: date
    accepted_on: date | None = None
    accepted_by: str | None = None
    decide_due_on: date | None = None
    decided_on: date | None = None
    decided_by: str | None = None
    substantiated: bool | None = None
    corrected: bool | None = None
    fed_back_on: date | None = None
    overturned_on: date | None = None


def accept_deadline(received_on: date, calendar: WorkingCalendar) -> Deadline:
    """One working day after receipt."""
    return due(ACCEPT, received_on, calendar)


def decide_deadline(kind: ComplaintKind, accepted_on: date, calendar: WorkingCalendar) -> Deadline:
    """Five working days for behaviour, ten for quality and rights, after acceptance."""
    return due(DECIDE[kind], accepted_on, calendar)


def accept(complaint: Complaint, by: str | None, on: date, calendar: WorkingCalendar) -> Complaint:
    """`by` None is the silence of the office. Raises WrongState."""
    _require(complaint, ComplaintState.RECEIVED, "accepted")
    return replace(
        complaint,
        state=ComplaintState.ACCEPTED,
        accepted_on=on,
        accepted_by=by,
        decide_due_on=decide_deadline(complaint.kind, on, calendar).due_on,
    )


def decide(complaint: Complaint, by: str, units: frozenset[str], substantiated: bool, on: date) -> Complaint:
    """Raises WrongState, or SubjectDecides for the person concerned and for anybody of the unit concerned."""
    _require(complaint, ComplaintState.ACCEPTED, "decided")
    if by == complaint.person_id or complaint.unit_id in units:
        raise SubjectDecides("somebody outside the unit that the complaint concerns has to decide it")
    return replace(
        complaint,
        state=ComplaintState.DECIDED,
        decided_on=on,
        decided_by=by,
        substantiated=substantiated,
    )


def feed_back(complaint: Complaint, corrected: bool, on: date) -> Complaint:
    """The complainant was told whether it was substantiated and whether corrected (Art 38). Raises WrongState."""
    _require(complaint, ComplaintState.DECIDED, "fed back")
    return replace(complaint, state=ComplaintState.FED_BACK, corrected=corrected, fed_back_on=on)


def overturn(complaint: Complaint, on: date) -> Complaint:
    """The superior bureau decided otherwise (Art 40). Raises WrongState before a decision, or a second time."""
    if complaint.decided_on is None or complaint.overturned_on is not None:
        raise WrongState("only a decision that stands can be overturned")
    return replace(complaint, overturned_on=on)


def _require(complaint: Complaint, state: ComplaintState, verb: str) -> None:
    if complaint.state is not state:
        raise WrongState(f"only a complaint that is {state} can be {verb}; this one is {complaint.state}")
