"""Alerts as the ledger keeps them: one firing, its point and phase (S2-039, the 425 / 321 / 442 of S2)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from plumbline_org.grades import RiskGrade


class AlertPhase(StrEnum):
    """Before the act, while it is under way, or afterwards."""

    EX_ANTE = "EX_ANTE"
    IN_PROCESS = "IN_PROCESS"
    EX_POST = "EX_POST"


@dataclass(frozen=True)
class Alert:
    """One alert with the grade of its point when it was raised; `None` when the point had none."""

    id: str
    point_id: str
    bureau_id: str
    unit_id: str
    matter_id: str
    kind: str
    phase: AlertPhase
    grade: RiskGrade | None
    raised_at: datetime


@dataclass(frozen=True)
class AlertCount:
    """How many alerts of one phase a point has had."""

    point_id: str
    phase: AlertPhase
    alerts: int
