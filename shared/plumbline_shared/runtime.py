"""What a service is (its definition) and what it holds while it runs (its runtime)."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from google.protobuf.message import Message
from starlette.routing import BaseRoute

from plumbline_shared.auth import Authenticator, Claims
from plumbline_shared.bus import Bus
from plumbline_shared.clock import Clock, FileClock, SystemClock, today
from plumbline_shared.database import Connection, Database
from plumbline_shared.errors import Unauthenticated
from plumbline_shared.graphql.schema import FederatedSchema
from plumbline_shared.migrate import Migrations
from plumbline_shared.principal import ANONYMOUS, Principal
from plumbline_shared.settings import ServiceSettings
from plumbline_shared.timers import TimerHandler
from plumbline_shared.use_case import Uow, execute

Command = TypeVar("Command", bound=msgspec.Struct)
Result = TypeVar("Result")

EventHandler = Callable[[Uow, Any], Awaitable[None]]
Enrich = Callable[[Connection, Claims, date], Awaitable[Principal]]

SHARED_MIGRATIONS = Migrations("shared", Path(__file__).parent / "migrations")


async def claims_only(conn: Connection, claims: Claims, on: date) -> Principal:
    """A principal from its token alone: no roles."""
    return principal_of_claims(claims)


def principal_of_claims(claims: Claims) -> Principal:
    """Kind, person, bureau and scopes as the token has them."""
    if claims.kind == "anonymous":
        return ANONYMOUS
    person = claims.sub if claims.kind == "person" else None
    return Principal(claims.kind, person_id=person, bureau_id=claims.bureau, scopes=claims.scopes)


@dataclass(frozen=True)
class ServiceDefinition:
    """Everything that makes a service, on one page: see any `services/<name>/<name>/app.py`."""

    name: str
    schema: FederatedSchema
    migrations: Sequence[Migrations]
    subscriptions: Mapping[type[Message], EventHandler] = field(
        default_factory=dict[type[Message], EventHandler]
    )
    timers: Mapping[str, TimerHandler] = field(default_factory=dict[str, TimerHandler])
    settings: type[ServiceSettings] = ServiceSettings
    enrich: Enrich = claims_only
    routes: "Callable[[Runtime], Sequence[BaseRoute]] | None" = None
    startup: "Callable[[Runtime], Awaitable[None]] | None" = None
    workers: "Sequence[Callable[[Runtime, asyncio.Event], Coroutine[None, None, None]]]" = ()

    def all_migrations(self) -> list[Migrations]:
        """The shared tables first, then the service's own."""
        return [SHARED_MIGRATIONS, *self.migrations]


@dataclass
class Runtime:
    """A running service: its database, bus and clock. `extras` holds what `startup` made (keys, caches).

    `authenticator` is for what the gateway sends, `door` for who comes by REST with a token of the identity provider.
    """

    definition: ServiceDefinition
    settings: ServiceSettings
    db: Database
    clock: Clock
    bus: Bus | None = None
    authenticator: Authenticator | None = None
    door: Authenticator | None = None
    extras: dict[str, Any] = field(default_factory=dict[str, Any])

    async def principal(self, claims: Claims) -> Principal:
        """The caller with roles, units and posts as of today."""
        plain = principal_of_claims(claims)
        if plain.kind == "anonymous":
            return plain
        async with self.db.read(plain) as conn:
            return await self.definition.enrich(conn, claims, today(self.clock))

    async def caller(self, authorization: str | None) -> Principal:
        """Who comes by REST: the gateway carries no files, so they bring their own token. Raises Unauthenticated."""
        door = self.door or self.authenticator
        if door is None:
            raise Unauthenticated(
                "this service has no token issuer set: see OIDC_ISSUER and GATEWAY_JWKS_URL"
            )
        return await self.principal(await door.authenticate(authorization))

    async def execute(
        self,
        principal: Principal,
        use_case: Callable[[Uow, Command], Awaitable[Result]],
        command: Command,
        *,
        key: str | None = None,
    ) -> Result:
        """Run a use case in one transaction; see `plumbline_shared.use_case.execute`."""
        return await execute(self.db, self.clock, principal, use_case, command, key=key)


def clock_of(settings: ServiceSettings) -> Clock:
    """The system's clock, or in demonstration and test the one that `CLOCK_FILE` holds."""
    return FileClock(Path(settings.clock_file)) if settings.clock_file else SystemClock()
