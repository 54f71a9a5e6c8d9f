"""Running work on a database of its own: colleagues whom no other test has."""

from collections.abc import AsyncIterator

import asyncpg
import pytest_asyncio
from case_flow.subscriptions import TIMERS
from case_flow.testing import MIGRATIONS, WorkedBureau
from case_flow.testing_running import running_org, seed_running
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
async def running_urls(templates: TemplateDatabases) -> AsyncIterator[DatabaseUrls]:
    """The database that these tests share."""
    urls = await templates.fresh("case_flow", MIGRATIONS)
    yield urls
    await templates.drop(urls)


@pytest_asyncio.fixture(scope="session")
async def running_database(running_urls: DatabaseUrls) -> AsyncIterator[Database]:
    """It as the service sees it."""
    database = await Database.connect(running_urls.app, max_size=4)
    await seed_running(database)
    yield database
    await database.close()


@pytest_asyncio.fixture
async def bureau(running_urls: DatabaseUrls, running_database: Database, clock: ManualClock) -> WorkedBureau:
    """D01 with its people and nothing else, on Wed 2026-04-01 09:00."""
    owner = await asyncpg.connect(running_urls.owner)
    await owner.execute(EMPTY)
    await owner.close()
    worked = WorkedBureau(running_database, clock, TIMERS)
    worked.org = running_org()
    return worked
