"""What officers reported of themselves. Only added to."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from plumbline_shared.database import Connection


class SelfReport(msgspec.Struct, frozen=True):
    """A fault in a matter, told by whoever made it; `corrected` once it is put right."""

    id: str
    bureau_id: str
    person_id: str
    matter_id: str
    fault: str
    corrected: bool
    alert_id: str
    reported_at: datetime


ADD = "insert into self_report select * from jsonb_populate_record(null::self_report, $1::text::jsonb)"


async def add(conn: Connection, one: SelfReport) -> None:
    """Store a report for ever."""
    await conn.execute(ADD, msgspec.json.encode(one).decode())


MINE = "select to_jsonb(s) from self_report s order by reported_at desc, id desc limit $1"


async def mine(conn: Connection, size: int) -> list[SelfReport]:
    """What the asker reported, the newest first."""
    return [msgspec.json.decode(row[0], type=SelfReport) for row in await conn.fetch(MINE, size)]


BEFORE = "select self_reported($1, $2, $3)"


async def before(conn: Connection, matter_id: str, persons: Sequence[str], detected: datetime) -> bool:
    """Whether one of the persons had reported a fault in the matter by the instant it was detected."""
    return await conn.fetchval(BEFORE, matter_id, list(persons), detected)
