from datetime import datetime, timedelta

import pytest
from plumbline_shared.clock import ManualClock
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime, ServiceDefinition
from plumbline_shared.testing.plugin import RuntimeFor
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
