"""Who verifies an alert when the rule found nobody, or whoever it found does not come to it (§5.3, Alert verify: R1 assigns)."""

from collections.abc import Iterable, Mapping

from plumbline_org.grades import RiskGrade
from plumbline_org.roles import Role
from plumbline_shared.errors import Refused

from case_flow.domain.alert import AlertState, AlertStateRefused

_OFFICERS = frozenset(
    {
        Role.DEPUTY_HEAD,
        Role.DISCIPLINE_LEAD,
        Role.DISCIPLINE_OFFICER,
        Role.LEGAL_OFFICER,
        Role.INTERNAL_AUDITOR,
    }
)
_CHIEFS = frozenset({Role.SECTION_CHIEF, Role.OFFICE_CHIEF})
MAY_VERIFY: Mapping[RiskGrade, frozenset[Role]] = {
    RiskGrade.LOW: _OFFICERS | _CHIEFS,
    RiskGrade.MEDIUM: _OFFICERS | _CHIEFS,
    RiskGrade.HIGH: _OFFICERS,
}
"""Roles with an entry in the column "Alert verify" of §5.3; chiefs verify LOW and MEDIUM."""

_OPEN = frozenset({AlertState.RAISED, AlertState.ACKNOWLEDGED, AlertState.VERIFYING})


class NotAVerifier(Refused):
    """The person verifies no alerts of this grade."""

    code = "NOT_A_VERIFIER"


def check_open(state: AlertState, *, verified: bool) -> None:
    """Raise AlertStateRefused unless the alert is one that is verified, and has no verdict yet."""
    if not verified or state not in _OPEN:
        raise AlertStateRefused(
            "only an alert that waits for its verification is given to somebody", state=state
        )


def check_role(roles: Iterable[str], grade: RiskGrade) -> None:
    """Raise NotAVerifier for somebody whose roles verify no alert of the grade."""
    if not MAY_VERIFY[grade] & frozenset(roles):
        raise NotAVerifier(
            f"this person verifies no {grade} alerts: choose legal, audit or discipline", grade=grade
        )


def after_assignment(state: AlertState) -> AlertState:
    """An alert that was taken note of is verified from now on; any other waits for that first."""
    return AlertState.VERIFYING if state is AlertState.ACKNOWLEDGED else state
