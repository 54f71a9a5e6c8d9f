"""Timers: rows claimed with SKIP LOCKED, deleted in the transaction of their effect."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg
import msgspec

from plumbline_shared.clock import Clock
from plumbline_shared.database import AWAY, Connection, Database
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

log = logging.getLogger(__name__)

NEXT_DUE = """
select id, bureau_id, kind, ref, fire_at, payload::text as payload from timer
where fire_at <= $1 order by fire_at, id limit 1 for update skip locked
"""
REMOVE = "delete from timer where id = $1"
BURY = """
with gone as (delete from timer where id = $1 returning *)
insert into dead_timer (id, bureau_id, kind, ref, fire_at, payload, error, failed_at)
select id, bureau_id, kind, ref, fire_at, payload, $2, $3 from gone
"""
COUNT_DUE = "select count(*) from timer where fire_at <= $1"
NEXT_FIRE_AT = "select min(fire_at) from timer"

POLL_SECONDS = 1.0


@dataclass(frozen=True)
class Timer:
    """Something that fell due: `ref` is the object, `fire_at` the true instant, however late it runs."""

    id: str
    bureau_id: str | None
    kind: str
    ref: str
    fire_at: datetime
    payload: Mapping[str, Any]


TimerHandler = Callable[[Uow, Timer], Awaitable[None]]
Timers = Mapping[str, TimerHandler]


class HandlerFailed(Exception):
    """A timer's handler raised; carries the timer so that it can be set aside."""

    def __init__(self, timer: Timer) -> None:
        super().__init__(timer.id)
        self.timer = timer


async def run_due(db: Database, clock: Clock, handlers: Timers) -> int:
    """Fire every due timer in order of time and return how many; a failing one is set aside with its error."""
    fired = 0
    while True:
        try:
            if not await _fire_next(db, clock, handlers):
                return fired
        except HandlerFailed as failure:
            await _bury(db, clock, failure)
        fired += 1


async def count_due(conn: Connection, now: datetime) -> int:
    """How many timers should have fired by `now` and have not."""
    return await conn.fetchval(COUNT_DUE, now)


async def next_fire_at(conn: Connection) -> datetime | None:
    """When the next timer falls due: a time-lapse stops there."""
    return await conn.fetchval(NEXT_FIRE_AT)


async def run_forever(db: Database, clock: Clock, handlers: Timers, stopping: asyncio.Event) -> None:
    """Poll until `stopping`; a database that is away is waited for."""
    pause = 0.05 if clock.settable else POLL_SECONDS
    while not stopping.is_set():
        try:
            await run_due(db, clock, handlers)
        except AWAY as error:
            log.warning("timers wait for the database: %s", type(error).__name__)
        try:
            await asyncio.wait_for(stopping.wait(), pause)
        except TimeoutError:
            continue


async def _fire_next(db: Database, clock: Clock, handlers: Timers) -> bool:
    async with db.transaction(system()) as conn:
        row = await conn.fetchrow(NEXT_DUE, clock.now())
        if row is None:
            return False
        timer = _timer(row)
        await conn.execute("select set_config('plumbline.bureau', $1, true)", timer.bureau_id or "")
        await conn.execute(REMOVE, timer.id)
        try:
            await handlers[timer.kind](Uow(conn, system(timer.bureau_id), timer.fire_at), timer)
        except AWAY:
            raise
        except Exception as error:
            raise HandlerFailed(timer) from error
        return True


async def _bury(db: Database, clock: Clock, failure: HandlerFailed) -> None:
    log.error("timer %s %s failed and was set aside", failure.timer.kind, failure.timer.id, exc_info=failure)
    async with db.transaction(system()) as conn:
        await conn.execute(BURY, failure.timer.id, repr(failure.__cause__), clock.now())


def _timer(row: asyncpg.Record) -> Timer:
    return Timer(
        row["id"],
        row["bureau_id"],
        row["kind"],
        row["ref"],
        row["fire_at"],
        msgspec.json.decode(row["payload"]),
    )
