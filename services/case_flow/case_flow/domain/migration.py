"""A running matter goes on under another version of its item: what is kept, what opens, by when, or why not (S2-022)."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from plumbline_shared.calendar import WorkingCalendar

from case_flow.domain import clock
from case_flow.domain.definition import Frozen, ItemDefinition, Migrates
from case_flow.domain.matter import Mark, Matter, joined
from case_flow.domain.blocks import reachable


class Obstacle(StrEnum):
    """Why a matter stays on its version."""

    NO_MAPPING = "NO_MAPPING"
    STEP_LOST = "STEP_LOST"
    STEP_SKIPPED = "STEP_SKIPPED"
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
    if any(rule.target(code) not in new.by_code for code in (*matter.trail, matter.step or "")):
        return Obstacle.STEP_LOST
    done = frozenset(code for code in matter.trail if code in new.by_code)
    step = _open(new, done, rule.target(matter.step or ""))
    if step is None or step not in _within_reach(new, done):
        return Obstacle.STEP_SKIPPED
    after = _under(new, new_hash, matter, step, rule, calendar)
    return _limited(matter, after, on) or Migrated(matter=after, kept=tuple(sorted(done)))


def _waiting(matter: Matter, held: bool) -> Obstacle | None:
    reasons = {
        Obstacle.CLOSED: matter.closed_at is not None,
        Obstacle.SIGNATURE_PENDING: matter.pending is not None,
        Obstacle.IN_TRANSIT: matter.slip_id is not None,
        Obstacle.SUSPENDED: matter.suspension is not None,
        Obstacle.HELD: held,
    }
    return next((reason for reason, yes in reasons.items() if yes), None)


def _open(new: ItemDefinition, done: frozenset[str], step: str) -> str | None:
    """The first step from `step` on that is not done; None where the way divides or ends before one."""
    seen: set[str] = set()
    while step in done:
        following = new.by_code[step].next
        if len(following) != 1 or step in seen:
            return None
        seen.add(step)
        (step,) = following
    return step


def _within_reach(new: ItemDefinition, done: frozenset[str]) -> frozenset[str]:
    """Steps that follow from the start through done steps alone."""
    forward = {code: frozenset(new.by_code[code].next) for code in done}
    return reachable(forward, [new.start])


def _under(
    new: ItemDefinition, digest: str, matter: Matter, step: str, rule: Migrates, calendar: WorkingCalendar
) -> Matter:
    moved = matter.change(
        item_version=new.version,
        item_hash=digest,
        trail=_trail(new, matter, rule),
        step=step,
        state=new.by_code[step].state,
        row_version=matter.row_version + 1,
    )
    limit = clock.deadline(new, moved, calendar)
    return moved.change(
        due_on=limit.due_on if limit else None,
        due_provisional=limit.provisional if limit else False,
        stage_due_on=clock.stage_due(new, moved, step, calendar),
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
