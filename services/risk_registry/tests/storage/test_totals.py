"""What is added up equals what is counted: after any changes, with writers and compactions at once, wherever a bureau moves."""

import asyncio
import random
from datetime import UTC, date, datetime, timedelta

import asyncpg
import pytest
from plumbline_org.grades import RiskCategory, RiskGrade
from plumbline_shared.database import Database
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime
from risk_registry.compaction import compact_all
from risk_registry.domain.points import Origin, point_id
from risk_registry.domain.standing import PointState, Standing
from risk_registry.domain.totals import Cell
from risk_registry.storage import points, standings, totals
from risk_registry.testing import description, put_point

FIRST = date(2026, 1, 1)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SPAN = 500
STATES = (PointState.ACTIVE, PointState.UNDER_REVIEW, PointState.DISSOLVED, PointState.PROPOSED)
BUREAUS = ("D01", "D02")
POINTS = 6


async def change(db: Database, dice: random.Random) -> None:
    """One transaction of one writer: a standing or a text of some points of a bureau, from any day on."""
    bureau = dice.choice(BUREAUS)
    ids = [point_id(bureau, f"RP-{n:02d}") for n in sorted(dice.sample(range(POINTS), dice.randint(1, 3)))]
    day = FIRST + timedelta(days=dice.randrange(SPAN))
    async with db.transaction(system(bureau)) as conn:
        if dice.random() < 0.3:
            text = description(category=dice.choice(list(RiskCategory)))
            await points.add_texts(conn, bureau, [(each, text) for each in ids], day, NOW)
        else:
            state = dice.choice(STATES)
            grade = None if state is PointState.DISSOLVED else dice.choice(list(RiskGrade))
            await standings.add_standings(
                conn, bureau, [(each, Standing(state, grade, day, NOW)) for each in ids]
            )


async def begin(db: Database) -> None:
    for bureau in BUREAUS:
        async with db.transaction(system(bureau)) as conn:
            names = [(point_id(bureau, f"RP-{n:02d}"), f"RP-{n:02d}", Origin.REGISTER) for n in range(POINTS)]
            await points.add_points(conn, bureau, names, NOW)


async def assert_exact(db: Database) -> None:
    """On every day: each bureau, and the city with both below it."""
    for offset in range(-1, SPAN + 1, 11):
        day = FIRST + timedelta(days=offset)
        together: dict[Cell, int] = {}
        for bureau in BUREAUS:
            async with db.read(system(bureau)) as conn:
                counted = await totals.counted_on(conn, bureau, day)
                assert await totals.totals_on(conn, bureau, day) == counted
            for cell, number in counted.items():
                together[cell] = together.get(cell, 0) + number
        async with db.read(system("C01")) as conn:
            assert await totals.totals_on(conn, "C01", day) == {}
            assert await totals.totals_on(conn, "C01", day, below=True) == together


@pytest.mark.parametrize("seed", range(4))
async def test_writers_and_compactions_at_once(runtime: Runtime, seed: int) -> None:
    await begin(runtime.db)
    dice = [random.Random(f"{seed}/{writer}") for writer in range(4)]

    async def write(own: random.Random) -> None:
        for _ in range(12):
            await change(runtime.db, own)

    async def tidy() -> None:
        for _ in range(10):
            await compact_all(runtime.db)
            await asyncio.sleep(0)

    await asyncio.gather(*map(write, dice), tidy(), tidy())
    await assert_exact(runtime.db)
    await compact_all(runtime.db)
    await assert_exact(runtime.db)


async def test_compaction_leaves_no_delta_and_whole_months_beside_days(runtime: Runtime) -> None:
    async with runtime.db.transaction(system("D01")) as conn:
        await put_point(conn, "RP-01", RiskGrade.HIGH, description(), date(2026, 1, 20), NOW)
    assert await compact_all(runtime.db) > 0
    assert await compact_all(runtime.db) == 0
    async with runtime.db.read(system("D01")) as conn:
        assert [len(await totals.totals_on(conn, "D01", date(2026, 1, day))) for day in (19, 20, 31)] == [
            0,
            1,
            1,
        ]
        assert await totals.totals_on(conn, "D01", date(2026, 2, 1)) == {
            (RiskCategory.TAX_OPERATIONS, RiskGrade.HIGH): 1
        }


@pytest.mark.parametrize("compacted", [False, True])
async def test_a_bureau_takes_its_totals_to_another_place_and_back(
    runtime: Runtime, *, compacted: bool
) -> None:
    async with runtime.db.transaction(system("D01")) as conn:
        await put_point(conn, "RP-01", RiskGrade.LOW, description(), FIRST, NOW)
    if compacted:
        await compact_all(runtime.db)
    below: list[int] = []
    for parent in ("D02", "C01"):
        async with runtime.db.transaction(system("D01")) as conn:
            await conn.execute("update org_bureau set parent_id = $1 where id = 'D01'", parent)
        for scope in ("D02", "C01"):
            async with runtime.db.read(system(scope)) as conn:
                below.append(sum((await totals.totals_on(conn, scope, FIRST, below=True)).values()))
    assert below == [1, 1, 0, 1]


async def test_numbers_of_another_bureau_and_every_person_are_closed(runtime: Runtime) -> None:
    async with runtime.db.transaction(system("D01")) as conn:
        await put_point(conn, "RP-01", RiskGrade.LOW, description(), FIRST, NOW)
    async with runtime.db.read(system("D02")) as conn:
        assert await totals.totals_on(conn, "D01", FIRST) == {}
    for statement in ("update register_delta set change = 2", "delete from register_rollup"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with runtime.db.transaction(system("D01")) as conn:
                await conn.execute(statement)
