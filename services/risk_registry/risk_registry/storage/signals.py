"""Points under heightened monitoring after a sealed signal."""

from collections.abc import Sequence
from datetime import date

from plumbline_shared.database import Connection

INSERT_SIGNAL = """
insert into heightened_monitoring (signal_id, point_id, bureau_id, since) values ($1, $2, $3, $4)
on conflict do nothing
"""


async def add_signal(conn: Connection, signal_id: str, point_id: str, bureau_id: str, since: date) -> None:
    """Record a signal once, however often it arrives."""
    await conn.execute(INSERT_SIGNAL, signal_id, point_id, bureau_id, since)


HEIGHTENED_SINCE = """
select point_id, min(since) as since from heightened_monitoring
where point_id = any ($1::text[]) and since <= $2 group by point_id
"""


async def heightened_since(conn: Connection, ids: Sequence[str], on: date) -> dict[str, date]:
    """Since when each point is monitored, for the readers whom row-level security lets know."""
    return {row["point_id"]: row["since"] for row in await conn.fetch(HEIGHTENED_SINCE, ids, on)}


HEIGHTENED_ON = """
select distinct point_id from heightened_monitoring where bureau_id = $1 and since <= $2 order by point_id
"""


async def heightened_on(conn: Connection, bureau_id: str, on: date) -> list[str]:
    """The points that are monitored on a day, for the readers whom row-level security lets know."""
    return [row["point_id"] for row in await conn.fetch(HEIGHTENED_ON, bureau_id, on)]
