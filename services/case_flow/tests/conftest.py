"""One bureau at work for all tests: one database, emptied before each; and its subgraph."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from case_flow.app import definition
from case_flow.subscriptions import TIMERS
from case_flow.testing import MIGRATIONS, WorkedBureau
from plumbline_shared.auth import Claims
from plumbline_shared.clock import ManualClock
from plumbline_shared.database import Database
from plumbline_shared.graphql import Context
from plumbline_shared.ids import new_id
from plumbline_shared.runtime import Runtime
from plumbline_shared.settings import load
from plumbline_shared.testing.databases import DatabaseUrls, TemplateDatabases
from plumbline_shared.testing.plugin import run_graphql

EMPTY = """
do $$ begin
  execute (select 'truncate ' || string_agg(quote_ident(tablename), ', ') || ' restart identity cascade'
           from pg_tables where schemaname = 'public' and tablename <> 'schema_migration'
             and tablename not like 'org\\_%'
             and (tablename not like 'audit\\_%' or tablename in ('audit_programme', 'audit_workpaper')));
end $$
"""


@pytest_asyncio.fixture(scope="session")
async def bureau_urls(templates: TemplateDatabases) -> AsyncIterator[DatabaseUrls]:
    """The database that these tests share."""
    urls = await templates.fresh("case_flow", MIGRATIONS)
    yield urls
    await templates.drop(urls)


@pytest_asyncio.fixture(scope="session")
async def shared_database(bureau_urls: DatabaseUrls) -> AsyncIterator[Database]:
    """It as the service sees it, with D01's people in it."""
    database = await Database.connect(bureau_urls.app, max_size=4)
    await WorkedBureau.seed(database)
    yield database
    await database.close()


@pytest_asyncio.fixture
async def bureau(bureau_urls: DatabaseUrls, shared_database: Database, clock: ManualClock) -> WorkedBureau:
    """D01 with its cast and nothing else, on Wed 2026-04-01 09:00."""
    owner = await asyncpg.connect(bureau_urls.owner)
    await owner.execute(EMPTY)
    await owner.close()
    return WorkedBureau(shared_database, clock, TIMERS)


class Graph:
    """The subgraph asked as people of the cast."""

    def __init__(self, bureau: WorkedBureau) -> None:
        self.bureau = bureau
        settings = load(definition.settings, {"DATABASE_URL": "postgresql://unused", "MODE": "test"})
        self.runtime = Runtime(definition, settings, bureau.db, bureau.clock)

    def context(self, name: str) -> Context:
        """One request of a person."""
        return Context(self.runtime, self.bureau.who(name), Claims(f"D01.{name}", "D01", "person"))

    async def ask(self, name: str, query: str, **variables: Any) -> dict[str, Any]:
        """The data; an error of the request fails the test."""
        answer = await run_graphql(self.runtime, self.bureau.who(name), query, variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def refusal(self, name: str, query: str, **variables: Any) -> str:
        """The code of the first error."""
        answer = await run_graphql(self.runtime, self.bureau.who(name), query, variables)
        return answer["errors"][0]["extensions"]["code"]

    async def do(self, name: str, mutation: str, input: dict[str, Any], fields: str = "") -> dict[str, Any]:
        """A mutation by its field name; the payload, with its user errors."""
        kind = mutation[0].upper() + mutation[1:] + "Input"
        query = f"mutation($i: {kind}!) {{ {mutation}(input: $i) {{ {fields} userErrors {{ code path }} }} }}"
        whole = {"clientMutationId": new_id("cm"), **input}
        return (await self.ask(name, query, i=whole))[mutation]


@pytest.fixture
def graph(bureau: WorkedBureau) -> Graph:
    """The subgraph over the bureau of this test."""
    return Graph(bureau)
