"""Sets of a bureau's own controls: drafts, approved versions, and which one counts today."""

from datetime import date, datetime

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.policy import absent

from case_flow.domain.control_set import ControlSet


class ControlSetRow(msgspec.Struct, frozen=True):
    """A version with who drafted and who approved it."""

    bureau_id: str
    version: int
    digest: str
    definition: ControlSet
    source: str
    author: str
    drafted_at: datetime
    approved_by: str | None = None
    approved_at: datetime | None = None
    effective_from: date | None = None


_known: dict[str, ControlSet] = {}

DRAFT = """
insert into control_set (bureau_id, version, digest, definition, source, author, drafted_at)
values ($1, $2, $3, $4, $5, $6, $7)
"""


async def draft(conn: Connection, row: ControlSetRow) -> None:
    """Store another version."""
    body = msgspec.json.encode(row.definition).decode()
    await conn.execute(
        DRAFT, row.bureau_id, row.version, row.digest, body, row.source, row.author, row.drafted_at
    )


LOCK = "select to_jsonb(c) from control_set c where bureau_id = $1 and version = $2 for update"


async def lock(conn: Connection, bureau_id: str, version: int) -> ControlSetRow:
    """One version; nobody else changes it in this transaction. Raises NotFound."""
    found: str | None = await conn.fetchval(LOCK, bureau_id, version)
    if found is None:
        raise absent("control set")
    return msgspec.json.decode(found, type=ControlSetRow)


APPROVE = """
update control_set set approved_by = $3, approved_at = $4, effective_from = $5 where bureau_id = $1 and version = $2
"""


async def approve(conn: Connection, row: ControlSetRow, by: str, at: datetime, effective_from: date) -> None:
    """The version counts from a day on."""
    await conn.execute(APPROVE, row.bureau_id, row.version, by, at, effective_from)


IN_FORCE = """
select to_jsonb(c) from control_set c where bureau_id = $1 and effective_from <= $2
order by effective_from desc, version desc limit 1
"""


async def in_force(conn: Connection, bureau_id: str, on: date) -> ControlSetRow | None:
    """The version that counts on a day: of those begun the one that began last."""
    found: str | None = await conn.fetchval(IN_FORCE, bureau_id, on)
    return msgspec.json.decode(found, type=ControlSetRow) if found else None


ACTIVATE = """
insert into control_set_active (bureau_id, digest) values ($1, $2)
on conflict (bureau_id) do update set digest = excluded.digest
"""


async def activate(conn: Connection, row: ControlSetRow) -> None:
    """From now on every step of the bureau is looked at by it."""
    await conn.execute(ACTIVATE, row.bureau_id, row.digest)


PAGE = "select to_jsonb(c) from control_set c where bureau_id = $1 order by version desc limit $2"


async def page(conn: Connection, bureau_id: str, size: int) -> list[ControlSetRow]:
    """The bureau's versions, the newest first."""
    return [
        msgspec.json.decode(row[0], type=ControlSetRow) for row in await conn.fetch(PAGE, bureau_id, size)
    ]


BY_DIGEST = "select definition from control_set where bureau_id = $1 and digest = $2 limit 1"


async def get(conn: Connection, bureau_id: str, digest: str) -> ControlSet:
    """The set with this content. A known one costs nothing. Raises NotFound."""
    if digest not in _known:
        body = await conn.fetchval(BY_DIGEST, bureau_id, digest)
        if body is None:
            raise absent("control set")
        _known[digest] = msgspec.json.decode(body, type=ControlSet)
    return _known[digest]
