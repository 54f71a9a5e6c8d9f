"""A hold: a control stopped a step before it took effect. It is data with the ways out, never an exception."""

from collections.abc import Iterable
from enum import StrEnum

from plumbline_shared.errors import Refused


class HoldCode(StrEnum):
    """What the penalty control can find. `ABOVE_OFFICE_AUTHORITY` routes the step, it does not hold it."""

    DISCRETION_OUT_OF_TIER = "DISCRETION_OUT_OF_TIER"
    ABOVE_STATUTORY_MAX = "ABOVE_STATUTORY_MAX"
    SUMMARY_LIMIT = "SUMMARY_LIMIT"
    HEARING_NOTICE_MISSING = "HEARING_NOTICE_MISSING"
    HEARING_PERIOD_RUNNING = "HEARING_PERIOD_RUNNING"
    ABOVE_OFFICE_AUTHORITY = "ABOVE_OFFICE_AUTHORITY"


class HoldWay(StrEnum):
    """A way out of a hold."""

    CORRECT = "CORRECT"
    REQUEST_DEPARTURE = "REQUEST_DEPARTURE"
    CONVERT_TO_ORDINARY = "CONVERT_TO_ORDINARY"
    SERVE_NOTICE = "SERVE_NOTICE"
    WAIT = "WAIT"
    ABANDON = "ABANDON"


class HoldState(StrEnum):
    """Where a hold is. It ends corrected, overridden collectively, or abandoned (invariant 12)."""

    RAISED = "RAISED"
    DEPARTURE_REQUESTED = "DEPARTURE_REQUESTED"
    DEPARTURE_GRANTED = "DEPARTURE_GRANTED"
    CORRECTED = "CORRECTED"
    OVERRIDDEN = "OVERRIDDEN"
    ABANDONED = "ABANDONED"


OPEN = frozenset({HoldState.RAISED, HoldState.DEPARTURE_REQUESTED, HoldState.DEPARTURE_GRANTED})


class HoldStateRefused(Refused):
    """The hold is no longer, or not yet, where this act applies."""

    code = "HOLD_STATE"


class WayNotOpen(Refused):
    """This hold has no such way out."""

    code = "HOLD_WAY_NOT_OPEN"


class DepartureNotSeparate(Refused):
    """Handler, legal reviewer and collective are different people."""

    code = "SOD_DEPARTURE"


class DocumentHeld(Refused):
    """A document gets no number while a hold is open on its matter."""

    code = "DOCUMENT_HELD"


class SignaturesMissing(Refused):
    """A decision is signed by two officers before it gets a number (行政处罚法 Art 42)."""

    code = "SIGNATURES_MISSING"


def require_open(state: HoldState, wanted: Iterable[HoldState] = OPEN) -> None:
    """Raise HoldStateRefused unless the hold is in one of the wanted states."""
    if state not in frozenset(wanted):
        raise HoldStateRefused(f"the hold is {state}", state=state)


def require_way(ways: Iterable[HoldWay], way: HoldWay) -> None:
    """Raise WayNotOpen unless the hold allows this way out."""
    if way not in frozenset(ways):
        raise WayNotOpen(f"this hold cannot be cleared by {way}: see its allowed ways", way=way)


def check_departure_actors(handler: str, legal_reviewer: str, collective: Iterable[str]) -> None:
    """A departure takes a legal review and a collective discussion by other people than the handler (§6.3)."""
    members = frozenset(collective)
    if handler == legal_reviewer or handler in members or legal_reviewer in members:
        raise DepartureNotSeparate("handler, legal reviewer and the members of the meeting are different people")
