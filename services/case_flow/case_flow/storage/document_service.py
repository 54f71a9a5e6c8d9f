"""Documents served on a party. Append-only."""

from collections.abc import Sequence

import msgspec
from plumbline_shared.database import Connection

from case_flow.domain.document_service import ServiceRecord

_encode = msgspec.json.Encoder().encode

ADD = """
insert into document_service (id, matter_id, seq, bureau_id, kind, document_no, manner, recipient, evidence, handed_on,
                              served_on, clocks, pack, recorded_by, recorded_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::text::jsonb, $13, $14, $15)
on conflict do nothing returning true
"""


async def add(conn: Connection, one: ServiceRecord) -> bool:
    """Keep it; False when that document was served before."""
    what = (one.id, one.matter_id, one.seq, one.bureau_id, one.kind, one.document_no, one.manner)
    how = (one.recipient, one.evidence, one.handed_on, one.served_on, _encode(one.clocks).decode())
    return bool(await conn.fetchval(ADD, *what, *how, one.pack, one.recorded_by, one.recorded_at))


OF_MATTERS = """
select to_jsonb(s) from document_service s where matter_id = any($1::text[]) order by matter_id, seq
"""


async def of_matters(conn: Connection, matter_ids: Sequence[str]) -> dict[str, list[ServiceRecord]]:
    """What was served on matters that the asker sees, in order."""
    found: dict[str, list[ServiceRecord]] = {one: [] for one in matter_ids}
    for row in await conn.fetch(OF_MATTERS, list(matter_ids)):
        one = msgspec.json.decode(row[0], type=ServiceRecord)
        found[one.matter_id].append(one)
    return found
