"""The pool, and one transaction per use case that carries the caller's identity for row-level security."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeAlias

import asyncpg

from plumbline_shared.principal import Principal

if TYPE_CHECKING:
    Connection: TypeAlias = asyncpg.pool.PoolConnectionProxy[asyncpg.Record]
    Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]
else:
    Connection = asyncpg.Connection
    Pool = asyncpg.Pool

log = logging.getLogger(__name__)

RETRY_SECONDS = 0.25

# The server is away, starting, ending, or our connection to it is gone: worth another try.
AWAY = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.OperatorInterventionError,
)

IDENTIFY = """
select set_config('plumbline.actor', $1, true), set_config('plumbline.person', $2, true),
       set_config('plumbline.bureau', $3, true), set_config('plumbline.roles', $4, true),
       set_config('plumbline.units', $5, true), set_config('plumbline.posts', $6, true),
       set_config('plumbline.scopes', $7, true)
"""


async def identify(conn: Connection, principal: Principal) -> None:
    """Tell row-level security who asks, until the end of the transaction."""
    await conn.execute(
        IDENTIFY,
        principal.kind,
        principal.person_id or "",
        principal.bureau_id or "",
        ",".join(sorted(principal.roles)),
        ",".join(sorted(principal.unit_ids)),
        ",".join(sorted(principal.post_ids)),
        ",".join(sorted(principal.scopes)),
    )


async def _open_pool(url: str, max_size: int) -> Pool:
    return await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=max_size,
        reset=_keep_as_is,
        server_settings={
            "statement_timeout": "30s",
            "timezone": "UTC",
            "jit": "off",
            "plan_cache_mode": "force_generic_plan",
        },
    )


async def _keep_as_is(_conn: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Nothing to reset: settings hold for one transaction, and who locks or listens closes its connection."""


class Database:
    """A service's own database. Every access names who asks: there is no way around row-level security."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    @classmethod
    async def connect(cls, url: str, *, max_size: int = 8) -> "Database":
        """Open a pool of at most `max_size` connections; statements over 30 s are cancelled.

        A server that is away or still starting is waited for; a wrong password or database is an error.
        """
        while True:
            try:
                return cls(await _open_pool(url, max_size))
            except (OSError, asyncpg.CannotConnectNowError, asyncpg.ConnectionDoesNotExistError) as error:
                log.warning("the database is away: %s", type(error).__name__)
                await asyncio.sleep(RETRY_SECONDS)

    async def close(self) -> None:
        await self.pool.close()

    @asynccontextmanager
    async def transaction(self, principal: Principal) -> AsyncGenerator[Connection]:
        """One writing transaction as `principal`."""
        async with self.pool.acquire() as conn, conn.transaction():
            await identify(conn, principal)
            yield conn

    @asynccontextmanager
    async def read(self, principal: Principal) -> AsyncGenerator[Connection]:
        """One read-only snapshot as `principal`."""
        async with self.pool.acquire() as conn, conn.transaction(isolation="repeatable_read", readonly=True):
            await identify(conn, principal)
            yield conn
