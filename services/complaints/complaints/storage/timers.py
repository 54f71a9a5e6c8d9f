"""Timers that several transactions ask for and that exist once."""

from datetime import datetime

from plumbline_shared.database import Connection

SCHEDULE_ONCE = """
insert into timer (id, bureau_id, kind, ref, fire_at) values ($1, $2, $3, $4, $5) on conflict do nothing
"""


async def schedule_once(
    conn: Connection, kind: str, ref: str, bureau_id: str | None, fire_at: datetime
) -> None:
    """One timer per kind and reference."""
    await conn.execute(SCHEDULE_ONCE, f"{kind}:{ref}", bureau_id, kind, ref, fire_at)
