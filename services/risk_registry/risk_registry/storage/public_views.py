"""Frozen snapshots of the public view, and their withdrawal."""

from datetime import date, datetime

import asyncpg
from plumbline_shared.database import Connection

from risk_registry.documents.public_view import Snapshot

ADD_SNAPSHOT = """
insert into public_snapshot (id, bureau_id, as_of, content, sha256, published_by, published_at)
values ($1, $2, $3, $4, $5, $6, $7)
"""


async def add_snapshot(conn: Connection, given: Snapshot, on: date, by: str) -> None:
    """Freeze a view; it is public from now."""
    await conn.execute(
        ADD_SNAPSHOT, given.id, given.bureau_id, on, given.content, given.sha256, by, given.published_at
    )


LATEST_PUBLIC = """
select s.id, s.bureau_id, s.content, s.sha256, s.published_at from public_snapshot s
where s.bureau_id = $1 and not exists (select from public_withdrawal w where w.snapshot_id = s.id)
order by s.sequence desc limit 1
"""


async def latest_snapshot(conn: Connection, bureau_id: str) -> Snapshot | None:
    """The snapshot that the bureau shows now: the last one that was not withdrawn."""
    row = await conn.fetchrow(LATEST_PUBLIC, bureau_id)
    return _snapshot(row) if row else None


SNAPSHOT = """
select id, bureau_id, content, sha256, published_at from public_snapshot where bureau_id = $1 and id = $2
"""


async def snapshot(conn: Connection, bureau_id: str, id_: str) -> Snapshot | None:
    """One snapshot of the bureau."""
    row = await conn.fetchrow(SNAPSHOT, bureau_id, id_)
    return _snapshot(row) if row else None


WITHDRAW = """
insert into public_withdrawal (snapshot_id, bureau_id, reason, withdrawn_by, withdrawn_at)
values ($1, $2, $3, $4, $5) on conflict do nothing
"""


async def withdraw(conn: Connection, given: Snapshot, reason: str, by: str, now: datetime) -> None:
    """Take a snapshot from the public; the first reason stays."""
    await conn.execute(WITHDRAW, given.id, given.bureau_id, reason, by, now)


def _snapshot(row: asyncpg.Record) -> Snapshot:
    return Snapshot(row["id"], row["bureau_id"], row["content"], row["sha256"], row["published_at"])
