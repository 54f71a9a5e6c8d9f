"""A running matter goes on under another version of its item: what is kept, what opens, by when, or why not (S2-022)."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from msgspec.structs import replace
from plumbline_shared.calendar import WorkingCalendar

from case_flow.domain import clock
from case_flow.domain.definition import Frozen, ItemDefinition, Migrates
from case_flow.domain.matter import Mark, Matter, OpenStep, joined
from case_flow.domain.migrated_steps import NoPlace, NotSideBySide, open_under


class Obstacle(StrEnum):
    """Why a matter stays on its version."""

    NO_MAPPING = "NO_MAPPING"
    STEP_LOST = "STEP_LOST"
    STEP_SKIPPED = "STEP_SKIPPED"
    BRANCHES_DIFFER = "BRANCHES_DIFFER"
    LIMIT_LENGTHENED = "LIMIT_LENGTHENED"
    LIMIT_PASSED = "LIMIT_PASSED"
    SIGNATURE_PENDING = "SIGNATURE_PENDING"
    IN_TRANSIT = "IN_TRANSIT"
    SUSPENDED = "SUSPENDED"
    HELD = "HELD"
    CLOSED = "CLOSED"


WORDS: Mapping[Obstacle, tuple[str, str]] = {
    Obstacle.NO_MAPPING: (
        "新版本未规定如何承接该版本",
        "the new version does not say how to take that one in",
    ),
    Obstacle.STEP_LOST: (
        "已办环节在新版本中没有对应环节",
        "a step already done has no place in the new version",
    ),
    Obstacle.STEP_SKIPPED: (
        "新版本要求的环节尚未办理",
        "the new version asks for a step that was passed over",
    ),
    Obstacle.BRANCHES_DIFFER: (
        "并行在办的环节在新版本中不能并行",
        "steps that are open side by side are not so in the new version",
    ),
    Obstacle.LIMIT_LENGTHENED: ("迁移会延长办理时限", "the limit would become longer"),
    Obstacle.LIMIT_PASSED: ("按新版本时限已届满", "the limit of the new version has passed already"),
    Obstacle.SIGNATURE_PENDING: ("等待会签", "signatures are awaited"),
    Obstacle.IN_TRANSIT: ("资料在途", "the paper is on its way"),
    Obstacle.SUSPENDED: ("时限中止", "the clock stands still"),
    Obstacle.HELD: ("事中控制尚未解除", "a hold is open"),
    Obstacle.CLOSED: ("已办结", "the matter is closed"),
}


class Migrated(Frozen, frozen=True):
    """The matter under the new version; `kept` are its steps that need not be done again."""

    matter: Matter
    kept: tuple[str, ...]


def migrated(
    new: ItemDefinition, new_hash: str, matter: Matter, calendar: WorkingCalendar, on: date, *, held: bool
) -> Migrated | Obstacle:
    """`matter` under version `new` on a day, or what stands in the way.

    Allowed only if nothing done is lost or passed over, and the due date does not become later.
    """
    if waiting := _waiting(matter, held):
        return waiting
    rule = next((one for one in new.migrates if one.version == matter.item_version), None)
    if rule is None:
        return Obstacle.NO_MAPPING
    opened = [one.step for one in matter.open_steps]
    if any(rule.target(code) not in new.by_code for code in (*matter.trail, *opened)):
        return Obstacle.STEP_LOST
    done = frozenset(code for code in matter.trail if code in new.by_code)
    try:
        steps = open_under(new, done, [rule.target(code) for code in opened])
    except NoPlace:
        return Obstacle.STEP_SKIPPED
    except NotSideBySide:
        return Obstacle.BRANCHES_DIFFER
    after = _under(new, new_hash, matter, steps, rule, calendar)
    return _limited(matter, after, on) or Migrated(matter=after, kept=tuple(sorted(done)))


def _waiting(matter: Matter, held: bool) -> Obstacle | None:
    reasons = {
        Obstacle.CLOSED: matter.closed_at is not None,
        Obstacle.SIGNATURE_PENDING: any(one.pending for one in matter.open_steps),
        Obstacle.IN_TRANSIT: matter.slip_id is not None,
        Obstacle.SUSPENDED: matter.suspension is not None,
        Obstacle.HELD: held,
    }
    return next((reason for reason, yes in reasons.items() if yes), None)


def _under(
    new: ItemDefinition,
    digest: str,
    matter: Matter,
    steps: tuple[str, ...],
    rule: Migrates,
    calendar: WorkingCalendar,
) -> Matter:
    before = {one.step: one for one in matter.open_steps}
    fresh = {
        code: OpenStep(step=code, state=new.by_code[code].state, unit_id=matter.unit_id) for code in steps
    }
    opened = tuple(replace(before.get(code, fresh[code]), state=fresh[code].state) for code in steps)
    moved = matter.standing(opened).change(
        item_version=new.version,
        item_hash=digest,
        trail=_trail(new, matter, rule),
        row_version=matter.row_version + 1,
    )
    limit = clock.deadline(new, moved, calendar)
    return clock.with_stages(new, moved, calendar).change(
        due_on=limit.due_on if limit else None,
        due_provisional=limit.provisional if limit else False,
    )


def _trail(new: ItemDefinition, matter: Matter, rule: Migrates) -> dict[str, Mark]:
    """Every old mark stays; who did a step that another done one takes in counts among those who did that one."""
    trail = dict(matter.trail)
    for code, mark in matter.trail.items():
        target = rule.target(code)
        if code not in new.by_code and (taking := trail.get(target)):
            trail[target] = Mark(
                by=joined(taking.by, *mark.by),
                times=taking.times,
                first_at=taking.first_at,
                first_on=taking.first_on,
                last_at=taking.last_at,
                last_on=taking.last_on,
            )
    return trail


def _limited(before: Matter, after: Matter, on: date) -> Obstacle | None:
    if before.due_on is not None and (after.due_on is None or after.due_on > before.due_on):
        return Obstacle.LIMIT_LENGTHENED
    if after.due_on is not None and after.due_on < on:
        return Obstacle.LIMIT_PASSED
    return None
