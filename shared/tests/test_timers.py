import asyncio
from collections import defaultdict
from datetime import datetime, timedelta

import asyncpg
import pytest
from plumbline_shared.clock import ManualClock
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime, ServiceDefinition
from plumbline_shared.testing.plugin import START, RuntimeFor
from plumbline_shared.timers import Timer, count_due, run_due
from plumbline_shared.use_case import Uow

Fired = list[tuple[str, datetime]]


@pytest.fixture
async def runtime(runtime_for: RuntimeFor, notebook: ServiceDefinition) -> Runtime:
    return await runtime_for(notebook)


async def schedule(runtime: Runtime, *refs: tuple[str, timedelta], kind: str = "due") -> None:
    async with runtime.db.transaction(system("D01")) as conn:
        uow = Uow(conn, system("D01"), runtime.clock.now())
        for ref, after in refs:
            await uow.schedule(kind, ref, uow.now + after, {"ref": ref})


async def test_timers_fire_once_in_order_at_their_own_time(runtime: Runtime, clock: ManualClock) -> None:
    fired: Fired = []

    async def on_due(uow: Uow, timer: Timer) -> None:
        assert uow.principal.bureau_id == "D01"
        assert timer.payload == {"ref": timer.ref}
        fired.append((timer.ref, uow.now))

    start = clock.now()
    await schedule(runtime, ("b", timedelta(days=2)), ("a", timedelta(days=1)), ("c", timedelta(days=9)))
    clock.advance(timedelta(days=5))
    assert await run_due(runtime.db, clock, {"due": on_due}) == 2
    assert fired == [("a", start + timedelta(days=1)), ("b", start + timedelta(days=2))]
    assert await run_due(runtime.db, clock, {"due": on_due}) == 0


async def test_a_failing_timer_is_set_aside_and_the_rest_goes_on(
    runtime: Runtime, clock: ManualClock
) -> None:
    fired: list[str] = []

    async def on_due(uow: Uow, timer: Timer) -> None:
        await uow.conn.execute("insert into note values ($1, 'D01', 'x', 'y')", timer.ref)
        if timer.ref == "bad":
            raise LookupError("no such matter")
        fired.append(timer.ref)

    await schedule(runtime, ("bad", timedelta()), ("good", timedelta(seconds=1)))
    clock.advance(timedelta(minutes=1))
    await run_due(runtime.db, clock, {"due": on_due})
    async with runtime.db.read(system()) as conn:
        assert fired == ["good"]
        assert [row["ref"] for row in await conn.fetch("select ref from dead_timer")] == ["bad"]
        assert await conn.fetchval("select count(*) from note") == 1
        assert await count_due(conn, clock.now()) == 0


async def test_a_cancelled_timer_does_not_fire(runtime: Runtime, clock: ManualClock) -> None:
    await schedule(runtime, ("a", timedelta()), ("b", timedelta()))
    async with runtime.db.transaction(system("D01")) as conn:
        await Uow(conn, system("D01"), clock.now()).cancel_timers("a", "due")
    fired: list[str] = []

    async def on_due(uow: Uow, timer: Timer) -> None:
        fired.append(timer.ref)

    await run_due(runtime.db, clock, {"due": on_due})
    assert fired == ["b"]


async def test_four_workers_fire_each_timer_once_and_those_of_a_ref_in_order(
    runtime: Runtime, clock: ManualClock
) -> None:
    moments = [timedelta(seconds=n) for n in range(40)]
    await schedule(runtime, *((f"ref-{n}", moment) for moment in moments for n in range(25)))
    clock.advance(timedelta(minutes=5))
    fired: dict[str, list[datetime]] = defaultdict(list)

    async def on_due(uow: Uow, timer: Timer) -> None:
        await uow.conn.execute("insert into note values ($1, 'D01', $2, '')", timer.id, timer.ref)
        fired[timer.ref].append(uow.now)

    counts = await asyncio.gather(*(run_due(runtime.db, clock, {"due": on_due}) for _ in range(4)))
    assert sum(counts) == 1_000
    assert all(times == [START + moment for moment in moments] for times in fired.values())
    assert len(fired) == 25
    async with runtime.db.read(system("D01")) as conn:
        assert await conn.fetchval("select count(*) from note") == 1_000


async def test_a_handler_takes_back_and_brings_forward_timers_claimed_with_its_own(
    runtime: Runtime, clock: ManualClock
) -> None:
    fired: Fired = []

    async def on_due(uow: Uow, timer: Timer) -> None:
        fired.append((timer.ref, uow.now))
        if timer.ref == "first":
            await uow.cancel_timers("unwanted")
            await uow.schedule("due", "between", uow.now + timedelta(hours=1), {"ref": "between"})

    after = {"first": 0, "second": 0.5, "last": 2, "unwanted": 3}
    await schedule(runtime, *((ref, timedelta(hours=hours)) for ref, hours in after.items()))
    clock.advance(timedelta(days=1))
    assert await run_due(runtime.db, clock, {"due": on_due}) == 4
    assert fired == [
        ("first", START),
        ("second", START + timedelta(hours=0.5)),
        ("between", START + timedelta(hours=1)),
        ("last", START + timedelta(hours=2)),
    ]


async def test_one_failure_among_many_undoes_nothing_of_the_others(
    runtime: Runtime, clock: ManualClock
) -> None:
    async def on_due(uow: Uow, timer: Timer) -> None:
        await uow.conn.execute("insert into note values ($1, $2, 'x', 'y')", timer.ref, timer.bureau_id)
        if timer.ref == "r13":
            raise LookupError("no such matter")

    await schedule(runtime, *((f"r{n}", timedelta(seconds=n)) for n in range(30)))
    clock.advance(timedelta(minutes=1))
    assert await run_due(runtime.db, clock, {"due": on_due}) == 30
    async with runtime.db.read(system("D01")) as conn:
        assert await conn.fetchval("select count(*) from note") == 29
        assert [row["ref"] for row in await conn.fetch("select ref from dead_timer")] == ["r13"]
        assert await count_due(conn, clock.now()) == 0


async def test_a_deadlock_is_waited_for_and_no_failure_of_the_timer(
    runtime: Runtime, clock: ManualClock
) -> None:
    tries = 0

    async def on_due(_uow: Uow, _timer: Timer) -> None:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise asyncpg.DeadlockDetectedError("somebody else was first")

    await schedule(runtime, ("a", timedelta()))
    with pytest.raises(asyncpg.DeadlockDetectedError):
        await run_due(runtime.db, clock, {"due": on_due})
    assert await run_due(runtime.db, clock, {"due": on_due}) == 1
