"""An incident: a fault that a verification confirmed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import msgspec
from plumbline_org.grades import RiskGrade
from plumbline_shared.calendar import WorkingCalendar
from plumbline_shared.deadline import DayUnit, DeadlineRule, add_days


class IncidentLevel(StrEnum):
    """The ladder of S1-005; an incident is at least a precursor."""

    PRECURSOR = "PRECURSOR"
    ORDINARY = "ORDINARY"
    SERIOUS = "SERIOUS"


class RootCause(StrEnum):
    """Why it happened (C-03: a mandatory attribute and a grouping key)."""

    CUSTODY_GAP = "CUSTODY_GAP"
    DUTY_NEGLECTED = "DUTY_NEGLECTED"
    RULE_MISREAD = "RULE_MISREAD"
    WORKLOAD = "WORKLOAD"
    SYSTEM_FAULT = "SYSTEM_FAULT"
    CONFLICT_OF_INTEREST = "CONFLICT_OF_INTEREST"
    INTENT = "INTENT"


class Incident(msgspec.Struct, frozen=True):
    """One incident; `grade` is that of the point on `occurred_on`. `findings` never leaves this service.

    `root` is the fundamental problem that the cause goes back to, by the scheme of that day (S1-163).
    """

    id: str
    bureau_id: str
    kind: str
    level: IncidentLevel
    root_cause: RootCause
    alert_id: str
    matter_id: str | None
    point_id: str | None
    grade: RiskGrade
    unit_id: str
    occurred_on: date
    confirmed_on: date
    confirmed_by: str
    late_working_days: int
    findings: str
    self_reported: bool = False
    due_on: date | None = None
    extension_days: int | None = None
    extension_due_on: date | None = None
    root: str | None = None


@dataclass(frozen=True)
class Counterfactual:
    """What an approved extension would have made of a missed limit (scenario 1)."""

    extension_days: int
    unit: DayUnit
    would_be_due_on: date


def with_extension(rule: DeadlineRule, started_on: date, calendar: WorkingCalendar) -> Counterfactual | None:
    """The due date under the full permitted extension; None when the rule permits none."""
    if rule.extension_cap == 0:
        return None
    on = add_days(calendar, rule.unit, started_on, rule.length + rule.extension_cap).on
    return Counterfactual(rule.extension_cap, rule.unit, on)


def late_working_days(calendar: WorkingCalendar, due_on: date, on: date) -> int:
    """Working days after the due date; 0 when in time."""
    return calendar.working_days_between(due_on, on)
