"""Catalogues, which a bureau uses, and what it says differently."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import asyncpg
import msgspec
from plumbline_shared.database import Connection

from risk_registry.domain.catalogue import Body, Catalogue, Entry, EntryKind, plain, read_body

ADD_CATALOGUE = """
insert into catalogue (urn, version, title_zh, title_en, source, bounds, digest, published_by, recorded_at)
values ($1, $2, $3, $4, $5, $6::text::jsonb, $7, $8, $9)
"""


async def add_catalogue(conn: Connection, given: Catalogue, now: datetime) -> None:
    """Keep a version with all its entries."""
    bounds = msgspec.json.encode(given.bounds).decode()
    await conn.execute(
        ADD_CATALOGUE, given.urn, given.version, given.title_zh, given.title_en, given.source, bounds,
        digest_of(given), given.published_by, now,
    )  # fmt: skip
    await _add_entries(conn, given)


ADD_ENTRY = (
    "insert into catalogue_entry (urn, version, kind, code, body) values ($1, $2, $3, $4, $5::text::jsonb)"
)


async def _add_entries(conn: Connection, given: Catalogue) -> None:
    rows = [(given.urn, given.version, each.kind, each.code, _json(each.body)) for each in given.entries]
    await conn.executemany(ADD_ENTRY, rows)


def digest_of(given: Catalogue) -> str:
    """SHA-256 of everything the version says: the same version never says two things."""
    said = (given.title_zh, given.title_en, given.source, given.bounds)
    entries = sorted((each.kind, each.code, plain(each.body)) for each in given.entries)
    return hashlib.sha256(msgspec.json.encode((said, entries), order="deterministic")).hexdigest()


CATALOGUES = """
select urn, version, title_zh, title_en, source, bounds::text as bounds, digest, published_by, recorded_at
from catalogue where ($1::text is null or urn = $1) and ($2::text is null or version = $2) order by urn, version
"""


async def catalogues(
    conn: Connection, urn: str | None = None, version: str | None = None
) -> list[tuple[Catalogue, str]]:
    """Every catalogue without its entries, with its digest."""
    return [(_catalogue(row), row["digest"]) for row in await conn.fetch(CATALOGUES, urn, version)]


CATALOGUE_ENTRIES = """
select kind, code, body::text as body, urn, version, false as local, 0::bigint as sequence
from catalogue_entry where urn = $1 and version = $2 order by kind, code
"""


async def catalogue_entries(conn: Connection, urn: str, version: str) -> list[Entry]:
    """The entries of one version."""
    return [_entry(row) for row in await conn.fetch(CATALOGUE_ENTRIES, urn, version)]


USE = """
insert into catalogue_use (bureau_id, urn, version, valid_from, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6)
"""


async def use_catalogue(
    conn: Connection, bureau_id: str, urn: str, version: str, on: date, now: datetime, by: str
) -> None:
    """Let a bureau use a version from a day on."""
    await conn.execute(USE, bureau_id, urn, version, on, now, by)


RECORD = """
insert into bureau_entry (bureau_id, kind, code, body, retired, valid_from, recorded_at, recorded_by)
values ($1, $2, $3, $4::text::jsonb, $5, $6, $7, $8) returning sequence
"""


async def record_entry(
    conn: Connection, bureau_id: str, entry: Entry, retired: bool, on: date, now: datetime, by: str
) -> int:
    """Say something of the bureau's own from a day on; returns the number of the record."""
    return await conn.fetchval(
        RECORD, bureau_id, entry.kind, entry.code, _json(entry.body), retired, on, now, by
    )


ENTRIES_ON = """
select kind, code, body::text as body, urn, version, local, sequence from entries_on($1, $2)
where kind = any ($3::text[]) and ($4::text is null or code = $4) order by kind, code
"""


async def entries_on(
    conn: Connection, bureau_id: str, on: date, kinds: Iterable[EntryKind], code: str | None = None
) -> list[Entry]:
    """What the bureau's catalogue says on a day."""
    return [_entry(row) for row in await conn.fetch(ENTRIES_ON, bureau_id, on, sorted(kinds), code)]


async def bodies_on(conn: Connection, bureau_id: str, on: date, kind: EntryKind) -> Sequence[tuple[str, Any]]:
    """Code and typed body of one kind; every body is of the class of `kind`."""
    return [(each.code, each.body) for each in await entries_on(conn, bureau_id, on, [kind])]


def _json(body: Body) -> str:
    return msgspec.json.encode(body).decode()


def _entry(row: asyncpg.Record) -> Entry:
    kind = EntryKind(row["kind"])
    body = read_body(kind, msgspec.json.decode(row["body"]))
    return Entry(kind, row["code"], body, row["urn"], row["version"], row["local"], row["sequence"])


def _catalogue(row: asyncpg.Record) -> Catalogue:
    return Catalogue(
        urn=row["urn"],
        version=row["version"],
        title_zh=row["title_zh"],
        title_en=row["title_en"],
        source=row["source"],
        bounds=msgspec.json.decode(row["bounds"]),
        published_by=row["published_by"],
    )
