"""The register of a day in SQL is the register of the domain, and nothing in it can be changed."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_org.grades import RiskCategory, RiskGrade
from plumbline_shared.database import Connection
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime
from risk_registry.domain.points import Description, Origin, point_id
from risk_registry.domain.register import PointFilter
from risk_registry.domain.standing import IN_FORCE, PointState, Standing, standing_on
from risk_registry.domain.totals import Totals
from risk_registry.storage import points, standings, totals
from risk_registry.testing import description

FIRST = date(2026, 1, 1)
START = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = st.integers(0, 20).map(lambda n: FIRST + timedelta(days=n))
HOURS = st.integers(0, 9).map(lambda n: START + timedelta(hours=n))
STATES = st.sampled_from([PointState.ACTIVE, PointState.UNDER_REVIEW, PointState.DISSOLVED])


@dataclass
class Recorded:
    """What happened to one point, in the order of recording."""

    texts: list[tuple[date, datetime, RiskCategory]]
    standings: list[tuple[date, datetime, RiskGrade, PointState]]
    rows: list[Standing] = field(default_factory=list)


POINTS = st.lists(
    st.builds(
        Recorded,
        texts=st.lists(st.tuples(DAYS, HOURS, st.sampled_from(RiskCategory)), min_size=1, max_size=3),
        standings=st.lists(
            st.tuples(DAYS, HOURS, st.sampled_from(RiskGrade), STATES), min_size=1, max_size=4
        ),
    ),
    max_size=6,
)


class _Undo(Exception):
    pass


async def record(conn: Connection, number: int, point: Recorded) -> None:
    code = f"RP-{number:03d}"
    identifier = point_id("D01", code)
    await points.add_points(conn, "D01", [(identifier, code, Origin.REGISTER)], START)
    for day, at, category in sorted(point.texts, key=lambda each: each[1]):
        await points.add_texts(conn, "D01", [(identifier, description(category=category))], day, at)
    for day, at, grade, state in sorted(point.standings, key=lambda each: each[1]):
        standing = Standing(state, None if state is PointState.DISSOLVED else grade, day, at)
        await standings.add_standings(conn, "D01", [(identifier, standing)])
    point.rows = (await standings.standings_of(conn, [identifier]))[identifier]


def category_on(point: Recorded, on: date, known_at: datetime) -> RiskCategory | None:
    ordered = sorted(point.texts, key=lambda each: each[1])
    known = [
        (day, index, name) for index, (day, at, name) in enumerate(ordered) if day <= on and at <= known_at
    ]
    return max(known, default=(on, 0, None))[2]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=POINTS, on=DAYS, known_at=HOURS)
async def test_totals_of_any_day_are_those_of_the_domain_and_both_margins_agree(
    runtime: Runtime, history: list[Recorded], on: date, known_at: datetime
) -> None:
    for known in (known_at, None):
        try:
            async with runtime.db.transaction(system("D01")) as conn:
                for number, point in enumerate(history):
                    await record(conn, number, point)
                stored = Totals(await totals.counted_on(conn, "D01", on, known))
                if known is None:
                    assert await totals.totals_on(conn, "D01", on) == stored.cells
                counted = await points.count_points(conn, "D01", on, PointFilter())
                raise _Undo
        except _Undo:
            pass
        expected = expected_totals(history, on, known)
        assert stored.cells == expected
        margins = (sum(map(stored.category, RiskCategory)), sum(map(stored.grade, RiskGrade)))
        assert margins == (stored.size, stored.size)
    assert {(category, grade): n for category, grade, n in counted} == expected


def expected_totals(history: list[Recorded], on: date, known: datetime | None) -> dict[object, int]:
    found: Counter[object] = Counter()
    for point in history:
        standing = standing_on(point.rows, on, known)
        category = category_on(point, on, known or datetime.max.replace(tzinfo=UTC))
        if standing and category and standing.state in IN_FORCE:
            found[category, standing.grade] += 1
    return dict(found)


CHANGES = (
    "update risk_point_standing set grade = 'LOW'",
    "delete from risk_point_standing",
    "update risk_point_description set title_zh = ''",
    "delete from risk_point_version",
    "update risk_point set code = 'X'",
    "delete from grading_vote",
    "update grading_decision set grade = 'LOW'",
    "delete from alert_ledger",
    "delete from heightened_monitoring",
    "update display_profile set colour = 'green'",
)


async def test_history_is_append_only_even_for_the_service(runtime: Runtime) -> None:
    for statement in CHANGES:
        async with runtime.db.transaction(system("D01")) as conn:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await conn.execute(statement)


async def put(conn: Connection, codes: list[str], text: Description, bureau: str = "D01") -> None:
    names = [(point_id(bureau, code), code) for code in codes]
    await points.add_points(conn, bureau, [(each, code, Origin.REGISTER) for each, code in names], START)
    await points.add_texts(conn, bureau, [(each, text) for each, _code in names], FIRST, START)
    standing = Standing(PointState.ACTIVE, RiskGrade.LOW, FIRST, START)
    await standings.add_standings(conn, bureau, [(each, standing) for each, _code in names])


async def test_keyset_pages_give_every_point_once(runtime: Runtime) -> None:
    codes = [f"RP-{number:03d}" for number in range(25)]
    async with runtime.db.transaction(system("D01")) as conn:
        await put(conn, codes, description())
        seen, after = list[str](), ""
        while page := await points.list_points(conn, "D01", FIRST, PointFilter(), after, 7):
            seen += [each.code for each in page]
            after = page[-1].code
    assert seen == codes


async def fill(runtime: Runtime, *bureaus: str) -> None:
    """600 points in each bureau, with fresh statistics."""
    for bureau in bureaus:
        async with runtime.db.transaction(system(bureau)) as conn:
            await put(conn, [f"RP-{number:04d}" for number in range(600)], description(), bureau)
    owner = await asyncpg.connect(runtime.settings.owner_database_url)
    await owner.execute("analyze")
    await owner.close()


async def plan_of(runtime: Runtime, statement: str, arguments: str) -> list[dict[str, Any]]:
    """The nodes of the generic plan, which a pooled connection comes to use, with what they really did."""
    async with runtime.db.read(system("D01")) as conn:
        await conn.execute("set local plan_cache_mode = force_generic_plan")
        await conn.execute(f"prepare probe as {statement}")
        text = await conn.fetchval(f"explain (analyze, format json) execute probe ({arguments})")
        await conn.execute("deallocate probe")
    nodes, queue = [], [json.loads(text)[0]["Plan"]]
    while queue:
        nodes.append(queue.pop())
        queue += nodes[-1].get("Plans", [])
    return nodes


async def test_the_list_walks_the_keyset_index(runtime: Runtime) -> None:
    await fill(runtime, "D01", "D02")
    nothing = ", ".join(["null"] * 9)
    plan = await plan_of(
        runtime, points.LIST_POINTS, f"'D01', '2026-01-01', 'RP-0200', '{{ACTIVE}}', {nothing}, 51, null"
    )
    assert {node["Node Type"] for node in plan}.isdisjoint({"Seq Scan", "Sort"})
    (walked,) = [node for node in plan if node.get("Index Name") == "risk_point_keyset"]
    assert (walked["Actual Rows"], walked["Actual Loops"]) == (51, 1)


async def test_counting_looks_every_point_up_once(runtime: Runtime) -> None:
    """With one bureau in the database the planner is most tempted to join all texts with all points."""
    await fill(runtime, "D01")
    nothing = ", ".join(["null"] * 9)
    plan = await plan_of(runtime, points.COUNT_POINTS, f"'D01', '2026-01-01', '{{ACTIVE}}', {nothing}, null")
    assert max(node["Actual Loops"] for node in plan) == 600
