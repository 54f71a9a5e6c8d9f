"""An alert: something a control noticed, which somebody has to acknowledge and, after the fact, verify."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec
from plumbline_org.grades import RiskGrade
from plumbline_shared.errors import Refused


class AlertPhase(StrEnum):
    """When the control acted: it warned, it held, or it found out afterwards (S2-039…041)."""

    EX_ANTE = "EX_ANTE"
    IN_PROCESS = "IN_PROCESS"
    EX_POST = "EX_POST"


class AlertState(StrEnum):
    """Requirements §3.2; the three last but one belong to in-process alerts."""

    RAISED = "RAISED"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    VERIFYING = "VERIFYING"
    CONFIRMED = "CONFIRMED"
    EXPLAINED = "EXPLAINED"
    FALSE_POSITIVE = "FALSE_POSITIVE"
    RECTIFYING = "RECTIFYING"
    CORRECTED = "CORRECTED"
    OVERRIDDEN = "OVERRIDDEN"
    ABANDONED = "ABANDONED"
    CLOSED = "CLOSED"


class Verdict(StrEnum):
    """What a verification can find."""

    CONFIRMED = "CONFIRMED"
    EXPLAINED = "EXPLAINED"
    FALSE_POSITIVE = "FALSE_POSITIVE"


class Alert(msgspec.Struct, frozen=True):
    """One alert. `subject_ids` are those it is about, `unit_ids[0]` the unit it counts for."""

    id: str
    bureau_id: str
    dedup_key: str
    kind: str
    phase: AlertPhase
    state: AlertState
    grade: RiskGrade
    point_id: str | None
    matter_id: str | None
    unit_ids: tuple[str, ...]
    subject_ids: tuple[str, ...]
    domain: str
    facts: dict[str, Any]
    pack: str
    raised_at: datetime
    acknowledge_due: date | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    escalated_at: datetime | None = None
    verifier: str | None = None
    verify_due: date | None = None
    verdict: Verdict | None = None
    evidence: str | None = None
    resolved_at: datetime | None = None
    resolved_by: str | None = None
    closed_at: datetime | None = None


class AlertStateRefused(Refused):
    """The alert is not in a state from which this act is possible."""

    code = "ALERT_STATE"


class VerifierIsSubject(Refused):
    """Nobody verifies an alert about themselves."""

    code = "SOD_SUBJECT_VERIFIES"


class VerifierOfOwnUnit(Refused):
    """Nobody verifies an alert about their own unit."""

    code = "SOD_OWN_UNIT_VERIFIES"


class NotTheVerifier(Refused):
    """The verification was assigned to somebody else."""

    code = "NOT_THE_VERIFIER"


_HELD = frozenset({AlertState.CORRECTED, AlertState.OVERRIDDEN, AlertState.ABANDONED, AlertState.CLOSED})
_FOUND = frozenset({AlertState.CONFIRMED, AlertState.EXPLAINED, AlertState.FALSE_POSITIVE})

NEXT: Mapping[AlertState, frozenset[AlertState]] = {
    AlertState.RAISED: frozenset({AlertState.ACKNOWLEDGED}) | _HELD,
    AlertState.ACKNOWLEDGED: frozenset({AlertState.VERIFYING}) | _HELD,
    AlertState.VERIFYING: _FOUND,
    AlertState.CONFIRMED: frozenset({AlertState.RECTIFYING, AlertState.CLOSED}),
    AlertState.EXPLAINED: frozenset({AlertState.CLOSED}),
    AlertState.FALSE_POSITIVE: frozenset({AlertState.CLOSED}),
    AlertState.RECTIFYING: frozenset({AlertState.CLOSED}),
    AlertState.CORRECTED: frozenset({AlertState.CLOSED}),
    AlertState.OVERRIDDEN: frozenset({AlertState.CLOSED}),
    AlertState.ABANDONED: frozenset({AlertState.CLOSED}),
    AlertState.CLOSED: frozenset(),
}


def move(state: AlertState, to: AlertState) -> AlertState:
    """The state after a permitted move; AlertStateRefused otherwise."""
    if to not in NEXT[state]:
        raise AlertStateRefused(f"an alert that is {state} cannot become {to}", state=state, wanted=to)
    return to


def after_acknowledgement(state: AlertState, *, verifies: bool) -> AlertState:
    """Acknowledged; where a verifier is assigned, the verification begins with it."""
    acknowledged = move(state, AlertState.ACKNOWLEDGED)
    return move(acknowledged, AlertState.VERIFYING) if verifies else acknowledged


def check_verifier(
    person_id: str,
    *,
    assigned_to: str | None,
    subjects: frozenset[str],
    units_of_person: frozenset[str],
    concerned_units: frozenset[str],
) -> None:
    """Only the assigned person verifies, never a subject, never somebody of a unit it concerns (§5.3, §5.5)."""
    if person_id in subjects:
        raise VerifierIsSubject("the alert is about you: explain it instead")
    if units_of_person & concerned_units:
        raise VerifierOfOwnUnit("the alert is about your own unit: somebody of another unit verifies it")
    if person_id != assigned_to:
        raise NotTheVerifier("this verification is assigned to somebody else")
