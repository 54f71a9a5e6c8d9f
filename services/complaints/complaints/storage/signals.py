"""Signals that wait for the end of their day."""

from datetime import date

from plumbline_shared.database import Connection

QUEUE_SIGNAL = "insert into risk_signal (id, bureau_id, point_id, batch_on) values ($1, $2, $3, $4)"


async def queue_signal(conn: Connection, signal_id: str, bureau_id: str, point_id: str, on: date) -> None:
    """Keep a signal until the batch of its day goes out."""
    await conn.execute(QUEUE_SIGNAL, signal_id, bureau_id, point_id, on)


TAKE_BATCH = (
    "delete from risk_signal where bureau_id = $1 and batch_on <= $2 returning id, point_id, batch_on"
)


async def take_batch(conn: Connection, bureau_id: str, until: date) -> list[tuple[str, str, date]]:
    """(signal, point, day) of everything up to a day, in the order of the random ids."""
    rows = await conn.fetch(TAKE_BATCH, bureau_id, until)
    return sorted((row["id"], row["point_id"], row["batch_on"]) for row in rows)
