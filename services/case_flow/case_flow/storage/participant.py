"""Who takes part in a case, and so sees it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from plumbline_shared.database import Connection

ADD = """
insert into participant (object_id, person_id, bureau_id, basis, since)
select $1, person, $2, basis, $5 from unnest($3::text[], $4::text[]) as t (person, basis)
on conflict do nothing
"""


async def add(
    conn: Connection, bureau_id: str, object_id: str, persons: Iterable[tuple[str, str]], since: datetime
) -> None:
    """Let these persons (with the reason) see the object; repeats change nothing."""
    listed = dict(reversed(list(persons)))
    await conn.execute(ADD, object_id, bureau_id, list(listed), list(listed.values()), since)


MINE = "select object_id from participant where object_id = any($1::text[]) and person_id = $2"


async def mine(conn: Connection, object_ids: Sequence[str], person_id: str | None) -> frozenset[str]:
    """Those of the objects in which the asking person takes part."""
    rows = await conn.fetch(MINE, list(object_ids), person_id)
    return frozenset(row["object_id"] for row in rows)
