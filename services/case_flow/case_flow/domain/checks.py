"""The checks of a definition, looked at while a matter runs and when it ends.

Persons are sets and dates local, so the order of equal times or a repeated step does not hide a finding.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from plumbline_shared.calendar import WorkingCalendar
from plumbline_shared.deadline import DayUnit, add_days
from plumbline_shared.errors import Refused

from case_flow.domain.clock import local_day
from case_flow.domain.definition import Frozen, ItemDefinition, Order, TimeLimit
from case_flow.domain.errors import (
    ForbiddenAfter,
    PrecedenceBroken,
    RequiredMissing,
    SeparationOfDuties,
    StepOutOfOrder,
    TimeLimitExceeded,
)
from case_flow.domain.instant import instant
from case_flow.domain.matter import Completion, Matter, marked
from case_flow.domain.separation import conflicts

Moment = tuple[datetime, date]
_EVER = 10_000_000
_REFUSALS: Mapping[str, type[Refused]] = {
    "order": StepOutOfOrder,
    "same_person": SeparationOfDuties,
    "precedence": PrecedenceBroken,
    "forbidden_after": ForbiddenAfter,
    "time_limit": TimeLimitExceeded,
    "required": RequiredMissing,
}


class Finding(Frozen, frozen=True):
    """What a check found: its id (`kind:names`), the step at which it showed, and the persons concerned."""

    check: str
    step: str
    people: tuple[str, ...] = ()

    def refusal(self) -> Refused:
        """The same as the refusal it would be where checks are enforced."""
        kind = self.check.partition(":")[0]
        return _REFUSALS[kind](f"{self.step}: {self.check}", check=self.check, people=list(self.people))


def check_ids(definition: ItemDefinition) -> tuple[str, ...]:
    """Every check of the definition by its id, in the order of the file."""
    checks = definition.checks
    return (
        *(("order",) if definition.order is Order.STRICT else ()),
        *_pair_ids(definition),
        *(f"precedence:{one}/{other}" for one, other in checks.precedence),
        *(f"forbidden_after:{one}/{other}" for one, other in checks.forbidden_after),
        *(f"required:{one}" for one in checks.required),
        *(f"time_limit:{one.id}" for one in checks.time_limit),
    )


def at_step(
    definition: ItemDefinition, matter: Matter, completion: Completion, calendar: WorkingCalendar
) -> list[Finding]:
    """What completing this step now would violate."""
    step, trail = completion.step, matter.trail
    found = list(_same_person(definition, matter, completion))
    if definition.order is Order.STRICT and step not in matter.open_codes:
        found.append(Finding(check="order", step=step))
    for before, after in definition.checks.precedence:
        if after == step and before not in trail:
            found.append(Finding(check=f"precedence:{before}/{after}", step=step))
    for closed, late in definition.checks.forbidden_after:
        if late == step and closed in trail:
            found.append(Finding(check=f"forbidden_after:{closed}/{late}", step=step))
    limits = [limit for limit in definition.checks.time_limit if limit.until == step]
    if limits and step not in trail:
        after = matter.change(trail=marked(matter, completion))
        found.extend(_late(definition, limits, after, calendar))
    return found


def at_end(definition: ItemDefinition, matter: Matter, calendar: WorkingCalendar) -> list[Finding]:
    """What shows only when the matter has ended: missing steps, and limits up to a fact or the last event."""
    missing = [
        Finding(check=f"required:{step}", step=step)
        for step in definition.checks.required
        if step not in matter.trail
    ]
    limits = [limit for limit in definition.checks.time_limit if limit.until.startswith("@")]
    return [*missing, *_late(definition, limits, matter, calendar)]


def moment(definition: ItemDefinition, matter: Matter, name: str) -> Moment | None:
    """A step's first completion, `@first`, `@last`, or the fact `@name`; None when the matter has none."""
    if not name.startswith("@"):
        mark = matter.trail.get(name)
        return (mark.first_at, mark.first_on) if mark else None
    if name == "@first":
        return min(((one.first_at, one.first_on) for one in matter.trail.values()), default=None)
    if name == "@last":
        return max(((one.last_at, one.last_on) for one in matter.trail.values()), default=None)
    return fact_moment(definition, matter.facts.get(name[1:]))


def fact_moment(definition: ItemDefinition, value: object) -> Moment | None:
    """The time that a fact states, with its local date; None when it states none."""
    if not isinstance(value, str):
        return None
    try:
        at = instant(value)
    except (ValueError, OverflowError):
        return None
    return at, local_day(definition, at, live=False)


def within(limit: TimeLimit, start: Moment, until: Moment, calendar: WorkingCalendar) -> bool:
    """Whether `until` keeps the limit, counted from the day after `start`, its last day included."""
    if limit.by_instant:
        return until[0] - start[0] <= timedelta(days=min(limit.length, _EVER))
    if limit.unit is DayUnit.CALENDAR_DAY:
        return (until[1] - start[1]).days <= limit.length
    return until[1] <= add_days(calendar, limit.unit, start[1], limit.length).on


def _late(
    definition: ItemDefinition, limits: Iterable[TimeLimit], matter: Matter, calendar: WorkingCalendar
) -> list[Finding]:
    found: list[Finding] = []
    for limit in limits:
        start = moment(definition, matter, limit.start)
        until = moment(definition, matter, limit.until)
        if start and until and not within(limit, start, until, calendar):
            found.append(Finding(check=f"time_limit:{limit.id}", step=limit.until))
    return found


def _same_person(definition: ItemDefinition, matter: Matter, completion: Completion) -> Iterable[Finding]:
    hits: dict[str, list[str]] = {}
    for person in completion.signers:
        for other in conflicts(definition, matter, completion.step, person):
            hits.setdefault(_pair_id(definition, completion.step, other), []).append(person)
    for check, people in hits.items():
        yield Finding(check=check, step=completion.step, people=tuple(people))


def _pair_ids(definition: ItemDefinition) -> list[str]:
    found: list[str] = []
    for step in definition.steps:
        for other in sorted(definition.incompatible.get(step.code, ())):
            found.append(_pair_id(definition, step.code, other))
    return list(dict.fromkeys(found))


def _pair_id(definition: ItemDefinition, one: str, other: str) -> str:
    """One id for both directions: in the order in which the definition lists the steps."""
    codes = list(definition.by_code)
    first, second = sorted((one, other), key=codes.index)
    return f"same_person:{first}/{second}"
