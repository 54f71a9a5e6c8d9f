"""The clocks of a matter: its due date, the budgets of its stages, the alert dates, lateness, the extension."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
from plumbline_shared.calendar import WorkingCalendar
from plumbline_shared.clock import end_of_day, local_date, start_of_day
from plumbline_shared.deadline import DayUnit, Deadline, Pause, add_days, due, overdue_by

from case_flow.domain.blocks import Block
from case_flow.domain.definition import ItemDefinition, PauseReason, Step
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
    """Cumulative stage dues in the order of the steps, pauses left out; steps without a budget have none.

    Branches run side by side from the split on, and the longest counts for what comes after them.
    """
    wanted = [step.code for step in definition.steps if step.budget is not None]
    return _stages(definition, matter, wanted, calendar)


def watched_stages(
    definition: ItemDefinition, matter: Matter, calendar: WorkingCalendar
) -> tuple[StageDue, ...]:
    """The dues of the stages whose line hears when they pass, those of finished steps left out."""
    wanted = [one.code for one in definition.steps if one.budget_alert and one.code not in matter.trail]
    return _stages(definition, matter, wanted, calendar) if wanted else ()


def stage_days(definition: ItemDefinition) -> dict[str, int]:
    """For each step the days from acceptance to its end, by the budgets: added up within a branch, not across."""
    ends: dict[str, int] = {}
    inner = {code for block in definition.blocks for code in block.steps}
    _add_up(definition, [step for step in definition.steps if step.code not in inner], 0, ends)
    return ends


def _add_up(definition: ItemDefinition, steps: Sequence[Step], total: int, ends: dict[str, int]) -> int:
    """Put the end of each step into `ends`, those of branches that open on the way included; the last end."""
    for step in steps:
        total += step.budget or 0
        ends[step.code] = total
        for block in definition.blocks:
            if block.split == step.code:
                total = max(
                    _add_up(definition, _own(definition, block, one), ends[step.code], ends)
                    for one in step.split
                )
    return total


def _own(definition: ItemDefinition, block: Block, head: str) -> list[Step]:
    """The steps of a branch without those of the blocks inside it, in the order of the file."""
    within = block.branches[head]
    deeper = {code for one in definition.blocks if one.split in within for code in one.steps}
    return [step for step in definition.steps if step.code in within - deeper]


def stage_due(
    definition: ItemDefinition, matter: Matter, step: str, calendar: WorkingCalendar
) -> date | None:
    """The due date of one stage; None for a step without a budget."""
    known = definition.by_code.get(step)
    if known is None or known.budget is None:
        return None
    return _stages(definition, matter, [step], calendar)[0].on


def _stages(
    definition: ItemDefinition, matter: Matter, steps: Sequence[str], calendar: WorkingCalendar
) -> tuple[StageDue, ...]:
    limit = deadline(definition, matter, calendar)
    unit = limit.rule.unit if limit else DayUnit.WORKING_DAY
    paused, days = limit.paused_days if limit else 0, stage_days(definition)
    return tuple(
        StageDue(step, add_days(calendar, unit, matter.accepted_on, paused + days[step]).on) for step in steps
    )


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
    opened = tuple(
        msgspec.structs.replace(one, state=definition.by_code[one.step].state) for one in after.open_steps
    )
    return with_stages(definition, after.standing(opened), calendar).change(
        due_on=limit.due_on if limit else None,
        due_provisional=limit.provisional if limit else False,
    )


def with_stages(definition: ItemDefinition, matter: Matter, calendar: WorkingCalendar) -> Matter:
    """The matter with the stage of each open step due by its pauses and this calendar."""
    return matter.standing(
        tuple(
            msgspec.structs.replace(one, stage_due_on=stage_due(definition, matter, one.step, calendar))
            for one in matter.open_steps
        )
    )


def recomputed(definition: ItemDefinition, matter: Matter, calendar: WorkingCalendar) -> Matter:
    """The matter with its due dates by another calendar; a provisional date becomes final once its year is known."""
    limit = deadline(definition, matter, calendar)
    if limit is None:
        return matter
    return with_stages(definition, matter, calendar).change(
        due_on=limit.due_on, due_provisional=limit.provisional
    )
