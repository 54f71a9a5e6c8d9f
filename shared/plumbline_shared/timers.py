"""Timers: rows claimed in batches with SKIP LOCKED, each gone in the transaction of its effect."""

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
from plumbline_shared.use_case import NEVER, Uow

log = logging.getLogger(__name__)

CLAIM = """
with due as materialized (
  select id, bureau_id, kind, ref, fire_at, payload::text as payload from timer
  where fire_at <= $1 order by fire_at, id limit $2 for update skip locked
)
select * from due where (
  select earlier.id from timer earlier
  where earlier.ref = due.ref and (earlier.fire_at, earlier.id) < (due.fire_at, due.id)
    and earlier.id <> all (array(select id from due))
  limit 1
) is null
order by fire_at, id
"""
YIELD_TO_OTHERS = "select set_config('lock_timeout', '200ms', true)"
ACT_FOR = "select set_config('plumbline.bureau', $1, true)"
REMOVE = "delete from timer where id = any($1::text[])"
BURY = """
with gone as (delete from timer where id = $1 returning *)
insert into dead_timer (id, bureau_id, kind, ref, fire_at, payload, error, failed_at)
select id, bureau_id, kind, ref, fire_at, payload, $2, $3 from gone
"""
COUNT_DUE = "select count(*) from timer where fire_at <= $1"
NEXT_FIRE_AT = "select min(fire_at) from timer"

POLL_SECONDS = 1.0
BATCH = 200
BATCH_SECONDS = 0.25


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
    """Fire every due timer in order of time and return how many; a failing one is set aside with its error.

    Any number of workers may run this at once: each timer fires once, and those of one `ref` in their order.
    """
    fired = 0
    while done := await _fire_batch(db, clock, handlers):
        fired += done
    return fired


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
        except (*AWAY, asyncpg.TransactionRollbackError) as error:
            log.warning("timers wait for the database: %s", type(error).__name__)
        try:
            await asyncio.wait_for(stopping.wait(), pause)
        except TimeoutError:
            continue


async def _fire_batch(db: Database, clock: Clock, handlers: Timers) -> int:
    """Many timers in one transaction; when one of them fails nothing of it happened, and each fires alone."""
    try:
        return await _fire(db, clock, handlers, BATCH)
    except HandlerFailed as failure:
        log.warning("timers fire one by one: %s %s failed", failure.timer.kind, failure.timer.id)
    fired = 0
    while fired < BATCH:
        try:
            if not await _fire(db, clock, handlers, 1):
                break
        except HandlerFailed as failure:
            await _bury(db, clock, failure)
        fired += 1
    return fired


async def _fire(db: Database, clock: Clock, handlers: Timers, most: int) -> int:
    """Fire at most `most` timers and return how many; 0 when none is due that is not in other hands.

    The rest waits for the next claim once a handler changed what comes before it, or locks were held for long.
    """
    time, bureau, changed_from, fired = asyncio.get_running_loop().time, "", NEVER, list[str]()
    async with db.transaction(system()) as conn:
        timers = [_timer(row) for row in await conn.fetch(CLAIM, clock.now(), most)]
        if len(timers) > 1:
            await conn.execute(YIELD_TO_OTHERS)
        until = time() + BATCH_SECONDS
        for timer in timers:
            if fired and (time() > until or changed_from <= timer.fire_at):
                break
            if (timer.bureau_id or "") != bureau:
                bureau = timer.bureau_id or ""
                await conn.execute(ACT_FOR, bureau)
            uow = Uow(conn, system(timer.bureau_id), timer.fire_at)
            await _handle(uow, timer, handlers, alone=most == 1)
            fired.append(timer.id)
            changed_from = min(changed_from, uow.timers_changed_from)
        await conn.execute(REMOVE, fired)
    return len(fired)


async def _handle(uow: Uow, timer: Timer, handlers: Timers, *, alone: bool) -> None:
    try:
        await handlers[timer.kind](uow, timer)
    except AWAY:
        raise
    except asyncpg.TransactionRollbackError as error:
        if alone:
            raise
        raise HandlerFailed(timer) from error
    except Exception as error:
        raise HandlerFailed(timer) from error


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
