"""The reader's side in its own database: cursor, version gate, parked aggregates and dead events."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from plumbline_shared.database import Connection
from plumbline_shared.events import MalformedEvent, decode

CURSOR = "select seq, stream_created from stream_cursor where stream = $1"
START = "insert into stream_cursor (stream, seq, stream_created) values ($1, 0, $2) on conflict do nothing"
MOVE = "update stream_cursor set seq = $2 where stream = $1 and seq < $2"
LOCK = "select seq from stream_cursor where stream = $1 for update"
KNOWN = """
select wanted.id, coalesce(gate.version, 0) as version, parked.stream is not null as parked
from unnest($2::text[]) as wanted (id)
left join aggregate_gate gate on gate.stream = $1 and gate.aggregate_id = wanted.id
left join parked_aggregate parked on parked.stream = $1 and parked.aggregate_id = wanted.id
"""
CLOSE = """
with moved as (update stream_cursor set seq = $4 where stream = $1 and seq < $4)
insert into aggregate_gate (stream, aggregate_id, version)
select $1, aggregate_id, version from unnest($2::text[], $3::bigint[]) as admitted (aggregate_id, version)
on conflict (stream, aggregate_id) do update set version = excluded.version
"""
PARK = """
insert into parked_aggregate (stream, aggregate_id, since_seq) values ($1, $2, $3) on conflict do nothing
"""
BURY = """
insert into dead_event (stream, seq, event_id, subject, aggregate_id, body, error, failed_at)
values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing
"""
BURIED = """
select seq, subject, body from dead_event where stream = $1 and aggregate_id = $2 order by seq
"""
EXHUME = "delete from dead_event where stream = $1 and aggregate_id = $2"
UNPARK_ONE = "delete from parked_aggregate where stream = $1 and aggregate_id = $2"
RESET = "delete from stream_cursor where stream = $1"
FORGET_VERSIONS = "delete from aggregate_gate where stream = $1"
UNPARK = "delete from parked_aggregate where stream = $1"


@dataclass(frozen=True)
class Gate:
    """What has been applied of some aggregates, and who of them is parked; `admitted` is what this batch adds."""

    parked: frozenset[str]
    applied: Mapping[str, int]
    admitted: dict[str, int] = field(default_factory=dict[str, int])

    def admit(self, aggregate_id: str, version: int) -> bool:
        """Whether this version of the aggregate is new; a repeat or a straggler is not."""
        if version <= self.admitted.get(aggregate_id, self.applied.get(aggregate_id, 0)):
            return False
        self.admitted[aggregate_id] = version
        return True


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


async def open_gate(conn: Connection, stream: str, aggregates: Collection[str]) -> Gate:
    """What is known of these aggregates. Other consumers of the stream wait until this transaction ends."""
    await conn.execute(LOCK, stream)
    known = await conn.fetch(KNOWN, stream, aggregates)
    parked = frozenset(row["id"] for row in known if row["parked"])
    return Gate(parked, {row["id"]: row["version"] for row in known})


async def close_gate(conn: Connection, stream: str, gate: Gate, seq: int) -> None:
    """Remember what was admitted and advance the cursor to `seq`, in the transaction of the effects."""
    admitted = gate.admitted
    await conn.execute(CLOSE, stream, list(admitted), list(admitted.values()), seq)


async def bury(conn: Connection, stream: str, delivery: Delivery, error: str, at: datetime) -> None:
    """Set an event aside with its error, and park its aggregate."""
    event_id, aggregate_id = _identity(delivery)
    if aggregate_id:
        await conn.execute(PARK, stream, aggregate_id, delivery.seq)
    body = delivery.body.decode(errors="replace")
    await conn.execute(BURY, stream, delivery.seq, event_id, delivery.subject, aggregate_id, body, error, at)


async def exhume(conn: Connection, stream: str, aggregate_id: str) -> list[Delivery]:
    """Take back what was set aside of an aggregate, in order, and let its events through again."""
    await conn.execute(LOCK, stream)
    rows = await conn.fetch(BURIED, stream, aggregate_id)
    await conn.execute(EXHUME, stream, aggregate_id)
    await conn.execute(UNPARK_ONE, stream, aggregate_id)
    return [Delivery(row["seq"], row["subject"], row["body"].encode()) for row in rows]


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
