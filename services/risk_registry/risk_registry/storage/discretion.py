"""Versions of discretion standards: drafts and what was published."""

from datetime import date, datetime

import asyncpg
import msgspec
from plumbline_shared.database import Connection

from risk_registry.domain.discretion import Standard, StandardVersion

LOCK = "select pg_advisory_xact_lock(hashtextextended('discretion:' || $1 || ':' || $2, 0))"
NEXT = "select coalesce(max(version), 0) + 1 from discretion_standard where bureau_id = $1 and code = $2"


async def next_version(conn: Connection, bureau_id: str, code: str) -> int:
    """The number of the next version of a standard, under a lock until the end of the transaction."""
    await conn.execute(LOCK, bureau_id, code)
    return int(await conn.fetchval(NEXT, bureau_id, code))


INSERT = """
insert into discretion_standard (id, bureau_id, code, version, body, author, drafted_at)
values ($1, $2, $3, $4, $5::text::jsonb, $6, $7)
"""


async def add_draft(conn: Connection, draft: StandardVersion) -> None:
    """Keep a version that is not published yet."""
    body = msgspec.json.encode(draft.body).decode()
    await conn.execute(
        INSERT, draft.id, draft.bureau_id, draft.code, draft.version, body, draft.author, draft.drafted_at
    )


PUBLISH = """
insert into discretion_publication (standard_version_id, bureau_id, effective_from, approver, published_at)
values ($1, $2, $3, $4, $5) on conflict do nothing returning true
"""


async def publish(
    conn: Connection, draft: StandardVersion, effective_from: date, by: str, at: datetime
) -> bool:
    """Put a version in force from a day on; False when it was published before."""
    return bool(await conn.fetchval(PUBLISH, draft.id, draft.bureau_id, effective_from, by, at))


VERSIONS = """
select s.id, s.bureau_id, s.code, s.version, s.body::text as body, s.author, s.drafted_at,
  p.effective_from, p.approver, p.published_at
from discretion_standard s left join discretion_publication p on p.standard_version_id = s.id
where s.bureau_id = $1 and ($2::text is null or s.code = $2) and ($3::text is null or s.id = $3)
order by s.code, s.version
"""


async def versions(
    conn: Connection, bureau_id: str, code: str | None = None, id_: str | None = None
) -> list[StandardVersion]:
    """The versions that the reader may see, drafts last."""
    return [_version(row) for row in await conn.fetch(VERSIONS, bureau_id, code, id_)]


def _version(row: asyncpg.Record) -> StandardVersion:
    return StandardVersion(
        id=row["id"],
        bureau_id=row["bureau_id"],
        code=row["code"],
        version=row["version"],
        body=msgspec.json.decode(row["body"], type=Standard),
        author=row["author"],
        drafted_at=row["drafted_at"],
        effective_from=row["effective_from"],
        approver=row["approver"],
        published_at=row["published_at"],
    )
