"""The consumer: effect, aggregate version and stream position commit in one transaction of the reader's database."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import asyncpg
from google.protobuf.message import Message
from nats.js.errors import NotFoundError
from opentelemetry.trace import SpanKind

from plumbline_shared import inbox
from plumbline_shared.bus import Bus, stream_of
from plumbline_shared.database import Connection, identify
from plumbline_shared.events import EventMeta, decode, message_of, subject_of
from plumbline_shared.inbox import Delivery
from plumbline_shared.principal import system
from plumbline_shared.pull import Feed, stream_state
from plumbline_shared.relay import AWAY, RETRY_SECONDS
from plumbline_shared.telemetry import context_of, tracer
from plumbline_shared.use_case import Uow

if TYPE_CHECKING:
    from plumbline_shared.runtime import EventHandler, Runtime

log = logging.getLogger(__name__)

BATCH = 500
RETRYABLE = (
    *AWAY,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.LockNotAvailableError,
    asyncpg.InsufficientResourcesError,
)

Routes = Mapping[str, "tuple[type[Message], EventHandler]"]


class StreamChanged(Exception):
    """The stream was recreated or ends before our cursor: restore it from the outboxes, then reset the cursor."""


def routes_of(subscriptions: Mapping[type[Message], "EventHandler"]) -> dict[str, Routes]:
    """Handlers by stream, then by subject."""
    streams: dict[str, dict[str, tuple[type[Message], EventHandler]]] = {}
    for kind, handler in subscriptions.items():
        subject = subject_of(kind)
        streams.setdefault(stream_of(subject), {})[subject] = (kind, handler)
    return dict(streams)


async def run_forever(runtime: "Runtime", stopping: asyncio.Event) -> None:
    """Follow every stream that the service subscribes to. Raises StreamChanged when one is not what it was."""
    bus = runtime.bus
    if bus is None:
        return
    followers = [
        asyncio.create_task(_follow(runtime, bus, stream, routes, stopping))
        for stream, routes in routes_of(runtime.definition.subscriptions).items()
    ]
    try:
        await asyncio.gather(*followers)
    finally:
        for follower in followers:
            follower.cancel()


async def lag(conn: Connection, bus: Bus, subscriptions: Mapping[type[Message], "EventHandler"]) -> int:
    """How many subscribed subjects have an event beyond the cursor; 0 means all is read."""
    behind = 0
    jetstream = await bus.jetstream()
    for stream, routes in routes_of(subscriptions).items():
        position = (await inbox.cursor(conn, stream))[0]
        for subject in routes:
            try:
                last = await jetstream.get_last_msg(stream, subject)
            except NotFoundError:
                continue
            behind += (last.seq or 0) > position
    return behind


async def _follow(runtime: "Runtime", bus: Bus, stream: str, routes: Routes, stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        try:
            await _read(runtime, bus, stream, routes, stopping)
        except (*RETRYABLE, NotFoundError) as error:
            log.info("consumer of %s waits: %s", stream, type(error).__name__)
        try:
            await asyncio.wait_for(stopping.wait(), RETRY_SECONDS)
        except TimeoutError:
            continue


async def _read(runtime: "Runtime", bus: Bus, stream: str, routes: Routes, stopping: asyncio.Event) -> None:
    client = await asyncio.wait_for(bus.client(), 5)
    position = await _position(runtime, bus, stream)
    async with Feed(client, await bus.jetstream(), stream, sorted(routes), position) as feed:
        while not stopping.is_set():
            batch = await feed.batch(BATCH, stopping)
            if batch:
                await apply(runtime, stream, routes, batch)


async def _position(runtime: "Runtime", bus: Bus, stream: str) -> int:
    """The cursor, after a check that the stream is the one it belongs to."""
    created, last_seq = await stream_state(await bus.jetstream(), stream)
    async with runtime.db.transaction(system()) as conn:
        position, known = await inbox.cursor(conn, stream)
        if known is None:
            await inbox.start(conn, stream, created)
        elif known != created or last_seq < position:
            raise StreamChanged(
                f"{stream} was recreated or ends at {last_seq}, before our cursor {position}: publish the kept "
                "outbox rows again or restore the stream, then reset the cursor"
            )
    return position


async def apply(runtime: "Runtime", stream: str, routes: Routes, batch: Sequence[Delivery]) -> None:
    """All of `batch` in one transaction; if one event fails, one by one, and the failing one is set aside."""
    try:
        await _apply_together(runtime, stream, routes, batch)
    except RETRYABLE:
        raise
    except Exception as error:
        if len(batch) > 1:
            for delivery in batch:
                await apply(runtime, stream, routes, [delivery])
            return
        log.exception("event %s %s was set aside", stream, batch[0].seq)
        async with runtime.db.transaction(system()) as conn:
            await inbox.bury(conn, stream, batch[0], repr(error), runtime.clock.now())
            await inbox.move(conn, stream, batch[0].seq)


async def retry_parked(runtime: "Runtime", stream: str, aggregate_id: str) -> int:
    """Apply the events of a parked aggregate after their cause was put right; returns how many.

    All of them or none: a handler that still fails raises, and the aggregate stays parked.
    """
    routes = routes_of(runtime.definition.subscriptions)[stream]
    async with runtime.db.transaction(system()) as conn:
        buried = await inbox.exhume(conn, stream, aggregate_id)
        if buried:
            await _apply_in(conn, runtime, stream, routes, buried)
    return len(buried)


async def _apply_together(runtime: "Runtime", stream: str, routes: Routes, batch: Sequence[Delivery]) -> None:
    async with runtime.db.transaction(system()) as conn:
        await _apply_in(conn, runtime, stream, routes, batch)


async def _apply_in(
    conn: Connection, runtime: "Runtime", stream: str, routes: Routes, batch: Sequence[Delivery]
) -> None:
    arrived = [(delivery, *decode(delivery.body)) for delivery in batch]
    gate = await inbox.open_gate(conn, stream, {meta.aggregate_id for _, meta, _ in arrived})
    for delivery, meta, data in arrived:
        if meta.aggregate_id in gate.parked:
            await inbox.bury(conn, stream, delivery, "its aggregate is parked", runtime.clock.now())
        elif gate.admit(meta.aggregate_id, meta.version):
            await _handle(runtime, conn, meta, data, routes)
    await inbox.close_gate(conn, stream, gate, batch[-1].seq)


async def _handle(runtime: "Runtime", conn: Connection, meta: EventMeta, data: bytes, routes: Routes) -> None:
    kind, handler = routes[meta.subject]
    actor = system(meta.bureau_id)
    await identify(conn, actor)
    remote = context_of({"traceparent": meta.traceparent} if meta.traceparent else {})
    with tracer.start_as_current_span(f"handle {meta.subject}", context=remote, kind=SpanKind.CONSUMER):
        await handler(Uow(conn, actor, runtime.clock.now(), meta), message_of(kind, data))
