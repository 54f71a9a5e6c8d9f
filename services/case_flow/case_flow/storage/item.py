"""Published item versions: immutable, so a definition read once is kept for the life of the process."""

from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.policy import absent

from case_flow.domain.definition import ItemDefinition


@dataclass(frozen=True)
class Published:
    """A version and the hash of its content."""

    hash: str
    definition: ItemDefinition


_known: dict[str, Published] = {}
_decode = msgspec.json.Decoder(ItemDefinition).decode

PUBLISH = """
insert into item_version (bureau_id, item_code, version, content_hash, definition, source, published_at, published_by,
                          effective_from)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""


async def publish(
    conn: Connection,
    bureau_id: str,
    definition: ItemDefinition,
    digest: str,
    source: str,
    at: datetime,
    by: str,
) -> None:
    """Add a version for ever."""
    body = msgspec.json.encode(definition).decode()
    await conn.execute(
        PUBLISH,
        *(bureau_id, definition.item, definition.version, digest, body, source, at, by),
        definition.effective_from or date.min,
    )


IN_FORCE = """
select content_hash from item_version where bureau_id = $1 and item_code = $2 and effective_from <= $3
order by version desc limit 1
"""


async def in_force(conn: Connection, bureau_id: str, item: str, on: date) -> Published:
    """The version by which a matter accepted on a day runs. Raises NotFound."""
    digest = await conn.fetchval(IN_FORCE, bureau_id, item, on)
    if digest is None:
        raise absent("item")
    return await get(conn, bureau_id, digest)


HASH = "select content_hash from item_version where bureau_id = $1 and item_code = $2 and version = $3"


async def find(conn: Connection, bureau_id: str, item: str, version: int) -> Published | None:
    """One version, or None when it is not published."""
    digest = await conn.fetchval(HASH, bureau_id, item, version)
    return await get(conn, bureau_id, digest) if digest else None


BY_HASH = "select definition from item_version where bureau_id = $1 and content_hash = $2 limit 1"


async def get(conn: Connection, bureau_id: str, digest: str) -> Published:
    """The version with this content. A known one costs nothing. Raises NotFound."""
    if digest not in _known:
        body = await conn.fetchval(BY_HASH, bureau_id, digest)
        if body is None:
            raise absent("item")
        _known[digest] = Published(digest, _decode(body))
    return _known[digest]


PAGE = """
select distinct on (item_code) content_hash from item_version
where bureau_id = $1 and ($2::text is null or item_code > $2) and effective_from <= $4 order by item_code, version desc limit $3
"""


async def page(conn: Connection, bureau_id: str, after: str | None, limit: int, on: date) -> list[Published]:
    """The version of each item of the bureau in force on a day, by code after `after`."""
    return [
        await get(conn, bureau_id, row["content_hash"])
        for row in await conn.fetch(PAGE, bureau_id, after, limit, on)
    ]
