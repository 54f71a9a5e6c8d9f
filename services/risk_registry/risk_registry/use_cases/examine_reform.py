"""What a draft would do before anybody publishes it: figures, points, totals, problems (what-if)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plumbline_org.grades import RiskCategory, RiskGrade
from plumbline_org.storage.load import load_org
from plumbline_shared.database import Connection

from risk_registry.domain.catalogue import EntryKind, clauses_in_force
from risk_registry.domain.coverage import unreplaced
from risk_registry.domain.departments import misplaced, places
from risk_registry.domain.processes import Metrics, ProcessVersion, metrics
from risk_registry.domain.reform import (
    Comparison,
    Disposition,
    DispositionKind,
    Problem,
    affected,
    compare,
    declaration_problems,
    declared_away,
    disposition_problems,
    segregation_problems,
    step_problems,
)
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import IN_FORCE
from risk_registry.domain.totals import Totals
from risk_registry.storage.catalogue import bodies_on
from risk_registry.storage.dispositions import dispositions_of
from risk_registry.storage.points import whole_register
from risk_registry.storage.processes import versions_on
from risk_registry.use_cases.examine_register import places_of
from risk_registry.use_cases.violations_on import rules_on


@dataclass(frozen=True)
class Reform:
    """A draft against what counts on its first day. `points` are all that it touches.

    `declared` are those of them that are dissolved because a taxpayer's declaration replaces their check, each with
    what is declared (S1-139).
    """

    base: ProcessVersion | None
    changes: Comparison
    before: Metrics | None
    after: Metrics
    points: tuple[PointOnDay, ...]
    dispositions: tuple[Disposition, ...]
    problems: tuple[Problem, ...]
    totals_before: Totals
    totals_after: Totals
    declared: Mapping[str, str]


async def examine_reform(conn: Connection, version: ProcessVersion, on: date) -> Reform:
    """Read-only; `conn` must read the whole bureau."""
    bureau = version.bureau_id
    base = next(iter(await versions_on(conn, bureau, on, version.process)), None)
    register = await whole_register(conn, bureau, on)
    chosen = await dispositions_of(conn, version.id)
    changes = compare(base.graph if base else None, version.graph)
    points = affected(version.process, changes.open, register)
    problems = (
        *step_problems(version.graph, await _posts(conn, bureau, on), await clauses_on(conn, bureau, on)),
        *declaration_problems(base.graph if base else None, version.graph),
        *segregation_problems(version.process, version.graph, await rules_on(conn, bureau, on)),
        *disposition_problems(changes, version.graph, points, chosen),
        *await _lost_checks(conn, version, changes, on),
        *await split_problems(conn, version, on),
    )
    replaced = declared_away(base.graph if base else None, version.graph)
    gone = {each.point for each in chosen.values() if each.kind is DispositionKind.DISSOLVED}
    touched = {point.id for point in points}
    return Reform(
        base=base,
        changes=changes,
        before=metrics(base.graph) if base else None,
        after=metrics(version.graph),
        points=tuple(points),
        dispositions=tuple(each for each in chosen.values() if each.point in touched),
        problems=problems,
        totals_before=_totals(register, frozenset()),
        totals_after=_totals(register, frozenset(gone)),
        declared={
            point.id: replaced[point.description.step]
            for point in points
            if point.id in gone and point.description.step in replaced
        },
    )


async def clauses_on(conn: Connection, bureau: str, on: date) -> frozenset[str]:
    """Every clause that can be cited on a day."""
    return clauses_in_force(await bodies_on(conn, bureau, on, EntryKind.REGULATION), on)


async def _lost_checks(
    conn: Connection, version: ProcessVersion, changes: Comparison, on: date
) -> list[Problem]:
    controls = dict(await bodies_on(conn, version.bureau_id, on, EntryKind.CONTROL))
    lost = unreplaced(version.process, changes.removed, version.graph.by_code, controls)
    message = "a prior check goes: bind a control while or after the act to a step that stays (S1-108)"
    return [Problem("CONTROL_NOT_REPLACED", code, message) for code in lost]


async def split_problems(conn: Connection, version: ProcessVersion, on: date) -> list[Problem]:
    """What breaks the bureau's division of the three powers of this process between departments (S2-017)."""
    splits = await bodies_on(conn, version.bureau_id, on, EntryKind.POWER_SPLIT)
    mine = [split for _code, split in splits if split.process == version.process]
    if not mine:
        return []
    departments = dict(await bodies_on(conn, version.bureau_id, on, EntryKind.DEPARTMENT))
    posts = places(await load_org(conn, version.bureau_id), departments, on)
    found = [each for split in mine for each in misplaced(version.graph, split, posts)]
    return [Problem(each.code, each.subject, each.message) for each in found]


async def _posts(conn: Connection, bureau: str, on: date) -> frozenset[str]:
    return frozenset(places_of(await load_org(conn, bureau), on).posts)


def _totals(register: list[PointOnDay], gone: frozenset[str]) -> Totals:
    return Totals.count(
        _cell(point) for point in register if point.state in IN_FORCE and point.id not in gone
    )


def _cell(point: PointOnDay) -> tuple[RiskCategory, RiskGrade]:
    return point.description.category, point.grade or RiskGrade.LOW
