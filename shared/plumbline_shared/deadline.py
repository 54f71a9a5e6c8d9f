"""Deadline arithmetic: a limit is data (unit, length, citation), a due date is computed from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plumbline_shared.calendar import Due, WorkingCalendar


class DayUnit(StrEnum):
    """What a limit counts (行政许可法 Art 82: working days; 行政处罚法 Art 85: calendar days)."""

    WORKING_DAY = "WORKING_DAY"
    CALENDAR_DAY = "CALENDAR_DAY"


@dataclass(frozen=True)
class DeadlineRule:
    """A time limit with its source. The day of the start is not counted, the last day is (细则 Art 108)."""

    id: str
    version: str
    unit: DayUnit
    length: int
    citation: str
    extension_cap: int = 0


@dataclass(frozen=True)
class Pause:
    """A stretch that is not counted: the days of `(started_on, ended_on]` (行政许可法 Art 45)."""

    started_on: date
    ended_on: date
    reason: str


@dataclass(frozen=True)
class Deadline:
    """When something is due and why. `overdue` begins at 00:00 of the day after `due_on`."""

    rule: DeadlineRule
    started_on: date
    due_on: date
    provisional: bool
    paused_days: int
    extension_days: int


def due(
    rule: DeadlineRule,
    started_on: date,
    calendar: WorkingCalendar,
    *,
    pauses: Sequence[Pause] = (),
    extension: int = 0,
) -> Deadline:
    """Compute a deadline from its rule, pauses and one extension of at most `rule.extension_cap` days.

    A limit does not end while it is paused: one paused on its last day and resumed on a day off ends on the next
    working day. Raises ValueError when the extension is over the cap.
    """
    if not 0 <= extension <= rule.extension_cap:
        raise ValueError(f"an extension of {rule.id} is at most {rule.extension_cap} days")
    counted, paused = rule.length + extension, 0
    on = add_days(calendar, rule.unit, started_on, counted)
    for pause in _merged(pauses):
        on_last_day = pause.started_on == on.on
        paused += _length(calendar, rule.unit, pause.started_on, pause.ended_on)
        on = add_days(calendar, rule.unit, started_on, counted + paused)
        if on_last_day and on.on < pause.ended_on:
            counted += 1
            on = add_days(calendar, rule.unit, started_on, counted + paused)
    return Deadline(rule, started_on, on.on, on.provisional, paused, extension)


def add_days(calendar: WorkingCalendar, unit: DayUnit, start: date, length: int) -> Due:
    """The date `length` days of `unit` after `start`."""
    if unit is DayUnit.WORKING_DAY:
        return calendar.add_working_days(start, length)
    return calendar.add_calendar_days(start, length)


def overdue_by(calendar: WorkingCalendar, deadline: Deadline, on: date) -> int:
    """How many days of the deadline's unit `on` is late; 0 when it is in time."""
    return _length(calendar, deadline.rule.unit, deadline.due_on, on)


def _length(calendar: WorkingCalendar, unit: DayUnit, after: date, until: date) -> int:
    if unit is DayUnit.WORKING_DAY:
        return calendar.working_days_between(after, until)
    return max(0, (until - after).days)


def _merged(pauses: Sequence[Pause]) -> list[Pause]:
    """Overlapping pauses are counted once."""
    merged: list[Pause] = []
    for pause in sorted(pauses, key=lambda one: one.started_on):
        if merged and pause.started_on <= merged[-1].ended_on:
            last = merged.pop()
            pause = Pause(last.started_on, max(last.ended_on, pause.ended_on), last.reason)
        merged.append(pause)
    return merged
