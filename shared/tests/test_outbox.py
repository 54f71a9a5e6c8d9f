"""The outbox: what commits is published, in the order of its aggregate, and can be sent again."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from plumbline_contracts.education.v1 import AssignmentCompleted
from plumbline_shared import outbox, relay
from plumbline_shared.bus import Bus, Outgoing
from plumbline_shared.database import Database
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime, ServiceDefinition
from plumbline_shared.testing.plugin import RuntimeFor

NOW = datetime(2026, 4, 1, tzinfo=UTC)
ROWS = "select event_id, aggregate_id, aggregate_version as version, sent_at from outbox order by id"


class RecordedBus(Bus):
    """Takes what it is given, up to a number of events."""

    def __init__(self, accepts: int) -> None:
        self.accepts, self.seen = accepts, list[str]()

    async def publish(self, events: Sequence[Outgoing]) -> int:
        taken = events[: self.accepts]
        self.seen += [event.id for event in taken]
        return len(taken)


@pytest.fixture
async def db(runtime_for: RuntimeFor, notebook: ServiceDefinition) -> Database:
    return (await runtime_for(notebook)).db


async def emit(db: Database, *aggregates: str) -> None:
    async with db.transaction(system("D01")) as conn:
        for aggregate in aggregates:
            await outbox.emit(
                conn, aggregate, AssignmentCompleted(assignment_id=aggregate), bureau_id="D01", time=NOW
            )


async def rows(db: Database) -> list[tuple[str, int, bool]]:
    async with db.read(system()) as conn:
        found = await conn.fetch(ROWS)
    return [(row["aggregate_id"], row["version"], row["sent_at"] is not None) for row in found]


async def drain(db: Database, bus: Bus) -> int:
    async with db.pool.acquire() as conn:
        return await relay.drain(conn, bus)


async def test_what_is_rolled_back_was_never_said(db: Database) -> None:
    async def regret() -> None:
        async with db.transaction(system("D01")) as conn:
            await outbox.emit(conn, "a", AssignmentCompleted(), bureau_id="D01", time=NOW)
            raise LookupError

    with pytest.raises(LookupError):
        await regret()
    await emit(db, "a")
    assert await rows(db) == [("a", 1, False)]


async def test_versions_of_an_aggregate_have_no_gap_under_eight_writers(db: Database) -> None:
    async def write(number: int) -> None:
        for step in range(10):
            await emit(db, "a", f"b{(number + step) % 3}")

    await asyncio.gather(*(write(number) for number in range(8)))
    found = await rows(db)
    assert len(found) == 160
    for aggregate in {name for name, _, _ in found}:
        versions = [version for name, version, _ in found if name == aggregate]
        assert versions == list(range(1, len(versions) + 1))


async def test_rows_are_marked_up_to_the_first_failure_only(db: Database) -> None:
    await emit(db, "a", "b", "a", "c")
    assert await drain(db, RecordedBus(accepts=2)) == 2
    assert [sent for _, _, sent in await rows(db)] == [True, True, False, False]
    bus = RecordedBus(accepts=10)
    assert await drain(db, bus) == 2
    async with db.read(system()) as conn:
        assert await outbox.pending(conn) == 0
        ids = [row["event_id"] for row in await conn.fetch(ROWS)]
    assert bus.seen == ids[2:]
    assert await drain(db, bus) == 0


async def test_a_row_that_commits_late_is_not_passed_over(db: Database) -> None:
    async with db.transaction(system("D01")) as late:
        await outbox.emit(late, "late", AssignmentCompleted(), bureau_id="D01", time=NOW)
        await emit(db, "early")
        await drain(db, RecordedBus(accepts=10))
    await drain(db, RecordedBus(accepts=10))
    assert await rows(db) == [("late", 1, True), ("early", 1, True)]


async def test_sent_rows_stay_thirty_days_and_unsent_rows_for_ever(db: Database) -> None:
    await emit(db, "old", "recent", "unsent")
    async with db.transaction(system()) as conn:
        for name, age in {"old": timedelta(days=30, seconds=1), "recent": timedelta(days=29)}.items():
            await conn.execute("update outbox set sent_at = $2 where aggregate_id = $1", name, NOW - age)
        await outbox.forget_old(conn, NOW)
    assert await rows(db) == [("recent", 1, True), ("unsent", 1, False)]


async def test_what_a_stream_lost_is_sent_again_in_order(db: Database) -> None:
    await emit(db, "a", "b", "a")
    first, second = RecordedBus(accepts=10), RecordedBus(accepts=10)
    await drain(db, first)
    async with db.transaction(system()) as conn:
        assert await outbox.resend(conn, datetime(2000, 1, 1, tzinfo=UTC)) == 3
        assert await outbox.pending(conn) == 3
    await drain(db, second)
    assert second.seen == first.seen


async def test_a_document_is_no_event(db: Database) -> None:
    async with db.transaction(system("D01")) as conn:
        huge = AssignmentCompleted(assignment_id="x" * outbox.MOST_BYTES)
        with pytest.raises(outbox.EventTooLarge):
            await outbox.emit(conn, "a", huge, bureau_id="D01", time=NOW)
    assert await rows(db) == []


async def test_one_leader_at_a_time(runtime_for: RuntimeFor, notebook: ServiceDefinition) -> None:
    """A second relay on the same database waits, and takes over when the first one is gone."""
    runtime = await runtime_for(replace(notebook, name="education"), bus=True)
    first, second = asyncio.Event(), asyncio.Event()
    leading = asyncio.create_task(relay.run_forever(runtime, first))
    await _until_led(runtime)
    waiting = asyncio.create_task(relay.run_forever(runtime, second))
    await emit(runtime.db, "a")
    await _until_sent(runtime)
    first.set()
    await leading
    await emit(runtime.db, "a")
    await _until_sent(runtime)
    second.set()
    await waiting
    assert await rows(runtime.db) == [("a", 1, True), ("a", 2, True)]


async def _until_led(runtime: Runtime) -> None:
    query = "select count(*) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())"
    async with asyncio.timeout(20):
        while True:
            if await runtime.db.pool.fetchval(query):
                return
            await asyncio.sleep(0.02)


async def _until_sent(runtime: Runtime) -> None:
    async with asyncio.timeout(20):
        while True:
            async with runtime.db.read(system()) as conn:
                if not await outbox.pending(conn):
                    return
            await asyncio.sleep(0.02)
