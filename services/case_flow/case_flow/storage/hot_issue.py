"""Versions of the bureau's hot issues; they are only added to."""

from datetime import date, datetime

import msgspec
from plumbline_shared.database import Connection

from case_flow.domain.hot_issue import HotIssue

NEWEST = (
    "select to_jsonb(h) from hot_issue h where bureau_id = $1 and code = $2 order by version desc limit 1"
)


async def newest(conn: Connection, bureau_id: str, code: str) -> HotIssue | None:
    """The last version of an issue, in force or not yet."""
    found = await conn.fetchval(NEWEST, bureau_id, code)
    return msgspec.json.decode(found, type=HotIssue) if found else None


ADD = """
insert into hot_issue (bureau_id, code, version, content, withdrawn, from_on, published_at, published_by)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""


async def add(conn: Connection, bureau_id: str, issue: HotIssue, at: datetime, by: str) -> None:
    """One more version, for ever."""
    content = msgspec.json.encode(issue.content).decode()
    await conn.execute(
        ADD, bureau_id, issue.code, issue.version, content, issue.withdrawn, issue.from_on, at, by
    )


IN_FORCE = """
select to_jsonb(h) from (
  select distinct on (code) * from hot_issue where bureau_id = $1 and from_on <= $2 order by code, version desc) h
where not withdrawn order by (content ->> 'rank')::int nulls last, code limit 200
"""


async def in_force(conn: Connection, bureau_id: str, on: date) -> list[HotIssue]:
    """What the bureau answers on a day, by rank; 200 at most."""
    return [msgspec.json.decode(row[0], type=HotIssue) for row in await conn.fetch(IN_FORCE, bureau_id, on)]
