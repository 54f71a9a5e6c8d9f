"""Codes that did not fit a receipt number."""

from datetime import datetime

from plumbline_shared.database import Connection

COUNT = "select count(*) from receipt_guess where receipt_no = $1 and at > $2"


async def count(conn: Connection, receipt_no: str, since: datetime) -> int:
    """How many since then."""
    return await conn.fetchval(COUNT, receipt_no, since)


NOTE = """
with forgotten as (delete from receipt_guess where at <= $4)
insert into receipt_guess (bureau_id, receipt_no, at) values ($1, $2, $3)
"""


async def note(conn: Connection, bureau_id: str, receipt_no: str, at: datetime, forget: datetime) -> None:
    """One more; those up to `forget` are gone."""
    await conn.execute(NOTE, bureau_id, receipt_no, at, forget)
