"""A rectification order: a unit puts something right, and somebody else says whether it is right now."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from plumbline_shared.calendar import WorkingCalendar
from plumbline_shared.clock import end_of_day
from plumbline_shared.deadline import DeadlineRule, add_days
from plumbline_shared.errors import Refused


class RectificationState(StrEnum):
    """Requirements §3.2. Overdue is a fact beside the state: work goes on while the order is overdue."""

    ISSUED = "ISSUED"
    ACCEPTED = "ACCEPTED"
    SUBMITTED = "SUBMITTED"
    RETURNED = "RETURNED"
    OVERDUE = "OVERDUE"
    CIRCULARISED = "CIRCULARISED"
    VERIFIED = "VERIFIED"
    CLOSED = "CLOSED"


class RectificationStateRefused(Refused):
    """The order is not at the stage where this act belongs."""

    code = "RECTIFICATION_STATE"


class AcceptorIsRectifier(Refused):
    """Whoever put it right, or belongs to the unit that did, does not accept it (SoD-7)."""

    code = "SOD_ACCEPTOR_IS_RECTIFIER"


_WORKING = frozenset({RectificationState.SUBMITTED, RectificationState.OVERDUE})

NEXT: Mapping[RectificationState, frozenset[RectificationState]] = {
    RectificationState.ISSUED: _WORKING | {RectificationState.ACCEPTED},
    RectificationState.ACCEPTED: _WORKING,
    RectificationState.SUBMITTED: frozenset({RectificationState.VERIFIED, RectificationState.RETURNED}),
    RectificationState.RETURNED: _WORKING,
    RectificationState.OVERDUE: frozenset({RectificationState.SUBMITTED, RectificationState.CIRCULARISED}),
    RectificationState.CIRCULARISED: frozenset({RectificationState.SUBMITTED}),
    RectificationState.VERIFIED: frozenset({RectificationState.CLOSED}),
    RectificationState.CLOSED: frozenset(),
}

UNFINISHED = frozenset(
    {
        RectificationState.ISSUED,
        RectificationState.ACCEPTED,
        RectificationState.RETURNED,
        RectificationState.OVERDUE,
        RectificationState.CIRCULARISED,
    }
)
"""The unit still owes its submission, so blocks of overdue days are counted."""


def move(state: RectificationState, to: RectificationState) -> RectificationState:
    """The state after a permitted move; RectificationStateRefused otherwise."""
    if to not in NEXT[state]:
        raise RectificationStateRefused(f"an order that is {state} cannot become {to}", state=state, wanted=to)
    return to


def check_acceptor(acceptor: str, acceptor_units: frozenset[str], submitted_by: str, unit_id: str) -> None:
    """Raise AcceptorIsRectifier for the rectifier and for everybody of the rectifying unit."""
    if acceptor == submitted_by or unit_id in acceptor_units:
        raise AcceptorIsRectifier("somebody outside the rectifying unit accepts the rectification")


def overdue_from(due_on: date, block: DeadlineRule, blocks: int, calendar: WorkingCalendar) -> datetime:
    """The instant at which overdue begins (`blocks` 0), or after so many further full blocks (SR-06)."""
    if blocks == 0:
        return end_of_day(due_on)
    return end_of_day(add_days(calendar, block.unit, due_on, block.length * blocks).on)
