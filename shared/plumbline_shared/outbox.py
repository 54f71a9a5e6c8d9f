"""The outbox: an event is a row of the business transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import asyncpg
from google.protobuf.message import Message

from plumbline_shared.database import Connection
from plumbline_shared.events import EventMeta, data_of, encode, subject_of
from plumbline_shared.ids import new_id
from plumbline_shared.telemetry import traceparent

CHANNEL = "plumbline_outbox"
KEEP_SENT = timedelta(days=30)

EMIT = """
with next as (
  insert into aggregate_version (aggregate_id, version) values ($3, 1)
  on conflict (aggregate_id) do update set version = aggregate_version.version + 1
  returning version
), wake as (
  select pg_notify('plumbline_outbox', '')
)
insert into outbox
  (event_id, subject, aggregate_id, aggregate_version, bureau_id, occurred_at, traceparent, data)
select $1, $2, $3, next.version, $4, $5, $6, $7 from next, wake
"""
UNSENT = """
select id, event_id, subject, aggregate_id, aggregate_version, bureau_id, occurred_at, traceparent, data
from outbox where sent_at is null order by id limit $1
"""
MARK_SENT = "update outbox set sent_at = $2 where id = any($1)"
COUNT_UNSENT = "select count(*) from outbox where sent_at is null"
FORGET = "delete from outbox where sent_at < $1"
RESEND = "update outbox set sent_at = null where sent_at >= $1"

MOST_BYTES = 512 * 1024


class EventTooLarge(ValueError):
    """An event is a fact, not a document: publish an id and let the reader ask for the rest."""


async def emit(
    conn: Connection, aggregate_id: str, message: Message, *, bureau_id: str, time: datetime
) -> None:
    """Record `message` as the next event of its aggregate; it is published when the transaction commits."""
    data, subject = data_of(message), subject_of(message)
    if len(data.encode()) > MOST_BYTES:
        raise EventTooLarge(f"{subject} of {aggregate_id} is over {MOST_BYTES} bytes")
    await conn.execute(EMIT, new_id("ev"), subject, aggregate_id, bureau_id, time, traceparent(), data)


async def unsent(conn: Connection, limit: int) -> list[asyncpg.Record]:
    """The oldest events that are not known to be in the stream, in order."""
    return await conn.fetch(UNSENT, limit)


async def mark_sent(conn: Connection, ids: Sequence[int], at: datetime) -> None:
    """Note that the stream has acknowledged these rows."""
    await conn.execute(MARK_SENT, ids, at)


async def pending(conn: Connection) -> int:
    """How many events wait to be sent."""
    return await conn.fetchval(COUNT_UNSENT)


async def forget_old(conn: Connection, now: datetime) -> None:
    """Delete rows that were sent more than 30 days ago."""
    await conn.execute(FORGET, now - KEEP_SENT)


async def resend(conn: Connection, since: datetime) -> int:
    """Have what was sent since then sent again, in order, and return how many: readers skip what they know."""
    return int((await conn.execute(RESEND, since)).rpartition(" ")[2])


def envelope(row: asyncpg.Record) -> bytes:
    """The row as it goes on the wire."""
    meta = EventMeta(
        row["event_id"],
        row["subject"],
        row["aggregate_id"],
        row["aggregate_version"],
        row["occurred_at"],
        row["bureau_id"],
        row["traceparent"],
    )
    return encode(meta, row["data"])
