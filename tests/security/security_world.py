"""A service at work in its own database, and everybody trying everything on the objects of a real story."""

import asyncio
from collections.abc import AsyncGenerator, Collection, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from graphql import GraphQLInputObjectType, GraphQLNonNull, GraphQLSchema
from plumbline_org.model import Org
from plumbline_org.testing import seed_replica
from plumbline_shared.clock import SHANGHAI, ManualClock
from plumbline_shared.database import Connection, Database, identify
from plumbline_shared.ids import new_id
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import run_graphql
from plumbline_shared.timers import run_due
from security_cast import VIEWERS

WROTE = "select pg_current_xact_id_if_assigned() is not null"


class _Undo(Exception):
    """Ends a rehearsal."""


class Rehearsal(Database):
    """One transaction that is taken back at its end; inside it everything reads and writes as ever."""

    def __init__(self, real: Database, conn: Connection) -> None:
        super().__init__(real.pool)
        self.kept = 0
        self._conn = conn
        self._free = asyncio.Lock()

    @asynccontextmanager
    async def transaction(self, principal: Principal) -> AsyncGenerator[Connection]:
        """Counted when it would be kept: a transaction that has an id has written, in whichever table."""
        async with self.read(principal) as conn:
            yield conn
            self.kept += bool(await conn.fetchval(WROTE))

    @asynccontextmanager
    async def read(self, principal: Principal) -> AsyncGenerator[Connection]:
        async with self._free, self._conn.transaction():
            await identify(self._conn, principal)
            yield self._conn


@asynccontextmanager
async def rehearsal(real: Database) -> AsyncGenerator[Rehearsal]:
    """The database for one attempt."""
    with suppress(_Undo):
        async with real.pool.acquire() as conn, conn.transaction():
            yield Rehearsal(real, conn)
            raise _Undo


@dataclass(frozen=True)
class Attempt:
    """What came of one viewer's call: codes of refusal, and how many transactions would have been kept."""

    viewer: str
    codes: tuple[str, ...]
    kept: int


@dataclass(frozen=True)
class Trial:
    """One mutation on one real object in one state, called by everybody.

    `allowed` get through the authorization; those in `but` are then refused by a rule with that code. All others
    must be refused with one of AUTHORITY, or with `also`.
    """

    service: str
    mutation: str
    allowed: frozenset[str]
    but: Mapping[str, str]
    also: frozenset[str]
    attempts: tuple[Attempt, ...]


@dataclass
class World:
    """A running service, its viewers, and what the story made so far (name → id)."""

    runtime: Runtime
    clock: ManualClock
    viewers: Mapping[str, Principal] = field(default_factory=dict[str, Principal])
    trials: list[Trial] = field(default_factory=list[Trial])
    made: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def schema(self) -> GraphQLSchema:
        return graphql_schema(self.runtime)

    async def open(self, *orgs: Org) -> None:
        """Put the bureaus into the service's replica, and make everybody a principal from their token."""
        if orgs:
            async with self.runtime.db.transaction(system()) as conn:
                await seed_replica(conn, *orgs)
        self.viewers = {name: await self.runtime.principal(claims) for name, claims in VIEWERS.items()}

    async def at(self, when: str) -> None:
        """Go to a local time; timers on the way fire, each at its own instant."""
        self.clock.set(datetime.fromisoformat(when).replace(tzinfo=SHANGHAI))
        await run_due(self.runtime.db, self.clock, self.runtime.definition.timers)

    async def ask(self, viewer: str, query: str, **variables: Any) -> dict[str, Any]:
        """What a viewer reads; an error of the request fails the story."""
        answer = await run_graphql(self.runtime, self.viewers[viewer], query, variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def do(
        self, viewer: str, mutation: str, fields: Mapping[str, Any], select: str = ""
    ) -> dict[str, Any]:
        """Have a viewer do it for good. Returns the payload."""
        answer = await self._call(self.runtime, viewer, mutation, fields, select)
        payload = (answer["data"] or {}).get(mutation)
        assert payload, (mutation, answer)
        assert payload["userErrors"] == [], (mutation, viewer, payload)
        return payload

    async def everybody(
        self,
        mutation: str,
        fields: Mapping[str, Any],
        *,
        allowed: Collection[str],
        but: Mapping[str, str] | None = None,
        also: Collection[str] = (),
    ) -> None:
        """Let every viewer try; nothing of it stays."""
        attempts = tuple([await self._attempt(viewer, mutation, fields) for viewer in self.viewers])
        service = self.runtime.definition.name
        self.trials.append(Trial(service, mutation, frozenset(allowed), but or {}, frozenset(also), attempts))

    async def step(
        self,
        by: str,
        mutation: str,
        fields: Mapping[str, Any],
        select: str = "",
        *,
        allowed: Collection[str],
        but: Mapping[str, str] | None = None,
        also: Collection[str] = (),
    ) -> dict[str, Any]:
        """Let everybody try, then have `by` do it."""
        await self.everybody(mutation, fields, allowed=allowed, but=but, also=also)
        return await self.do(by, mutation, fields, select)

    async def _attempt(self, viewer: str, mutation: str, fields: Mapping[str, Any]) -> Attempt:
        async with rehearsal(self.runtime.db) as trial:
            answer = await self._call(replace(self.runtime, db=trial), viewer, mutation, fields, "")
        payload = (answer["data"] or {}).get(mutation) or {"userErrors": []}
        codes = [one["code"] for one in payload["userErrors"]]
        codes += [one["extensions"]["code"] for one in answer.get("errors", [])]
        return Attempt(viewer, tuple(codes), trial.kept)

    async def _call(
        self, runtime: Runtime, viewer: str, mutation: str, fields: Mapping[str, Any], select: str
    ) -> dict[str, Any]:
        kind = input_of(self.schema, mutation).name
        query = f"mutation($i: {kind}!) {{ {mutation}(input: $i) {{ {select} userErrors {{ code path }} }} }}"
        given = {"clientMutationId": new_id("cm"), **fields}
        return await run_graphql(runtime, self.viewers[viewer], query, {"i": given})


def graphql_schema(runtime: Runtime) -> GraphQLSchema:
    """The service's schema as graphql-core has it."""
    return runtime.definition.schema._schema


def input_of(schema: GraphQLSchema, mutation: str) -> GraphQLInputObjectType:
    """The input type of a mutation."""
    assert schema.mutation_type is not None
    kind = schema.mutation_type.fields[mutation].args["input"].type
    assert isinstance(kind, GraphQLNonNull)
    return kind.of_type
