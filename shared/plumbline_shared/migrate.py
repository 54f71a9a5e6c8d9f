"""Migrations: plain SQL files in order, under an advisory lock, each in its own transaction."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from plumbline_shared.database import Connection

_LOCK = 7_586_253_417

LEDGER = """
create table if not exists schema_migration (
  namespace text not null,
  name text not null,
  sha256 text not null,
  applied_at timestamptz not null default now(),
  primary key (namespace, name)
)
"""
APPLIED = "select sha256 from schema_migration where namespace = $1 and name = $2"
RECORD = "insert into schema_migration (namespace, name, sha256) values ($1, $2, $3)"
PRIVILEGES = """
alter default privileges in schema public grant select, insert, update, delete on tables to plumbline_app;
alter default privileges in schema public grant usage, select on sequences to plumbline_app;
grant usage on schema public to plumbline_app;
"""


class MigrationError(Exception):
    """A migration file was changed after it ran, or the database lacks the role `plumbline_app`."""


@dataclass(frozen=True)
class Migrations:
    """A folder of `NNNN_name.sql` files and the namespace that they are recorded under."""

    namespace: str
    folder: Path

    def files(self) -> list[Path]:
        return sorted(self.folder.glob("[0-9]*.sql"))


async def migrate(url: str, sources: Sequence[Migrations]) -> list[str]:
    """Bring the database at `url` (as its owner) up to date and return the names of what ran.

    Safe to run many times at once: an advisory lock lets one runner work while the others wait.
    """
    conn = await asyncpg.connect(url, server_settings={"lock_timeout": "10s", "statement_timeout": "5min"})
    try:
        await conn.execute("set lock_timeout = 0")
        await conn.execute("select pg_advisory_lock($1)", _LOCK)
        await conn.execute("set lock_timeout = '10s'")
        return await _run(conn, sources)
    finally:
        await conn.close()


async def pending(conn: Connection, sources: Sequence[Migrations]) -> list[str]:
    """Names of files that have not run yet (empty when the schema is current)."""
    done = {
        (row["namespace"], row["name"])
        for row in await conn.fetch("select namespace, name from schema_migration")
    }
    return [
        file.name
        for source in sources
        for file in source.files()
        if (source.namespace, file.name) not in done
    ]


async def _run(conn: "asyncpg.Connection[asyncpg.Record]", sources: Sequence[Migrations]) -> list[str]:
    if not await conn.fetchval("select true from pg_roles where rolname = 'plumbline_app'"):
        raise MigrationError(
            "the role plumbline_app is missing: create it (nologin) and grant it to the service's role"
        )
    await conn.execute(PRIVILEGES)
    await conn.execute(LEDGER)
    ran: list[str] = []
    for source in sources:
        for file in source.files():
            if await _apply(conn, source.namespace, file.name, file.read_text(encoding="utf-8")):
                ran.append(f"{source.namespace}/{file.name}")
    return ran


async def _apply(conn: "asyncpg.Connection[asyncpg.Record]", namespace: str, name: str, sql: str) -> bool:
    digest = hashlib.sha256(sql.encode()).hexdigest()
    known = await conn.fetchval(APPLIED, namespace, name)
    if known == digest:
        return False
    if known is not None:
        raise MigrationError(f"{namespace}/{name} was changed after it ran: add a new file instead")
    async with conn.transaction():
        await conn.execute(sql)
        await conn.execute(RECORD, namespace, name, digest)
    return True
