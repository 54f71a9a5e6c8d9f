"""Who urged a matter, once a working day. Append-only."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from plumbline_shared.database import Connection


class Urge(msgspec.Struct, frozen=True):
    """One urge: `told` are whoever had the open steps, or the units in whose queue they were."""

    matter_id: str
    bureau_id: str
    urged_by: str
    on_day: date
    at: datetime
    steps: tuple[str, ...]
    told: tuple[str, ...]
    note: str = ""


ADD = """
insert into urge (matter_id, bureau_id, urged_by, on_day, at, steps, told, note) values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict do nothing returning true
"""


async def add(conn: Connection, one: Urge) -> bool:
    """Keep it; False when the same person urged on that working day."""
    what = (one.matter_id, one.bureau_id, one.urged_by, one.on_day, one.at, one.steps, one.told, one.note)
    return bool(await conn.fetchval(ADD, *what))


OF_MATTERS = (
    "select to_jsonb(u) from urge u where matter_id = any($1::text[]) order by matter_id, at, urged_by"
)


async def of_matters(conn: Connection, matter_ids: Sequence[str]) -> dict[str, list[Urge]]:
    """The urges of matters that the asker sees, in order."""
    found: dict[str, list[Urge]] = {one: [] for one in matter_ids}
    for row in await conn.fetch(OF_MATTERS, list(matter_ids)):
        one = msgspec.json.decode(row[0], type=Urge)
        found[one.matter_id].append(one)
    return found


TELLING = """
select to_jsonb(u) from urge u where told && $1::text[] order by at desc, matter_id limit $2
"""


async def telling(conn: Connection, told: Sequence[str], first: int) -> Sequence[Urge]:
    """The latest urges that tell one of these: a person, or the units whose queues are theirs."""
    return [msgspec.json.decode(row[0], type=Urge) for row in await conn.fetch(TELLING, list(told), first)]
