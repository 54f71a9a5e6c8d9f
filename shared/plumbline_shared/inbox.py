"""The reader's side in its own database: cursor, version gate, parked aggregates and dead events."""

from dataclasses import dataclass
from datetime import datetime

from plumbline_shared.database import Connection
from plumbline_shared.events import MalformedEvent, decode

CURSOR = "select seq, stream_created from stream_cursor where stream = $1"
START = "insert into stream_cursor (stream, seq, stream_created) values ($1, 0, $2) on conflict do nothing"
MOVE = "update stream_cursor set seq = $2 where stream = $1 and seq < $2"
ADMIT = """
insert into aggregate_gate (stream, aggregate_id, version) values ($1, $2, $3)
on conflict (stream, aggregate_id) do update set version = excluded.version
where aggregate_gate.version < excluded.version
returning true
"""
PARKED = "select aggregate_id from parked_aggregate where stream = $1"
PARK = """
insert into parked_aggregate (stream, aggregate_id, since_seq) values ($1, $2, $3) on conflict do nothing
"""
BURY = """
insert into dead_event (stream, seq, event_id, subject, aggregate_id, body, error, failed_at)
values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing
"""
RESET = "delete from stream_cursor where stream = $1"
FORGET_VERSIONS = "delete from aggregate_gate where stream = $1"
UNPARK = "delete from parked_aggregate where stream = $1"


@dataclass(frozen=True)
class Delivery:
    """One message of a stream, undecoded."""

    seq: int
    subject: str
    body: bytes


async def cursor(conn: Connection, stream: str) -> tuple[int, str | None]:
    """The last sequence applied and when the stream was created; (0, None) before the first read."""
    row = await conn.fetchrow(CURSOR, stream)
    return (row["seq"], row["stream_created"]) if row else (0, None)


async def start(conn: Connection, stream: str, created: str) -> None:
    """Begin at the stream's first message."""
    await conn.execute(START, stream, created)


async def move(conn: Connection, stream: str, seq: int) -> None:
    """Advance the cursor, in the transaction of the effect."""
    await conn.execute(MOVE, stream, seq)


async def admit(conn: Connection, stream: str, aggregate_id: str, version: int) -> bool:
    """Whether this version of the aggregate is new; a repeat or a straggler is not."""
    return bool(await conn.fetchval(ADMIT, stream, aggregate_id, version))


async def parked(conn: Connection, stream: str) -> set[str]:
    """Aggregates that wait for a person because one of their events failed."""
    return {row["aggregate_id"] for row in await conn.fetch(PARKED, stream)}


async def bury(conn: Connection, stream: str, delivery: Delivery, error: str, at: datetime) -> None:
    """Set an event aside with its error, and park its aggregate."""
    event_id, aggregate_id = _identity(delivery)
    if aggregate_id:
        await conn.execute(PARK, stream, aggregate_id, delivery.seq)
    body = delivery.body.decode(errors="replace")
    await conn.execute(BURY, stream, delivery.seq, event_id, delivery.subject, aggregate_id, body, error, at)


async def rebuild(conn: Connection, stream: str) -> None:
    """Forget all that was read of `stream`; truncate the projection in the same transaction."""
    for statement in (RESET, FORGET_VERSIONS, UNPARK):
        await conn.execute(statement, stream)


def _identity(delivery: Delivery) -> tuple[str, str]:
    try:
        meta, _ = decode(delivery.body)
    except MalformedEvent:
        return "", ""
    return meta.id, meta.aggregate_id
