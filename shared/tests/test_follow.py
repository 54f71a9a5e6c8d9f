"""Following a stream: in order, from now or from a cursor, nothing missed and nothing twice."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime

import nats as client
import pytest
from plumbline_contracts.education.v1 import AssignmentCompleted, AssignmentWaived
from plumbline_shared.bus import Bus, Outgoing
from plumbline_shared.errors import Invalid
from plumbline_shared.events import EventMeta, data_of, encode, subject_of
from plumbline_shared.follow import Followed
from plumbline_shared.runtime import ServiceDefinition
from plumbline_shared.testing.nats import ADMIN, NatsServer
from plumbline_shared.testing.plugin import RuntimeFor

NOW = datetime(2026, 4, 1, tzinfo=UTC)
KINDS = [AssignmentCompleted]


@pytest.fixture
async def bus(runtime_for: RuntimeFor, notebook: ServiceDefinition) -> Bus:
    runtime = await runtime_for(replace(notebook, name="education"), bus=True)
    assert runtime.bus is not None
    await runtime.bus.declare_stream()
    return runtime.bus


async def publish(bus: Bus, *names: str) -> None:
    """An event each; one that begins with `w` is of a kind that nobody follows."""
    for name in names:
        kind = AssignmentWaived if name.startswith("w") else AssignmentCompleted
        event = kind(assignment_id=name)
        meta = EventMeta(f"ev_{name}", subject_of(event), name, 1, NOW, "D01")
        assert await bus.publish([Outgoing(meta.id, meta.subject, encode(meta, data_of(event)))]) == 1


async def take(events: AsyncIterator[Followed], count: int) -> list[tuple[int, str]]:
    async with asyncio.timeout(20):
        found = [await anext(events) for _ in range(count)]
    return [(at, event[0].aggregate_id if event else "") for at, event in found]


async def replayed(bus: Bus, after: int | None, count: int) -> Sequence[tuple[int, str]]:
    async with aclosing(bus.follow(KINDS, after)) as events:
        return await take(events, count)


async def test_from_now_and_then_from_where_it_was_left(bus: Bus) -> None:
    await publish(bus, "before")
    async with aclosing(bus.follow(KINDS, None)) as events:
        assert await take(events, 1) == [(1, "")]
        await publish(bus, "a", "w", "b")
        assert await take(events, 2) == [(2, "a"), (4, "b")]
    await publish(bus, "c")
    assert await replayed(bus, 2, 3) == [(2, ""), (4, "b"), (5, "c")]
    assert await replayed(bus, 0, 5) == [(0, ""), (1, "before"), (2, "a"), (4, "b"), (5, "c")]
    assert await replayed(bus, 5, 1) == [(5, "")]


@pytest.mark.parametrize("after", [-2, 6, 2**60])
async def test_a_position_that_the_stream_does_not_have(bus: Bus, after: int) -> None:
    await publish(bus, "a")
    with pytest.raises(Invalid) as refusal:
        await replayed(bus, after, 1)
    assert list(refusal.value.path) == ["after"]


async def test_a_lost_consumer_loses_nothing(bus: Bus, own_nats: NatsServer) -> None:
    admin = await client.connect(own_nats.url(ADMIN))
    try:
        async with aclosing(bus.follow(KINDS, None)) as events:
            await take(events, 1)
            await publish(bus, "a")
            assert await take(events, 1) == [(1, "a")]
            jetstream = admin.jetstream()
            for one in await jetstream.consumers_info("EDUCATION"):
                await jetstream.delete_consumer("EDUCATION", one.name)
            await publish(bus, "b", "c")
            assert await take(events, 2) == [(2, "b"), (3, "c")]
    finally:
        await admin.close()
