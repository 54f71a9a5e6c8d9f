"""A hold: a control stopped an act before it took effect. It is data with the ways out, never an exception."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec
from plumbline_org.grades import RiskGrade
from plumbline_shared.errors import Refused


class HoldCode(StrEnum):
    """What the controls of the pack can find. `ABOVE_OFFICE_AUTHORITY` routes the step, it does not hold it."""

    DISCRETION_OUT_OF_TIER = "DISCRETION_OUT_OF_TIER"
    ABOVE_STATUTORY_MAX = "ABOVE_STATUTORY_MAX"
    SUMMARY_LIMIT = "SUMMARY_LIMIT"
    HEARING_NOTICE_MISSING = "HEARING_NOTICE_MISSING"
    HEARING_PERIOD_RUNNING = "HEARING_PERIOD_RUNNING"
    ABOVE_OFFICE_AUTHORITY = "ABOVE_OFFICE_AUTHORITY"
    OUT_OF_AUTHORITY = "OUT_OF_AUTHORITY"


class HoldWay(StrEnum):
    """A way out of a hold."""

    CORRECT = "CORRECT"
    REQUEST_DEPARTURE = "REQUEST_DEPARTURE"
    CONVERT_TO_ORDINARY = "CONVERT_TO_ORDINARY"
    SERVE_NOTICE = "SERVE_NOTICE"
    GIVE_NOTICE = "GIVE_NOTICE"
    WAIT = "WAIT"
    HEAR_PARTY = "HEAR_PARTY"
    HOLD_HEARING = "HOLD_HEARING"
    REVIEW = "REVIEW"
    REASSIGN = "REASSIGN"
    PASS_ON = "PASS_ON"  # noqa: S105 — a way out, no secret
    ADJUDICATE = "ADJUDICATE"
    REFER = "REFER"
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


class Hold(msgspec.Struct, frozen=True):
    """One hold on a matter or a supervised event: what was stopped, why, how it may go on. `facts` is what the control saw."""

    id: str
    bureau_id: str
    code: str
    control: str
    matter_id: str | None
    step: str
    person_id: str
    unit_id: str
    point_id: str | None
    grade: RiskGrade
    alert_id: str
    state: HoldState
    ways: tuple[HoldWay, ...]
    message_zh: str
    message_en: str
    citation: str
    facts: dict[str, Any]
    pack: str
    raised_at: datetime
    ended_at: datetime | None = None
    ended_by: str | None = None
    note: str = ""
    event_id: str | None = None


class Finding(msgspec.Struct, frozen=True):
    """What a control found in an act that has not taken effect: enough to raise a hold."""

    code: str
    control: str
    ways: tuple[HoldWay, ...]
    message_zh: str
    message_en: str
    citation: str
    facts: dict[str, Any]


class Departure(msgspec.Struct, frozen=True):
    """A departure asked for; granted when legal review, meeting and discipline lead agree."""

    hold_id: str
    reason: str
    requested_by: str
    requested_at: datetime
    legal_by: str | None = None
    legal_opinion: str | None = None
    legal_agrees: bool | None = None
    legal_at: datetime | None = None
    decided_by: str | None = None
    members: tuple[str, ...] | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    decided_at: datetime | None = None
    co_signed_by: str | None = None
    co_signed_at: datetime | None = None


class HearingNotice(msgspec.Struct, frozen=True):
    """A served hearing notice: a hearing may be requested until, and the decision is due by."""

    matter_id: str
    served_on: date
    request_until: date
    decide_by: date
    served_by: str
    requested_on: date | None = None


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


def check_departure_actors(asking: Iterable[str], legal_reviewer: str, collective: Iterable[str]) -> None:
    """A departure takes a legal review and a meeting, by others than the handler and who proposed it (§6.3)."""
    askers, members = frozenset(asking), frozenset(collective)
    if legal_reviewer in askers | members or askers & members:
        raise DepartureNotSeparate(
            "handler, proposer, legal reviewer and the members of the meeting are different people"
        )


def departure_granted(departure: Departure, votes_for: int, members: int) -> bool:
    """Granted only with the agreement of the legal review and more than half of the meeting."""
    return departure.legal_agrees is True and votes_for * 2 > members
