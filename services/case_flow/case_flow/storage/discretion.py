"""Versions of discretion standards that the registry published."""

import msgspec
from plumbline_shared.database import Connection

from case_flow.domain.standards import Standard

PUT = """
insert into discretion_standard (bureau_id, code, number, effective_from, pack) values ($1, $2, $3, $4, $5::text::jsonb)
on conflict do nothing
"""


async def put_standard(conn: Connection, bureau_id: str, one: Standard) -> None:
    """Keep a version; the same one again changes nothing."""
    pack = msgspec.json.encode(one.pack).decode()
    await conn.execute(PUT, bureau_id, one.code, one.number, one.effective_from, pack)


STANDARDS = (
    "select to_jsonb(s) - 'bureau_id' from discretion_standard s where bureau_id = $1 order by code, number"
)


async def standards(conn: Connection, bureau_id: str) -> list[Standard]:
    """Every version that was published in the bureau."""
    rows = await conn.fetch(STANDARDS, bureau_id)
    return [msgspec.json.decode(row[0], type=Standard) for row in rows]
