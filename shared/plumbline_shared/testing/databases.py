"""Databases and roles of services on an embedded server, and copies of a migrated template for tests."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import asyncpg

from plumbline_shared.migrate import Migrations, migrate
from plumbline_shared.testing.postgres import PostgresServer

ROLE_EXISTS = "select true from pg_roles where rolname = $1"
DATABASE_EXISTS = "select true from pg_database where datname = $1"
GROUP = "plumbline_app"


@dataclass(frozen=True)
class DatabaseUrls:
    """One database as the service sees it (`app`: row-level security holds) and as its owner (`owner`: migrates)."""

    name: str
    app: str
    owner: str


@dataclass(frozen=True)
class ServiceRoles:
    """The two roles of one service and their secrets (None on a server that trusts)."""

    service: str
    owner_password: str | None = None
    app_password: str | None = None

    @property
    def owner(self) -> str:
        return f"{self.service}_owner"

    @property
    def app(self) -> str:
        return f"{self.service}_app"

    def urls(self, server: PostgresServer, database: str) -> DatabaseUrls:
        """Addresses of `database` for both roles."""
        app = server.url(database, self.app, self.app_password)
        return DatabaseUrls(database, app, server.url(database, self.owner, self.owner_password))


def name(identifier: str) -> str:
    """The identifier itself, after a check that it is safe in DDL, which takes no parameters."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", identifier):
        raise ValueError(f"not a plain identifier: {identifier!r}")
    return identifier


async def ensure_roles(server: PostgresServer, services: Sequence[ServiceRoles]) -> None:
    """Creates the group role and every service's owner and app role, or sets their secrets anew."""
    conn = await asyncpg.connect(server.url("postgres"))
    try:
        if not await conn.fetchval(ROLE_EXISTS, GROUP):
            await conn.execute(f"create role {GROUP} nologin")
        for service in services:
            await _ensure_role(conn, service.owner, service.owner_password)
            await _ensure_role(conn, service.app, service.app_password)
            await conn.execute(f"grant {GROUP} to {name(service.app)}")
    finally:
        await conn.close()


async def _ensure_role(conn: "asyncpg.Connection[asyncpg.Record]", role: str, password: str | None) -> None:
    if not await conn.fetchval(ROLE_EXISTS, role):
        await conn.execute(f"create role {name(role)} login nosuperuser nocreatedb nocreaterole nobypassrls")
    if password is not None:
        quoted = await conn.fetchval("select quote_literal($1)", password)
        await conn.execute(f"alter role {name(role)} password {quoted}")


async def ensure_database(server: PostgresServer, roles: ServiceRoles) -> DatabaseUrls:
    """The service's database, owned by its owner role; created on the first call."""
    conn = await asyncpg.connect(server.url("postgres"))
    try:
        if not await conn.fetchval(DATABASE_EXISTS, roles.service):
            await conn.execute(f"create database {name(roles.service)} owner {name(roles.owner)}")
    finally:
        await conn.close()
    return roles.urls(server, roles.service)


class TemplateDatabases:
    """Migrates each set of migrations once, then copies its template: a fresh database costs some 20 ms."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._templates: dict[tuple[str, tuple[str, ...]], str] = {}
        self._lock = asyncio.Lock()
        self._numbers = count(1)

    async def fresh(self, service: str, sources: Sequence[Migrations]) -> DatabaseUrls:
        """A new database of `service`, with every migration applied and no rows of its own."""
        key = (service, tuple(str(file) for source in sources for file in source.files()))
        roles = ServiceRoles(service)
        async with self._lock:
            if key not in self._templates:
                self._templates[key] = await self._migrated(roles, sources)
            copy = f"{service}_{next(self._numbers)}"
            await self._admin(
                f"create database {name(copy)} owner {name(roles.owner)} "
                f"template {name(self._templates[key])} strategy file_copy"
            )
        return roles.urls(self._server, copy)

    async def drop(self, urls: DatabaseUrls) -> None:
        """Removes a copy, even while something is still connected to it."""
        await self._admin(f"drop database if exists {name(urls.name)} with (force)")

    async def _migrated(self, roles: ServiceRoles, sources: Sequence[Migrations]) -> str:
        await ensure_roles(self._server, [roles])
        template = name(f"template_{roles.service}_{next(self._numbers)}")
        await self._admin(f"drop database if exists {template}")
        await self._admin(f"create database {template} owner {name(roles.owner)}")
        await migrate(roles.urls(self._server, template).owner, sources)
        return template

    async def _admin(self, statement: str) -> None:
        conn = await asyncpg.connect(self._server.url("postgres"))
        try:
            await conn.execute(statement)
        finally:
            await conn.close()
