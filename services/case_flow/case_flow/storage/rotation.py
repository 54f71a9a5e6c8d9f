"""Holders whose rotation is overdue, as the registry told."""

from datetime import date, datetime

import msgspec
from plumbline_shared.database import Connection


class RotationBlock(msgspec.Struct, frozen=True):
    """An overdue rotation, which keeps new matters of HIGH grade away from the holder."""

    rotation_id: str
    person_id: str
    post_id: str
    since: date


BLOCK = """
insert into rotation_block as b (rotation_id, bureau_id, person_id, post_id, since) values ($1, $2, $3, $4, $5)
on conflict (rotation_id) do update set since = excluded.since, cleared_at = null
where b.bureau_id = excluded.bureau_id
"""


async def block(conn: Connection, bureau_id: str, one: RotationBlock) -> None:
    """Keep new matters of HIGH grade away from the holder; again after an extension has ended."""
    await conn.execute(BLOCK, one.rotation_id, bureau_id, one.person_id, one.post_id, one.since)


CLEAR = "update rotation_block set cleared_at = $2 where rotation_id = $1 and cleared_at is null"


async def clear_block(conn: Connection, rotation_id: str, at: datetime) -> None:
    """The holder left the post, or the limit was extended."""
    await conn.execute(CLEAR, rotation_id, at)


BLOCKS = """
select to_jsonb(b) from rotation_block b
where person_id = any($1::text[]) and cleared_at is null and since <= $2 order by since, rotation_id
"""


async def blocks_of(conn: Connection, persons: list[str], on: date) -> list[RotationBlock]:
    """The overdue rotations of these persons on a day."""
    rows = await conn.fetch(BLOCKS, persons, on)
    return [msgspec.json.decode(row[0], type=RotationBlock) for row in rows]
