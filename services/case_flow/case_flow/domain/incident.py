"""An incident: a fault that a verification confirmed."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import msgspec
from plumbline_org.grades import RiskGrade
from plumbline_shared.calendar import WorkingCalendar
from plumbline_shared.deadline import DayUnit, DeadlineRule, add_days
from plumbline_shared.errors import Refused


class IncidentLevel(StrEnum):
    """The ladder of S1-005; an incident is at least a precursor."""

    PRECURSOR = "PRECURSOR"
    ORDINARY = "ORDINARY"
    SERIOUS = "SERIOUS"


class IncidentResponse(StrEnum):
    """What each rung of the ladder asks for (早预防 早发现 早纠正 早查处, S1-005)."""

    PREVENT = "PREVENT"
    DETECT = "DETECT"
    CORRECT = "CORRECT"
    INVESTIGATE = "INVESTIGATE"


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


class Escalation(msgspec.Struct, frozen=True):
    """One step up the ladder, by whom and why."""

    level: IncidentLevel
    reason: str
    by_person: str
    at: datetime


class EscalationRefused(Refused):
    """An incident only becomes graver, and not one that was set aside."""

    code = "ESCALATION_REFUSED"


LADDER = tuple(IncidentLevel)
RESPONSES = dict(zip((None, *LADDER), IncidentResponse, strict=True))


def response_of(level: IncidentLevel | None) -> IncidentResponse:
    """What a level asks for; None is no incident at all, which asks to prevent one."""
    return RESPONSES[level]


def check_escalation(level: IncidentLevel, to: IncidentLevel, *, set_aside: bool) -> None:
    """Raise EscalationRefused unless `to` is a higher rung and the incident stands."""
    if set_aside:
        raise EscalationRefused("the incident was contested and set aside")
    if LADDER.index(to) <= LADDER.index(level):
        raise EscalationRefused(f"the incident is {level} already: name a graver level", level=level)
