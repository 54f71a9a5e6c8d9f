"""Education on a fresh database with the cast of the scenarios and the seven clearance officers."""

from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio
from education.app import definition
from education.principal import leading
from education.testing import ORGS, As
from plumbline_org.principal import principal_of
from plumbline_org.testing import seed_replica
from plumbline_shared.clock import ManualClock, today
from plumbline_shared.principal import Principal, system
from plumbline_shared.process import close_runtime, open_runtime
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.databases import TemplateDatabases
from plumbline_shared.testing.plugin import START, migrations_of, settings_for

KEPT = """
select string_agg(format('%I', tablename), ', ') from pg_tables
where schemaname = 'public' and tablename !~ '^(org_|audit_|schema_migration|curriculum|quiz_question)'
"""


@pytest_asyncio.fixture(scope="session")
async def seeded(templates: TemplateDatabases) -> AsyncIterator[Runtime]:
    """One service on one database for all tests of this folder, with its organisation."""
    urls = await templates.fresh(*migrations_of("education"))
    running = await open_runtime(definition, settings_for(definition, urls, None, {}), ManualClock(START))
    async with running.db.transaction(system()) as conn:
        await seed_replica(conn, *ORGS.values())
    yield running
    await close_runtime(running)
    await templates.drop(urls)


@pytest_asyncio.fixture
async def runtime(seeded: Runtime, clock: ManualClock) -> AsyncIterator[Runtime]:
    """The service without a bus; what a test wrote is swept away by the owner."""
    seeded.clock = clock
    yield seeded
    owner = await asyncpg.connect(seeded.settings.owner_database_url)
    await owner.execute(f"truncate {await owner.fetchval(KEPT)} cascade")
    await owner.close()


@pytest.fixture
def act_as(clock: ManualClock) -> As:
    """`act_as("D01.deng-yi")`: that person with the roles and the reach of today."""

    def principal(person_id: str) -> Principal:
        org = ORGS[person_id.split(".", maxsplit=1)[0]]
        return leading(principal_of(org, person_id, today(clock)), org, today(clock))

    return principal
