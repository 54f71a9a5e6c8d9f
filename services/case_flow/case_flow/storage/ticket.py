"""Tickets that were called to a window."""

from datetime import date, datetime

from plumbline_shared.database import Connection

CALL = """
insert into hall_ticket (bureau_id, local_on, number, queue, window_code, called_at, called_by, drawn_at)
values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing
"""


async def call(
    conn: Connection,
    bureau_id: str,
    on: date,
    number: str,
    queue: str,
    window: str,
    at: datetime,
    by: str,
    drawn_at: datetime | None,
) -> bool:
    """The ticket is at the window; False when its number was used that day already."""
    done = await conn.execute(CALL, bureau_id, on, number, queue, window, at, by, drawn_at)
    return done.endswith(" 1")


MOVE = """
update hall_ticket set window_code = $3 where bureau_id = $1 and ended_at is null and number = any($2::text[])
"""


async def move(conn: Connection, bureau_id: str, numbers: list[str], window: str) -> None:
    """Called tickets go on to another window."""
    await conn.execute(MOVE, bureau_id, numbers, window)


END = "update hall_ticket set ended_at = $3, ended_how = $4 where bureau_id = $1 and number = $2 and ended_at is null"


async def end(conn: Connection, bureau_id: str, number: str, at: datetime, how: str) -> None:
    """The ticket was served, or its holder left."""
    await conn.execute(END, bureau_id, number, at, how)
