"""Matters counted by month, unit and process."""

from collections import Counter
from datetime import date

from plumbline_shared.database import Connection

from risk_registry.domain.work import Counted, Work

COUNT = """
insert into matter_month as old (bureau_id, unit_id, process, month, accepted, closed)
values ($1, $2, $3, date_trunc('month', $4::date)::date, 1 - $5::integer, $5)
on conflict (bureau_id, month, unit_id, process) do update
set accepted = old.accepted + excluded.accepted, closed = old.closed + excluded.closed
"""


async def count_matter(conn: Connection, one: Counted) -> None:
    """Count a matter, once for each event: whoever calls it has seen that the event is new."""
    await conn.execute(COUNT, one.bureau_id, *one.work, one.on, int(one.closed))


CLOSED_IN = """
select unit_id, process, sum(closed) as closed from matter_month
where bureau_id = $1 and month between $2 and $3 group by unit_id, process
"""


async def closed_in(conn: Connection, bureau_id: str, start: date, end: date) -> Counter[Work]:
    """Matters finished from the month of one day to that of another, among those that the reader may count."""
    rows = await conn.fetch(CLOSED_IN, bureau_id, start.replace(day=1), end)
    return Counter({(row["unit_id"], row["process"]): row["closed"] for row in rows})
