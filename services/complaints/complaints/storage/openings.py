"""Requests for an informant's identity, and the log of everything done with a sealed case."""

from dataclasses import dataclass
from datetime import datetime

import asyncpg
from plumbline_shared.database import Connection
from plumbline_shared.ids import new_id


@dataclass(frozen=True)
class Opening:
    """One request: who asked, who agreed, and the share that the second officer passed on."""

    id: str
    report_id: str
    bureau_id: str
    requested_by: str
    requested_at: datetime
    reason: bytes
    approved_by: str | None = None
    share: bytes | None = None
    read_at: datetime | None = None


ADD_OPENING = """
insert into identity_opening (id, report_id, bureau_id, requested_by, requested_at, reason)
values ($1, $2, $3, $4, $5, $6)
"""


async def add_opening(conn: Connection, one: Opening) -> None:
    """Store a request with its sealed reason."""
    await conn.execute(
        ADD_OPENING, one.id, one.report_id, one.bureau_id, one.requested_by, one.requested_at, one.reason
    )


LOCK_OPENING = """
select id, report_id, bureau_id, requested_by, requested_at, reason, approved_by, share, read_at
from identity_opening where id = $1 for update
"""


async def lock_opening(conn: Connection, opening_id: str) -> Opening | None:
    """The request, locked; None for whoever has no part in it."""
    row = await conn.fetchrow(LOCK_OPENING, opening_id)
    return None if row is None else _opening(row)


LIST_OPENINGS = """
select id, report_id, bureau_id, requested_by, requested_at, reason, approved_by, share, read_at
from identity_opening where read_at is null order by requested_at limit $1
"""


async def list_openings(conn: Connection, limit: int) -> list[Opening]:
    """Unread requests that the reader made or may approve."""
    return [_opening(row) for row in await conn.fetch(LIST_OPENINGS, limit)]


APPROVE_OPENING = "update identity_opening set approved_by = $2, approved_at = $3, share = $4 where id = $1"


async def approve_opening(conn: Connection, opening_id: str, by: str, at: datetime, share: bytes) -> None:
    """Pass the second share, wrapped for the requester, on."""
    await conn.execute(APPROVE_OPENING, opening_id, by, at, share)


MARK_READ = "update identity_opening set read_at = $2, share = null where id = $1"


async def mark_read(conn: Connection, opening_id: str, at: datetime) -> None:
    """The identity was read; the share is gone."""
    await conn.execute(MARK_READ, opening_id, at)


LOG = "insert into sealed_log (id, report_id, bureau_id, actor, action, at) values ($1, $2, $3, $4, $5, $6)"


async def log_step(
    conn: Connection, report_id: str, bureau_id: str, actor: str, action: str, at: datetime
) -> None:
    """Add one line to the sealed log."""
    await conn.execute(LOG, new_id("sl"), report_id, bureau_id, actor, action, at)


COUNT_FAILURES = """
select count(*) from sealed_log where actor = $1 and action = 'WRONG_PASSPHRASE' and at > $2
"""


async def count_failures(conn: Connection, actor: str, since: datetime) -> int:
    """How often this officer sent a wrong passphrase after `since`, in any case."""
    return await conn.fetchval(COUNT_FAILURES, actor, since)


@dataclass(frozen=True)
class LogLine:
    """Who did what with a sealed case, and when."""

    id: str
    actor: str
    action: str
    at: datetime


READ_LOG = "select id, actor, action, at from sealed_log where report_id = $1 order by at, id limit $2"


async def read_log(conn: Connection, report_id: str, limit: int) -> list[LogLine]:
    """The lines of a report that the reader may see."""
    rows = await conn.fetch(READ_LOG, report_id, limit)
    return [LogLine(row["id"], row["actor"], row["action"], row["at"]) for row in rows]


def _opening(row: asyncpg.Record) -> Opening:
    return Opening(
        row["id"],
        row["report_id"],
        row["bureau_id"],
        row["requested_by"],
        row["requested_at"],
        row["reason"],
        row["approved_by"],
        row["share"],
        row["read_at"],
    )
