"""A rectification order: a unit puts something right, and somebody else says whether it is right now."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

import msgspec
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


class RectificationOrder(msgspec.Struct, frozen=True):
    """One order to one unit. `blocks` counts full blocks overdue, None while it is not."""

    id: str
    bureau_id: str
    incident_id: str | None
    unit_id: str
    subject: str
    demand: str
    state: RectificationState
    issued_by: str
    issued_on: date
    due_on: date
    provisional: bool
    accepted_by: str | None = None
    submitted_by: str | None = None
    submitted_at: datetime | None = None
    evidence: str | None = None
    verified_by: str | None = None
    verified_at: datetime | None = None
    overdue_from: datetime | None = None
    blocks: int | None = None
    renewed_due_on: date | None = None


class Circular(msgspec.Struct, frozen=True):
    """The circular of criticism drafted when an order is overdue; in force once issued, with a new due date."""

    order_id: str
    bureau_id: str
    unit_id: str
    addressed_to: str | None
    text_zh: str
    text_en: str
    new_due_on: date
    drafted_at: datetime
    issued_by: str | None = None
    issued_at: datetime | None = None


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
        raise RectificationStateRefused(
            f"an order that is {state} cannot become {to}", state=state, wanted=to
        )
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


def next_block(
    order: RectificationOrder, block: DeadlineRule, calendar: WorkingCalendar, now: datetime
) -> int:
    """The number of the next notice after `now`: one more than the last, later while its instant has passed."""
    blocks = 0 if order.blocks is None else order.blocks + 1
    while blocks > 0 and overdue_from(order.due_on, block, blocks, calendar) <= now:
        blocks += 1
    return blocks
