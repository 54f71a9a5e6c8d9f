"""The log's tables: append in the business transaction, sequence later, read back for export and proofs."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

import asyncpg

from plumbline_shared.audit.entry import SALT_BYTES, Entry, Opening, canonical, leaf_of
from plumbline_shared.audit.merkle import Node, Range, edge_nodes, grow, nodes_of, span_hash
from plumbline_shared.database import Connection
from plumbline_shared.ids import new_id

_LOCK = 7_586_253_418
BATCH = 1_000

APPEND = """
insert into audit_entry (id, bureau_id, actor, action, object_type, object_id, at, salt, detail, commitment)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""


async def append(
    conn: Connection,
    *,
    actor: str,
    action: str,
    object_type: str,
    object_id: str,
    bureau_id: str,
    at: datetime,
    detail: Mapping[str, object],
) -> None:
    """Add one row in the caller's transaction; it becomes a leaf when the sequencer comes by."""
    opening = Opening(secrets.token_bytes(SALT_BYTES), actor, object_id, canonical(detail))
    await conn.execute(
        APPEND,
        new_id("au"),
        bureau_id,
        actor,
        action,
        object_type,
        object_id,
        at,
        opening.salt,
        opening.detail,
        opening.commitment(),
    )


LEAD = f"select pg_try_advisory_xact_lock({_LOCK})"


async def sequence(conn: Connection, limit: int = BATCH) -> int:
    """Give up to `limit` waiting rows the next leaf indexes and return how many. One sequencer at a time."""
    if not await conn.fetchval(LEAD):
        return 0
    waiting = await _waiting(conn, limit)
    if not waiting:
        return 0
    size = await tree_size(conn)
    leaves = [
        leaf_of(row["id"], row["bureau_id"], row["at"], row["action"], row["object_type"], row["commitment"])
        for row in waiting
    ]
    edge = await read_nodes(conn, edge_nodes(size))
    await _store_nodes(conn, grow(size, leaves, edge))
    await _number(conn, [row["id"] for row in waiting], size)
    return len(waiting)


WAITING = """
select id, bureau_id, at, action, object_type, commitment from audit_entry
where seq is null order by id limit $1
"""


async def _waiting(conn: Connection, limit: int) -> Sequence[asyncpg.Record]:
    return await conn.fetch(WAITING, limit)


NUMBER = """
update audit_entry set seq = $2 + given.position - 1
from unnest($1::text[]) with ordinality as given (id, position) where audit_entry.id = given.id
"""


async def _number(conn: Connection, ids: Sequence[str], first: int) -> None:
    await conn.execute(NUMBER, ids, first)


TREE_SIZE = "select coalesce(max(index) + 1, 0) from audit_node where level = 0"


async def tree_size(conn: Connection) -> int:
    """How many leaves there are."""
    return await conn.fetchval(TREE_SIZE)


READ_NODES = """
select level, index, hash from audit_node
join unnest($1::smallint[], $2::bigint[]) as wanted (level, index) using (level, index)
"""


async def read_nodes(conn: Connection, wanted: Sequence[Node]) -> dict[Node, bytes]:
    """The stored hashes of these nodes."""
    rows = await conn.fetch(READ_NODES, [level for level, _ in wanted], [index for _, index in wanted])
    return {(row["level"], row["index"]): row["hash"] for row in rows}


STORE_NODES = "insert into audit_node (level, index, hash) select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])"


async def _store_nodes(conn: Connection, made: Mapping[Node, bytes]) -> None:
    levels, indexes = [level for level, _ in made], [index for _, index in made]
    await conn.execute(STORE_NODES, levels, indexes, list(made.values()))


async def hashes(conn: Connection, spans: Sequence[Range]) -> list[bytes]:
    """The hash of each subtree: a root for (0, size), a proof for the spans of one."""
    nodes = await read_nodes(conn, [node for span in spans for node in nodes_of(span)])
    return [span_hash(span, nodes) for span in spans]


STORE_CHECKPOINT = """
insert into audit_checkpoint (size, root, note, signed_at) values ($1, $2, $3, $4) on conflict do nothing
"""


async def store_checkpoint(conn: Connection, size: int, root: bytes, note: str, at: datetime) -> None:
    """Keep a signed note; a size is signed once."""
    await conn.execute(STORE_CHECKPOINT, size, root, note, at)


NEWEST_CHECKPOINT = """
select size, note from audit_checkpoint
where $1::bigint is null or size <= $1 order by size desc limit 1
"""


async def newest_checkpoint(conn: Connection, at_most: int | None = None) -> tuple[int, str] | None:
    """(size, note) of the newest checkpoint, or the newest of at most that size."""
    row = await conn.fetchrow(NEWEST_CHECKPOINT, at_most)
    return None if row is None else (row["size"], row["note"])


READ_ENTRIES = """
select seq, id, bureau_id, actor, action, object_type, object_id, at, salt, detail, commitment
from audit_entry where seq >= $1 and seq < $2 order by seq
"""


async def read_entries(conn: Connection, first: int, end: int) -> list[Entry]:
    """Entries with first ≤ seq < end, in order."""
    return [entry_of(row) for row in await conn.fetch(READ_ENTRIES, first, end)]


def entry_of(row: asyncpg.Record) -> Entry:
    """An entry from its row, which must be sequenced."""
    erased = row["salt"] is None
    return Entry(
        seq=row["seq"],
        id=row["id"],
        bureau_id=row["bureau_id"],
        at=row["at"],
        action=row["action"],
        object_type=row["object_type"],
        commitment=row["commitment"],
        opening=None if erased else Opening(row["salt"], row["actor"], row["object_id"], row["detail"]),
    )
