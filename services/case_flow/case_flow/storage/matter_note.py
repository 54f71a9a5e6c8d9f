"""Notes of trackers on matters. Only added to."""

from datetime import datetime

import msgspec
from plumbline_shared.database import Connection


class MatterNote(msgspec.Struct, frozen=True):
    """What a tracker noted while a step was open."""

    id: str
    matter_id: str
    bureau_id: str
    step: str
    author: str
    at: datetime
    text: str


ADD = "insert into matter_note select * from jsonb_populate_record(null::matter_note, $1::text::jsonb)"


async def add(conn: Connection, note: MatterNote) -> None:
    """Store a note for ever."""
    await conn.execute(ADD, msgspec.json.encode(note).decode())


OF_MATTER = "select to_jsonb(n) from matter_note n where matter_id = $1 order by at, id"


async def of_matter(conn: Connection, matter_id: str) -> list[MatterNote]:
    """The notes on a matter that the asker sees, the oldest first."""
    return [msgspec.json.decode(row[0], type=MatterNote) for row in await conn.fetch(OF_MATTER, matter_id)]
