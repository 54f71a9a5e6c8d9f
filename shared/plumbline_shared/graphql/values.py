"""Values that several subgraphs answer with."""

from datetime import date

import strawberry

from plumbline_shared import deadline as rules
from plumbline_shared.calendar import WorkingCalendar

DayUnit = rules.DayUnit
strawberry.enum(DayUnit, name="DayUnit", description="工作日 / 自然日")


@strawberry.federation.type(shareable=True)
class Citation:
    """The source of a rule: the article, and the version of the rule that carries it."""

    text: str
    version: str


@strawberry.federation.type(shareable=True)
class Deadline:
    """When something is due and why. `overdue_by` and `remaining` are in days of `unit`."""

    rule_id: str
    unit: DayUnit
    length: int
    started_on: date
    due_on: date
    provisional: bool
    paused_days: int
    extension_days: int
    remaining: int
    overdue_by: int
    citation: Citation


def deadline_value(deadline: rules.Deadline, calendar: WorkingCalendar, today: date) -> Deadline:
    """The GraphQL value of a computed deadline as of `today`."""
    rule = deadline.rule
    counted = rules.Deadline(rule, today, today, False, 0, 0)
    return Deadline(
        rule_id=rule.id,
        unit=rule.unit,
        length=rule.length,
        started_on=deadline.started_on,
        due_on=deadline.due_on,
        provisional=deadline.provisional,
        paused_days=deadline.paused_days,
        extension_days=deadline.extension_days,
        remaining=rules.overdue_by(calendar, counted, deadline.due_on),
        overdue_by=rules.overdue_by(calendar, deadline, today),
        citation=Citation(text=rule.citation, version=rule.version),
    )
