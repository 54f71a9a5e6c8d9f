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
