"""The alert ledger: one row for each alert, what became of it, and whether that was in time (S2-037, §5.2 d)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import msgspec
from plumbline_org.grades import RiskGrade
from plumbline_shared.calendar import WorkingCalendar
from plumbline_shared.conditions import FactValue
from plumbline_shared.deadline import DeadlineRule

from risk_registry.domain.alerts import Alert

Facts = Mapping[str, FactValue]
SEALED = "SEALED_"
"""How case flow begins the kind of a sealed alert: no line, no unit's chief, and in no total."""


class Part(StrEnum):
    """Why a person is in the row of an alert."""

    ANSWERABLE = "ANSWERABLE"
    MANAGER = "MANAGER"
    MONITOR = "MONITOR"
    TRACKER = "TRACKER"
    VERIFIER = "VERIFIER"
    INFORMED = "INFORMED"


class AlertOutcome(StrEnum):
    """How an alert ended: three verdicts, three ends of a hold, a warning whose cause is gone."""

    CONFIRMED = "CONFIRMED"
    EXPLAINED = "EXPLAINED"
    FALSE_POSITIVE = "FALSE_POSITIVE"
    CORRECTED = "CORRECTED"
    OVERRIDDEN = "OVERRIDDEN"
    ABANDONED = "ABANDONED"
    SETTLED = "SETTLED"


SEER_ROLES: Mapping[str, frozenset[AlertOutcome]] = {
    "DISCIPLINE_LEAD": frozenset({AlertOutcome.CONFIRMED}),
    "INTERNAL_AUDITOR": frozenset(AlertOutcome),
}
"""Roles that read every row of the bureau once it has one of these outcomes (§5.3)."""


@dataclass(frozen=True)
class AlertLine:
    """A person of an alert's row, on the post held when it was raised; `basis` is the rule that puts them there."""

    part: Part
    person_id: str
    post_id: str | None
    unit_id: str | None
    basis: str


class LimitRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A version of the limits: to acknowledge any alert, to verify one of a grade."""

    version: str
    effective_from: date
    citation: str
    acknowledge: DeadlineRule
    verify: Mapping[RiskGrade, DeadlineRule]


@dataclass(frozen=True)
class LedgerRow:
    """One alert as the ledger has it; `alert.unit_id` is the unit that it counts for."""

    alert: Alert
    unit_ids: tuple[str, ...]
    domain: str
    facts: Facts
    indicator_version: str | None
    limits: str
    acknowledge_due: date
    verify_due: date | None
    seers: frozenset[str]
    acknowledged_at: datetime | None = None
    resolved_at: datetime | None = None
    outcome: AlertOutcome | None = None
    incident_id: str | None = None


@dataclass(frozen=True)
class LedgerFilter:
    """Every part narrows. `overdue`: a limit has passed that is not met yet."""

    phase: str | None = None
    grade: str | None = None
    kind: str | None = None
    unit_id: str | None = None
    point_id: str | None = None
    outcome: str | None = None
    open: bool | None = None
    overdue: bool | None = None
    start: datetime | None = None
    end: datetime | None = None

    @property
    def states(self) -> list[bool]:
        """Open rows, closed ones, or both: a list looks only where its filter can find something."""
        may_be_open = self.outcome is None and self.open is not False
        may_be_closed = self.overdue is not True and self.open is not True
        return [state for state, may in ((True, may_be_open), (False, may_be_closed)) if may]


@dataclass(frozen=True)
class PhaseCount:
    """Alerts of one phase with one outcome; None while they have none."""

    phase: str
    outcome: AlertOutcome | None
    alerts: int


def days_late(calendar: WorkingCalendar, due: date, done: date | None, today: date) -> int:
    """Working days after `due` on which it was done or, not done yet, is today; 0 in time."""
    day = done or today
    return calendar.working_days_between(due, day) if day > due else 0


def recorded_facts(alert: Alert, told: Facts, subjects: int, on: date) -> dict[str, FactValue]:
    """What a condition may look at: what case flow told, phase, grade, how many it is about, and days from and to dates."""
    found: dict[str, FactValue] = {
        "phase": alert.phase, "grade": alert.grade or "", "subjects": subjects, **told,
    }  # fmt: skip
    for name, value in told.items():
        if name.endswith("_on") and (day := _date(value)):
            found[f"days_since_{name.removesuffix('_on')}"] = (on - day).days
    if due := _date(told.get("due_on")):
        found["days_past_due"] = (on - due).days
    if until := _date(told.get("until")):
        found["days_until"] = (until - on).days
    return found


def _date(value: FactValue | None) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
