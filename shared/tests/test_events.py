"""Outbox → relay → JetStream → consumer, on real PostgreSQL and NATS."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from plumbline_contracts.education.v1 import AssignmentCompleted
from plumbline_shared import consumer, inbox, outbox, relay
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime, ServiceDefinition
from plumbline_shared.testing.nats import NatsServer
from plumbline_shared.testing.plugin import RuntimeFor
from plumbline_shared.use_case import Uow

Effects = list[tuple[str, int]]


async def on_completed(uow: Uow, event: AssignmentCompleted) -> None:
    if event.assignment_id == "poison":
        raise LookupError("no such assignment")
    assert uow.event is not None
    await uow.conn.execute(
        "insert into note values ($1, $2, $3, $4)",
        uow.event.id,
        uow.event.bureau_id,
        uow.event.aggregate_id,
        str(uow.event.version),
    )


@pytest.fixture
async def pair(runtime_for: RuntimeFor, notebook: ServiceDefinition) -> tuple[Runtime, Runtime]:
    """A writer named `education` and a reader named `performance`."""
    writer = await runtime_for(replace(notebook, name="education"), bus=True)
    reader_definition = replace(
        notebook, name="performance", subscriptions={AssignmentCompleted: on_completed}
    )
    return writer, await runtime_for(reader_definition, bus=True)


async def emit(runtime: Runtime, *aggregates: str) -> None:
    async with runtime.db.transaction(system("D01")) as conn:
        uow = Uow(conn, system("D01"), runtime.clock.now())
        for aggregate in aggregates:
            await uow.emit(aggregate, AssignmentCompleted(assignment_id=aggregate))


@asynccontextmanager
async def working(*runtimes: Runtime) -> AsyncIterator[None]:
    stopping = asyncio.Event()
    tasks = [
        asyncio.create_task(part.run_forever(runtime, stopping))
        for runtime in runtimes
        for part in (relay, consumer)
    ]
    try:
        yield
    finally:
        stopping.set()
        await asyncio.gather(*tasks)


async def settle(writer: Runtime, reader: Runtime) -> None:
    assert reader.bus is not None
    async with asyncio.timeout(30):
        while True:
            async with writer.db.read(system()) as conn:
                unsent = await outbox.pending(conn)
            if not unsent:
                async with reader.db.read(system()) as conn:
                    if not await consumer.lag(conn, reader.bus, reader.definition.subscriptions):
                        return
            await asyncio.sleep(0.02)


async def effects(reader: Runtime) -> Effects:
    async with reader.db.read(system()) as conn:
        rows = await conn.fetch("select owner, body from note order by ctid")
    return [(row["owner"], int(row["body"])) for row in rows]


async def test_an_event_arrives_once_in_the_order_of_its_aggregate(pair: tuple[Runtime, Runtime]) -> None:
    async with working(*pair):
        await asyncio.gather(*(emit(pair[0], "a", "b") for _ in range(40)))
        await settle(*pair)
    found = await effects(pair[1])
    for aggregate in "ab":
        assert [version for owner, version in found if owner == aggregate] == list(range(1, 41))


async def test_a_poison_event_parks_its_aggregate_only(pair: tuple[Runtime, Runtime]) -> None:
    async with working(*pair):
        await emit(pair[0], "good", "poison", "other", "poison", "good")
        await settle(*pair)
    assert await effects(pair[1]) == [("good", 1), ("other", 1), ("good", 2)]
    async with pair[1].db.read(system()) as conn:
        dead = await conn.fetch("select aggregate_id, error from dead_event order by seq")
    assert [row["aggregate_id"] for row in dead] == ["poison", "poison"]
    assert "no such assignment" in dead[0]["error"]
    assert dead[1]["error"] == "its aggregate is parked"


async def test_with_nats_away_writes_go_on_and_the_outbox_drains(
    pair: tuple[Runtime, Runtime], own_nats: NatsServer
) -> None:
    async with working(*pair):
        await emit(pair[0], "a")
        await settle(*pair)
        own_nats.kill()
        for _ in range(5):
            await emit(pair[0], "a")
        own_nats.start()
        await settle(*pair)
    assert await effects(pair[1]) == [("a", version) for version in range(1, 7)]


async def test_repeats_and_shuffled_deliveries_have_one_effect(pair: tuple[Runtime, Runtime]) -> None:
    writer, reader = pair
    await emit(writer, "a", "b", "a")
    async with writer.db.read(system()) as conn:
        rows = await outbox.unsent(conn, 10)
    deliveries = [inbox.Delivery(row["id"], row["subject"], outbox.envelope(row)) for row in rows]
    routes = consumer.routes_of(reader.definition.subscriptions)["EDUCATION"]
    for _ in range(10):
        await consumer.apply(reader, "EDUCATION", routes, deliveries)
        await consumer.apply(reader, "EDUCATION", routes, deliveries[::-1])
    assert sorted(await effects(reader)) == [("a", 1), ("a", 2), ("b", 1)]


async def test_a_recreated_stream_is_refused(pair: tuple[Runtime, Runtime], own_nats: NatsServer) -> None:
    writer, reader = pair
    async with working(*pair):
        await emit(writer, "a", "a")
        await settle(*pair)
    async with reader.db.transaction(system()) as conn:
        await conn.execute("update stream_cursor set stream_created = 'another'")
    with pytest.raises(consumer.StreamChanged, match="recreated"):
        await consumer.run_forever(reader, asyncio.Event())
