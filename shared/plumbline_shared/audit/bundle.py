"""All audit rows of some objects, each with its inclusion proof under the newest checkpoint, as one text to keep.

`bundle_check.py` verifies such a text with nothing but the standard library.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC

import asyncpg

from plumbline_shared.audit import log as table
from plumbline_shared.audit.bundle_check import SCHEMA
from plumbline_shared.audit.entry import Entry
from plumbline_shared.audit.merkle import inclusion_spans
from plumbline_shared.database import Connection
from plumbline_shared.errors import Unavailable


@dataclass(frozen=True)
class Bundle:
    """`text` proves `entries` under the checkpoint `note` of `size` leaves; `waiting` rows are not under it yet."""

    text: str
    note: str
    size: int
    entries: Sequence[Entry]
    waiting: int


OF_OBJECTS = """
select e.seq, e.id, e.bureau_id, e.actor, e.action, e.object_type, e.object_id, e.at, e.salt, e.detail, e.commitment
from audit_entry e join unnest($1::text[], $2::text[]) as wanted (object_type, object_id) using (object_type, object_id)
where e.bureau_id = $3 order by e.seq nulls last
"""


async def _rows(
    conn: Connection, bureau_id: str, objects: Sequence[tuple[str, str]]
) -> Sequence[asyncpg.Record]:
    return await conn.fetch(OF_OBJECTS, [one for one, _ in objects], [one for _, one in objects], bureau_id)


async def bundle(conn: Connection, bureau_id: str, objects: Sequence[tuple[str, str]]) -> Bundle:
    """Prove every row about these `(object type, id)`s; the caller has seen to it that they may be told.

    Raises Unavailable while no checkpoint is signed.
    """
    newest = await table.newest_checkpoint(conn)
    if newest is None:
        raise Unavailable(
            "the audit log has no signed checkpoint yet: set AUDIT_KEY_FILE, or wait a few seconds"
        )
    size, note = newest
    rows = await _rows(conn, bureau_id, objects)
    entries = [table.entry_of(row) for row in rows if row["seq"] is not None and row["seq"] < size]
    spans = [inclusion_spans(entry.seq, size) for entry in entries]
    flat = await table.hashes(conn, [span for path in spans for span in path])
    paths = iter(flat)
    proven = [_proven(entry, [next(paths) for _ in path]) for entry, path in zip(entries, spans, strict=True)]
    body = {"schema": SCHEMA, "checkpoint": note, "entries": proven}
    return Bundle(_text(body), note, size, entries, len(rows) - len(entries))


def _proven(entry: Entry, path: Sequence[bytes]) -> dict[str, object]:
    opening = entry.opening
    return {
        "seq": entry.seq,
        "id": entry.id,
        "bureau": entry.bureau_id,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "action": entry.action,
        "object_type": entry.object_type,
        "commitment": entry.commitment.hex(),
        "salt": opening.salt.hex() if opening else None,
        "actor": opening.actor if opening else None,
        "object_id": opening.object_id if opening else None,
        "detail": opening.detail if opening else None,
        "path": [one.hex() for one in path],
    }


def _text(body: object) -> str:
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"
