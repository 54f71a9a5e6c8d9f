"""One bureau at work for the tests of use cases: one database for all of them, emptied before each."""

from collections.abc import AsyncIterator

import asyncpg
import pytest_asyncio
from case_flow.subscriptions import TIMERS
from case_flow.testing import MIGRATIONS, WorkedBureau
from plumbline_shared.clock import ManualClock
from plumbline_shared.database import Database
from plumbline_shared.testing.databases import DatabaseUrls, TemplateDatabases

EMPTY = """
do $$ begin
  execute (select 'truncate ' || string_agg(quote_ident(tablename), ', ') || ' restart identity cascade'
           from pg_tables where schemaname = 'public' and tablename <> 'schema_migration'
             and tablename not like 'org\\_%' and tablename not like 'audit\\_%');
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
