"""The report of a bureau's supervision effort against its risk (S1-142): read, counted, held against one another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from plumbline_org.model import Org
from plumbline_shared.clock import start_of_day
from plumbline_shared.database import Connection

from risk_registry.allocation_rule import CODE, shipped_rule
from risk_registry.domain.allocation import Allocation, AllocationRule, Effort, EffortKind, allocate
from risk_registry.domain.catalogue import Control, EntryKind
from risk_registry.domain.places import absolute
from risk_registry.domain.register import IN_FORCE, PointOnDay
from risk_registry.storage.catalogue import bodies_on, entries_on
from risk_registry.storage.effort import Done, done
from risk_registry.storage.points import whole_register
from risk_registry.storage.processes import versions_on

UnitsOf = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Report:
    """Units of a bureau; `unplaced` are acts about what has no unit on the last day, by kind."""

    rule: AllocationRule
    version: str
    units: list[Allocation]
    unplaced: Mapping[EffortKind, int]


async def allocation_of(conn: Connection, org: Org, start: date, end: date) -> Report:
    """From the first day to the last, points and posts as of the last. Ask as the service."""
    bureau = org.bureau.id
    rule, version = await rule_on(conn, bureau, end)
    register = await whole_register(conn, bureau, end)
    placed = {each.id: _units(each) for each in register}
    controls = await _controls(conn, org, end, placed)
    acts = await done(conn, bureau, start_of_day(start), start_of_day(end + timedelta(days=1)))
    effort = [Effort(each.kind, _of(each, placed, controls), each.count) for each in acts]
    lost: dict[EffortKind, int] = {}
    for each in effort:
        if not each.units:
            lost[each.kind] = lost.get(each.kind, 0) + each.count
    points = [(placed[e.id], e.grade) for e in register if e.grade and e.state in IN_FORCE and placed[e.id]]
    return Report(rule, version, allocate(rule, points, effort), lost)


async def rule_on(conn: Connection, bureau: str, on: date) -> tuple[AllocationRule, str]:
    """The bureau's own rule of a day, or the one that ships, with its version."""
    for each in await entries_on(conn, bureau, on, [EntryKind.ALLOCATION_RULE], CODE):
        if isinstance(each.body, AllocationRule):
            return each.body, f"{bureau}.{CODE}-{each.sequence}"
    return shipped_rule().rule, shipped_rule().version


def _units(point: PointOnDay) -> tuple[str, ...]:
    return tuple(sorted(set(point.description.units)))


def _of(one: Done, placed: UnitsOf, controls: UnitsOf) -> tuple[str, ...]:
    if one.unit:
        return (one.unit,)
    return placed.get(one.point, ()) if one.point else controls.get(one.control, ())


async def _controls(conn: Connection, org: Org, on: date, placed: UnitsOf) -> UnitsOf:
    """The units of the points, powers and nodes that a control is for."""
    bureau = org.bureau.id
    powers = {code: body.posts for code, body in await bodies_on(conn, bureau, on, EntryKind.POWER)}
    steps = {
        (v.process, s.code): (s.post,) for v in await versions_on(conn, bureau, on) for s in v.graph.steps
    }

    def about(control: Control) -> Iterator[str]:
        for code in control.points:
            yield from placed.get(absolute(bureau, code), ())
        named = [*(powers.get(each, ()) for each in control.powers)]
        named += [steps.get((each.process, each.step), ()) for each in control.nodes]
        for name in {absolute(bureau, each) for posts in named for each in posts}:
            if post := org.posts.get(name):
                yield post.unit_id

    known = await bodies_on(conn, bureau, on, EntryKind.CONTROL)
    return {code: tuple(sorted(set(about(control)))) for code, control in known}
