"""The clocks of a matter: its due date, the budgets of its stages, the alert dates, lateness, the extension."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from plumbline_shared.calendar import WorkingCalendar
from plumbline_shared.clock import end_of_day, local_date, start_of_day
from plumbline_shared.deadline import DayUnit, Deadline, Pause, add_days, due, overdue_by

from case_flow.domain.definition import ItemDefinition, PauseReason
from case_flow.domain.errors import ExtensionRefused, PauseRefused
from case_flow.domain.matter import Matter


@dataclass(frozen=True)
class StageDue:
    """When a stage should be finished: the sum of the budgets up to and including it."""

    step: str
    on: date


@dataclass(frozen=True)
class AlertTime:
    """When an alert about the due date fires; `days_before` is None once the date is missed."""

    at: datetime
    days_before: int | None


def deadline(
    definition: ItemDefinition, matter: Matter, calendar: WorkingCalendar, *, extension: int | None = None
) -> Deadline | None:
    """The matter's time limit with its pauses and its extension, or another one; None for an item without a limit."""
    rule = definition.rule()
    if rule is None:
        return None
    days = matter.extension_days if extension is None else extension
    return due(rule, matter.accepted_on, calendar, pauses=matter.pauses, extension=days)


def stage_dues(definition: ItemDefinition, matter: Matter, calendar: WorkingCalendar) -> tuple[StageDue, ...]:
    """Cumulative stage dues in the order of the steps, pauses left out; steps without a budget have none."""
    limit = deadline(definition, matter, calendar)
    unit = limit.rule.unit if limit else DayUnit.WORKING_DAY
    total, found = limit.paused_days if limit else 0, list[StageDue]()
    for step in definition.steps:
        if step.budget is not None:
            total += step.budget
            found.append(StageDue(step.code, add_days(calendar, unit, matter.accepted_on, total).on))
    return tuple(found)


def stage_due(
    definition: ItemDefinition, matter: Matter, step: str, calendar: WorkingCalendar
) -> date | None:
    """The due date of one stage."""
    return next((one.on for one in stage_dues(definition, matter, calendar) if one.step == step), None)


def alert_times(definition: ItemDefinition, due_on: date, calendar: WorkingCalendar) -> tuple[AlertTime, ...]:
    """T−n at 00:00 of the n-th day before the due date, and the miss at 24:00 of the due date."""
    if definition.limit is None:
        return ()
    before = [
        AlertTime(start_of_day(days_before(calendar, definition.limit.unit, due_on, days)), days)
        for days in sorted(definition.limit.approaching, reverse=True)
    ]
    return (*before, AlertTime(end_of_day(due_on), None))


def days_before(calendar: WorkingCalendar, unit: DayUnit, on: date, days: int) -> date:
    """The latest day after which `days` days of `unit` are left until `on`, `on` included."""
    if unit is DayUnit.CALENDAR_DAY:
        return on - timedelta(days=days)
    day = on
    while calendar.working_days_between(day, on) < days or not calendar.is_working(day):
        day -= timedelta(days=1)
    return day


def late_days(definition: ItemDefinition, matter: Matter, on: date, calendar: WorkingCalendar) -> int:
    """Days of the limit's unit by which `on` is after the due date; 0 in time."""
    limit = deadline(definition, matter, calendar)
    return overdue_by(calendar, limit, on) if limit else 0


def local_day(definition: ItemDefinition, at: datetime, *, live: bool) -> date:
    """The local date of an act: Asia/Shanghai here; for a record the definition's zone, or as it was written."""
    if live:
        return local_date(at)
    return (at.astimezone(ZoneInfo(definition.time_zone)) if definition.time_zone else at).date()


def require_extension(
    definition: ItemDefinition, matter: Matter, days: int, reasons: str, now: datetime
) -> None:
    """Raise ExtensionRefused unless the extension is the first, within the cap, with reasons, before expiry."""
    extension = definition.extension
    if extension is None or matter.due_on is None:
        raise ExtensionRefused(f"item {definition.item} knows no extension")
    if matter.extension_days:
        raise ExtensionRefused("the matter was extended once already")
    if not 0 < days <= extension.cap:
        raise ExtensionRefused(f"an extension is 1 to {extension.cap} days", cap=extension.cap)
    if not reasons.strip():
        raise ExtensionRefused("give the reasons that the applicant is told")
    if now >= end_of_day(matter.due_on):
        raise ExtensionRefused(f"the limit expired on {matter.due_on}: it can only be extended before that")


def require_pausable(
    definition: ItemDefinition, matter: Matter, reason: str, notice: str, now: datetime
) -> PauseReason:
    """The reason to pause by its code. Raises PauseRefused: unknown, untold, running already, or after expiry."""
    found = next((one for one in definition.pauses if one.code == reason), None)
    if found is None or matter.due_on is None:
        known = ", ".join(one.code for one in definition.pauses) or "none"
        raise PauseRefused(f"item {definition.item} knows these reasons to pause: {known}")
    if not notice.strip():
        raise PauseRefused("say how the applicant was told in writing", missing=["notice"])
    if matter.suspension is not None:
        raise PauseRefused(f"the clock stands still since {matter.suspension.started_on} already")
    if now >= end_of_day(matter.due_on):
        raise PauseRefused(f"the limit expired on {matter.due_on}: it can only be paused before that")
    return found


def resumed(definition: ItemDefinition, matter: Matter, on: date, calendar: WorkingCalendar) -> Matter:
    """The matter with its pause ended on `on` and its due date moved. Raises PauseRefused when nothing is paused."""
    if matter.suspension is None:
        raise PauseRefused("the clock runs: there is nothing to resume")
    pause = Pause(matter.suspension.started_on, on, matter.suspension.reason)
    after = matter.change(pauses=(*matter.pauses, pause), suspension=None)
    limit = deadline(definition, after, calendar)
    step = definition.by_code.get(matter.step or "")
    return after.change(
        due_on=limit.due_on if limit else None,
        due_provisional=limit.provisional if limit else False,
        stage_due_on=stage_due(definition, after, step.code, calendar) if step else None,
        state=step.state if step else matter.state,
    )


def recomputed(definition: ItemDefinition, matter: Matter, calendar: WorkingCalendar) -> Matter:
    """The matter with its due dates by another calendar; a provisional date becomes final once its year is known."""
    limit = deadline(definition, matter, calendar)
    if limit is None:
        return matter
    return matter.change(
        due_on=limit.due_on,
        due_provisional=limit.provisional,
        stage_due_on=stage_due(definition, matter, matter.step, calendar) if matter.step else None,
    )
