"""The service hall on a database of its own: people whom no other test has, and a duty roster."""

from collections.abc import AsyncIterator

import asyncpg
import pytest_asyncio
from case_flow.subscriptions import TIMERS
from case_flow.testing import MIGRATIONS, WorkedBureau
from case_flow.testing_hall import hall_org, seed_hall
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
async def hall_urls(templates: TemplateDatabases) -> AsyncIterator[DatabaseUrls]:
    """The hall's database."""
    urls = await templates.fresh("case_flow", MIGRATIONS)
    yield urls
    await templates.drop(urls)


@pytest_asyncio.fixture(scope="session")
async def hall_database(hall_urls: DatabaseUrls) -> AsyncIterator[Database]:
    """It as the service sees it."""
    database = await Database.connect(hall_urls.app, max_size=4)
    await seed_hall(database)
    yield database
    await database.close()


@pytest_asyncio.fixture
async def bureau(hall_urls: DatabaseUrls, hall_database: Database, clock: ManualClock) -> WorkedBureau:
    """D01 with its hall and nothing else."""
    owner = await asyncpg.connect(hall_urls.owner)
    await owner.execute(EMPTY)
    await owner.close()
    worked = WorkedBureau(hall_database, clock, TIMERS)
    worked.org = hall_org()
    return worked
