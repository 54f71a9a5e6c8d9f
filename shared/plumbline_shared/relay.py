"""The relay: one leader per database moves events from the outbox to the stream, in order."""

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from nats.errors import Error as NatsError

from plumbline_shared import database, outbox
from plumbline_shared.bus import Bus, Outgoing
from plumbline_shared.clock import SystemClock
from plumbline_shared.database import Connection

if TYPE_CHECKING:
    from plumbline_shared.runtime import Runtime

log = logging.getLogger(__name__)

BATCH = 500
POLL_SECONDS = 1.0
RETRY_SECONDS = 0.25
SWEEP_SECONDS = 3_600.0
LEADER_LOCK = 7_586_253_418
TRY_LEAD = "select pg_try_advisory_lock($1)"
LAZY_MARKS = "set synchronous_commit = off"  # a mark lost in a crash only sends the event again

AWAY = (*database.AWAY, NatsError)


async def run_forever(runtime: "Runtime", stopping: asyncio.Event) -> None:
    """Lead whenever nobody else does; wait out a database or a NATS that is away."""
    if runtime.bus is None:
        return
    while not stopping.is_set():
        try:
            await _lead(runtime, runtime.bus, stopping)
        except AWAY as error:
            log.warning("relay waits: %s", type(error).__name__)
        await _sleep(stopping, RETRY_SECONDS)


async def drain(conn: Connection, bus: Bus) -> int:
    """Send one batch; rows are marked up to the first failure only. Returns how many were sent."""
    rows = await outbox.unsent(conn, BATCH)
    if not rows:
        return 0
    sent = await bus.publish(
        [Outgoing(row["event_id"], row["subject"], outbox.envelope(row)) for row in rows]
    )
    await outbox.mark_sent(conn, [row["id"] for row in rows[:sent]], SystemClock().now())
    return sent


async def _lead(runtime: "Runtime", bus: Bus, stopping: asyncio.Event) -> None:
    client = await _connected(bus, stopping)
    if not client:
        return
    await bus.declare_stream()
    async with runtime.db.pool.acquire() as conn:
        if not await conn.fetchval(TRY_LEAD, LEADER_LOCK):
            await _sleep(stopping, POLL_SECONDS)
            return
        await conn.execute(LAZY_MARKS)
        bus.doubt()
        wake = asyncio.Event()

        def woken(*_: object) -> None:
            wake.set()

        await conn.add_listener(outbox.CHANNEL, woken)
        try:
            await _relay(conn, bus, wake, stopping)
        finally:
            conn.terminate()  # and with the session end its lock, its listener and its settings


async def _relay(conn: Connection, bus: Bus, wake: asyncio.Event, stopping: asyncio.Event) -> None:
    swept = -SWEEP_SECONDS
    while True:
        wake.clear()
        if time.monotonic() - swept > SWEEP_SECONDS:
            await outbox.forget_old(conn, SystemClock().now())
            swept = time.monotonic()
        if await drain(conn, bus):
            continue
        if stopping.is_set():
            return
        waiters = [asyncio.create_task(wake.wait()), asyncio.create_task(stopping.wait())]
        await asyncio.wait(waiters, timeout=POLL_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        for waiter in waiters:
            waiter.cancel()


async def _connected(bus: Bus, stopping: asyncio.Event) -> bool:
    """Wait for NATS, or for the end."""
    waiters = [asyncio.create_task(bus.client()), asyncio.create_task(stopping.wait())]
    await asyncio.wait(waiters, return_when=asyncio.FIRST_COMPLETED)
    connected = waiters[0].done() and waiters[0].exception() is None
    for waiter in waiters:
        waiter.cancel()
    return connected


async def _sleep(stopping: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stopping.wait(), seconds)
    except TimeoutError:
        return
