"""Matters whose clock runs, for whatever concerns all of them."""

from plumbline_shared.database import Connection

RUNNING = """
select id from matter
where bureau_id = $1 and closed_at is null and run_id is null and due_on is not null and suspension is null and id > $2
order by id limit $3
"""


async def running(conn: Connection, bureau_id: str, after: str, limit: int) -> list[str]:
    """Ids of live matters with a limit that neither stopped nor stand still, in order, after an id."""
    return [row["id"] for row in await conn.fetch(RUNNING, bureau_id, after, limit)]


BUREAUS_BELOW = """
with recursive below (id) as (
  select id from org_bureau where $1 in (id, '')
  union
  select lower.id from org_bureau lower join below on lower.parent_id = below.id
)
select id from below order by id
"""


async def bureaus_below(conn: Connection, bureau_id: str) -> list[str]:
    """The bureau and all below it; every known bureau for an empty id."""
    return [row["id"] for row in await conn.fetch(BUREAUS_BELOW, bureau_id)]
