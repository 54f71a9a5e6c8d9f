"""The consumer by itself, on real PostgreSQL: who it is for a handler, what it refuses, what it does twice."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_contracts.education.v1 import AssignmentCompleted
from plumbline_shared import consumer, inbox
from plumbline_shared.events import EventMeta, data_of, encode, subject_of
from plumbline_shared.inbox import Delivery
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime, ServiceDefinition
from plumbline_shared.testing.nats import NatsServer
from plumbline_shared.testing.plugin import RuntimeFor
from plumbline_shared.use_case import Uow

STREAM, SUBJECT = "EDUCATION", subject_of(AssignmentCompleted)
NOW = datetime(2026, 4, 1, tzinfo=UTC)
WHO = "select concat_ws(' ', plumbline_actor(), plumbline_bureau())"


async def on_completed(uow: Uow, event: AssignmentCompleted) -> None:
    if event.assignment_id == "poison":
        raise LookupError("no such assignment")
    await put_right(uow, event)


async def put_right(uow: Uow, event: AssignmentCompleted) -> None:
    assert uow.event is not None
    if event.assignment_id == "impostor":
        await uow.conn.execute("select set_config('plumbline.bureau', 'D99', true)")
    who = await uow.conn.fetchval(WHO)
    note = (uow.event.id, uow.event.bureau_id, f"{uow.event.aggregate_id} {uow.event.version}", who)
    await uow.conn.execute("insert into note values ($1, $2, $3, $4)", *note)


@pytest.fixture
async def reader(runtime_for: RuntimeFor, notebook: ServiceDefinition) -> Runtime:
    definition = replace(notebook, name="performance", subscriptions={AssignmentCompleted: on_completed})
    runtime = await runtime_for(definition)
    async with runtime.db.transaction(system()) as conn:
        await inbox.start(conn, STREAM, "today")
    return runtime


def delivery(seq: int, aggregate: str, version: int, bureau: str = "D01") -> Delivery:
    meta = EventMeta(f"ev_{aggregate}_{version}", SUBJECT, aggregate, version, NOW, bureau)
    return Delivery(seq, SUBJECT, encode(meta, data_of(AssignmentCompleted(assignment_id=aggregate))))


async def apply(reader: Runtime, *deliveries: Delivery) -> None:
    routes = consumer.routes_of(reader.definition.subscriptions)[STREAM]
    await consumer.apply(reader, STREAM, routes, deliveries)


async def notes(reader: Runtime) -> list[tuple[str, str]]:
    async with reader.db.read(system()) as conn:
        return [tuple(row) for row in await conn.fetch("select owner, body from note order by ctid")]


async def position(reader: Runtime) -> int:
    async with reader.db.read(system()) as conn:
        return (await inbox.cursor(conn, STREAM))[0]


async def test_a_handler_acts_as_the_service_in_the_bureau_of_its_event(reader: Runtime) -> None:
    await apply(reader, delivery(1, "a", 1, "D01"), delivery(2, "b", 1, "D02"), delivery(3, "a", 2, "D01"))
    assert await notes(reader) == [("a 1", "system D01"), ("b 1", "system D02"), ("a 2", "system D01")]


async def test_what_one_handler_does_to_the_identity_does_not_reach_the_next(reader: Runtime) -> None:
    await apply(reader, delivery(1, "impostor", 1), delivery(2, "b", 1))
    assert (await notes(reader))[1] == ("b 1", "system D01")


async def test_an_envelope_that_is_none_is_set_aside_and_the_rest_goes_on(reader: Runtime) -> None:
    await apply(reader, delivery(1, "a", 1), Delivery(2, SUBJECT, b"\xffnot an event"), delivery(3, "a", 2))
    assert [note for note, _ in await notes(reader)] == ["a 1", "a 2"]
    async with reader.db.read(system()) as conn:
        dead = await conn.fetch("select seq, aggregate_id from dead_event")
    assert [tuple(row) for row in dead] == [(2, "")]
    assert await position(reader) == 3


async def test_the_cursor_moves_with_the_effect_even_past_a_poison_event(reader: Runtime) -> None:
    await apply(reader, delivery(4, "a", 1), delivery(7, "poison", 1))
    assert await position(reader) == 7
    await apply(reader, delivery(9, "poison", 2))
    assert await position(reader) == 9
    assert [note for note, _ in await notes(reader)] == ["a 1"]


async def test_two_consumers_with_the_same_batch_have_one_effect(reader: Runtime) -> None:
    batch = [delivery(seq, f"a{seq % 3}", seq // 3 + 1) for seq in range(30)]
    await asyncio.gather(*(apply(reader, *batch) for _ in range(4)))
    assert sorted(note for note, _ in await notes(reader)) == sorted(
        f"a{seq % 3} {seq // 3 + 1}" for seq in range(30)
    )


async def test_a_database_that_fails_is_no_poison(reader: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        raise asyncpg.DeadlockDetectedError("deadlock detected")

    with monkeypatch.context() as patch:
        patch.setattr(inbox, "close_gate", broken)
        with pytest.raises(asyncpg.DeadlockDetectedError):
            await apply(reader, delivery(1, "a", 1))
    assert (await notes(reader), await position(reader)) == ([], 0)
    await apply(reader, delivery(1, "a", 1))
    assert len(await notes(reader)) == 1


async def test_a_rebuild_applies_everything_again(reader: Runtime) -> None:
    await apply(reader, delivery(1, "a", 1), delivery(2, "poison", 1))
    async with reader.db.transaction(system()) as conn:
        await inbox.rebuild(conn, STREAM)
        await inbox.start(conn, STREAM, "today")
    again = replace(delivery(1, "a", 1), body=delivery(1, "a", 1).body.replace(b"ev_a_1", b"ev_again"))
    await apply(reader, again, delivery(2, "poison", 1))
    assert [note for note, _ in await notes(reader)] == ["a 1", "a 1"]
    assert await position(reader) == 2


async def test_a_parked_aggregate_is_let_through_once_its_cause_is_put_right(reader: Runtime) -> None:
    await apply(reader, delivery(1, "poison", 1), delivery(2, "a", 1), delivery(3, "poison", 2))
    with pytest.raises(LookupError):
        await consumer.retry_parked(reader, STREAM, "poison")
    await apply(reader, delivery(4, "poison", 3))
    assert [note for note, _ in await notes(reader)] == ["a 1"]

    reader.definition = replace(reader.definition, subscriptions={AssignmentCompleted: put_right})
    assert await consumer.retry_parked(reader, STREAM, "poison") == 3
    assert [note for note, _ in await notes(reader)] == ["a 1", "poison 1", "poison 2", "poison 3"]
    await apply(reader, delivery(5, "poison", 4))
    assert [note for note, _ in await notes(reader)][-1] == "poison 4"
    assert await consumer.retry_parked(reader, STREAM, "poison") == 0
    assert await position(reader) == 5


HISTORY = st.lists(st.sampled_from("abc"), min_size=1, max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORY, cuts=st.lists(st.integers(0, 12), max_size=6))
async def test_any_redelivery_from_any_earlier_point_has_one_effect(
    reader: Runtime, history: list[str], cuts: list[int]
) -> None:
    """After a crash the stream is read again from an earlier position, in order: nothing happens twice."""
    async with reader.db.transaction(system()) as conn:
        run = await conn.fetchval("select count(*) from note")
        await conn.execute("update stream_cursor set seq = 0")
    batch = [
        delivery(seq + 1, f"{run}{name}", history[: seq + 1].count(name)) for seq, name in enumerate(history)
    ]
    for cut in [*cuts, 0]:
        await apply(reader, *(batch[cut:] if cut == 0 else batch[:cut]) or batch[:1])
    found = [note for note, _ in (await notes(reader))[run:]]
    assert found == [f"{run}{name} {history[: n + 1].count(name)}" for n, name in enumerate(history)]


async def test_a_stream_that_ends_before_the_cursor_is_refused(
    runtime_for: RuntimeFor, notebook: ServiceDefinition, own_nats: NatsServer
) -> None:
    writer = await runtime_for(replace(notebook, name="education"), bus=True)
    reading = replace(notebook, name="performance", subscriptions={AssignmentCompleted: on_completed})
    reader = await runtime_for(reading, bus=True)
    assert writer.bus is not None
    assert reader.bus is not None
    await writer.bus.declare_stream()
    created = str((await (await reader.bus.jetstream()).stream_info(STREAM)).created)
    async with reader.db.transaction(system()) as conn:
        await inbox.start(conn, STREAM, created)
        await inbox.move(conn, STREAM, 41)
    with pytest.raises(consumer.StreamChanged, match="ends at 0, before our cursor 41"):
        await consumer.run_forever(reader, asyncio.Event())
