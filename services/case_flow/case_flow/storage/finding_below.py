"""Findings that an inspection from above handed down: the link is kept above, the order below."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.policy import absent


class FindingBelow(msgspec.Struct, frozen=True):
    """Which order of which bureau below a finding became."""

    order_id: str
    audit_id: str
    bureau_id: str
    below: str
    to_unit: str
    sent_by: str
    sent_at: datetime


ADD = "insert into finding_below select * from jsonb_populate_record(null::finding_below, $1::text::jsonb)"


async def add(conn: Connection, one: FindingBelow) -> None:
    """Keep the link for ever."""
    await conn.execute(ADD, msgspec.json.encode(one).decode())


GET = "select to_jsonb(f) from finding_below f where order_id = $1 and audit_id = $2"


async def get(conn: Connection, audit_id: str, order_id: str) -> FindingBelow:
    """One finding of an audit that the asker sees. Raises NotFound."""
    found: str | None = await conn.fetchval(GET, order_id, audit_id)
    if found is None:
        raise absent("finding")
    return msgspec.json.decode(found, type=FindingBelow)


OF_AUDIT = "select to_jsonb(f) from finding_below f where audit_id = $1 order by sent_at, order_id"


async def of_audit(conn: Connection, audit_id: str) -> Sequence[FindingBelow]:
    """What an audit that the asker sees handed down."""
    return [msgspec.json.decode(row[0], type=FindingBelow) for row in await conn.fetch(OF_AUDIT, audit_id)]
