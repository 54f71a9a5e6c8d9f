"""Deviations of running power 权力运行偏差 (S2-047): what alerts proved, each answered by those who manage it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from plumbline_shared.errors import Conflict

from risk_registry.domain.control_tests import DeficiencyType
from risk_registry.domain.ledger import AlertLine, AlertOutcome, Part

DEVIATING = frozenset({AlertOutcome.CONFIRMED, AlertOutcome.OVERRIDDEN, AlertOutcome.CORRECTED})
"""Verified as true; let pass by an override; stopped by a hold and put right. All else is no deviation."""
ANSWERING = (Part.MANAGER, Part.ANSWERABLE, Part.INFORMED)


class DeviationAnswered(Conflict):
    """A deviation is answered once."""

    code = "DEVIATION_ANSWERED"


@dataclass(frozen=True)
class DeviationAnswer:
    """Whether the rule or its execution fell short (S2-052), and how it was put right."""

    deficiency: DeficiencyType
    correction: str
    answered_by: str
    answered_at: datetime


@dataclass(frozen=True)
class Deviation:
    """One deviation; `process` is that of its point on the day of the alert, empty where none is known."""

    alert_id: str
    bureau_id: str
    process: str
    unit_ids: tuple[str, ...]
    outcome: AlertOutcome
    answerers: tuple[str, ...]
    recorded_at: datetime
    answer: DeviationAnswer | None = None


@dataclass(frozen=True)
class DeviationFilter:
    """Every part narrows; the period is that of the alert, `[start, end)`."""

    process: str | None = None
    unit_id: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    answered: bool | None = None


def answerers(lines: Sequence[AlertLine]) -> tuple[str, ...]:
    """Who manages it; where nobody does, who answers for it; else, as with kin and sealed alerts, who was informed."""
    for part in ANSWERING:
        if found := sorted({one.person_id for one in lines if one.part is part}):
            return tuple(found)
    return ()
