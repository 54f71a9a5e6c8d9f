"""The history: every state of every part, added and never changed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import cast

import asyncpg
import msgspec
from plumbline_org.parts import Delegation
from plumbline_shared.database import Connection

from directory.domain.parts import PART_OF, Change, Directory, Kind, Part, bureau_of, directory_of, first_day

LOCK = "select pg_advisory_xact_lock(hashtextextended('directory/' || bureau_id, 0)) from unnest($1::text[]) bureau_id"


async def lock_bureaus(conn: Connection, bureau_ids: Iterable[str]) -> None:
    """Let one transaction at a time change these bureaus; always in the same order, so none waits in a circle."""
    await conn.execute(LOCK, sorted(bureau_ids))


LATEST = """
select distinct on (kind, id) kind, state::text as state from record
where bureau_id = any($1::text[]) order by kind, id, version desc
"""


async def latest(conn: Connection, bureau_ids: Iterable[str]) -> Directory:
    """The newest state of every part of these bureaus that the caller may see."""
    return directory_of(_parts(await conn.fetch(LATEST, list(bureau_ids))))


LATEST_BUREAUS = """
select distinct on (kind, id) kind, state::text as state from record
where kind = 'bureau' order by kind, id, version desc
"""


async def latest_bureaus(conn: Connection) -> Directory:
    """The newest state of every bureau that the caller may see, without what is in it."""
    return directory_of(_parts(await conn.fetch(LATEST_BUREAUS)))


AS_OF = """
select distinct on (kind, id) kind, state::text as state from record
where bureau_id = $1 and valid_from <= $2 order by kind, id, valid_from desc, version desc
"""


async def as_of(conn: Connection, bureau_id: str, on: date) -> Directory:
    """Every part of a bureau in the state that describes the day `on`, as far as the caller may see."""
    return directory_of(_parts(await conn.fetch(AS_OF, bureau_id, on)))


ADD = """
insert into record (kind, id, version, bureau_id, valid_from, owner_id, state, recorded_at, recorded_by)
select $1, $2, 1 + coalesce((select max(version) from record where kind = $1 and id = $2), 0),
  $3, $4, $5, $6::text::jsonb, $7, $8
"""


async def add(
    conn: Connection, changes: Sequence[Change], on: date, recorded_at: datetime, recorded_by: str
) -> None:
    """Record changed parts. A new part describes the time from its own first day, a changed one from `on`."""
    await conn.executemany(
        ADD,
        [
            (
                change.kind,
                change.part.id,
                bureau_of(change.part),
                first_day(change.part) if change.added else on,
                change.part.grantor_id if isinstance(change.part, Delegation) else None,
                msgspec.json.encode(change.part).decode(),
                recorded_at,
                recorded_by,
            )
            for change in changes
        ],
    )


def _parts(rows: Iterable[asyncpg.Record]) -> Iterator[Part]:
    for row in rows:
        yield cast(Part, msgspec.json.decode(row["state"], type=PART_OF[Kind(row["kind"])]))
