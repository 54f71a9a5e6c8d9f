"""Counts of a bureau's year; read as the system of that bureau, after its reader was checked."""

from datetime import date

from plumbline_shared.database import Connection

DUE = """
select count(*) filter (where waived_at is null) as due,
       count(*) filter (where waived_at is null and completed_at is not null) as done,
       count(*) filter (where waived_at is not null) as waived
from assignment_state where bureau_id = $1 and due_on between $2 and $3
"""


async def due_between(conn: Connection, bureau_id: str, first: date, last: date) -> tuple[int, int, int]:
    """Assignments due on a day of the period: not waived, done of them, waived."""
    row = await conn.fetchrow(DUE, bureau_id, first, last)
    return (row["due"], row["done"], row["waived"]) if row else (0, 0, 0)
