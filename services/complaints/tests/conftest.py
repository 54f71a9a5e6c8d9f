"""Linjiang under its city bureau, its officers with sealing keys, and the hotline's program."""

from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import cast

import asyncpg
import pytest
import pytest_asyncio
from complaints.app import definition
from complaints.domain.intake import Intake
from complaints.settings import ComplaintsSettings
from complaints.storage.keys import add_officer_key
from complaints.testing import HOTLINE, KEY_HOLDERS, PASSPHRASE, File, Officer, Settle
from complaints.use_cases.file_intake import IntakeAnswer, take_in
from complaints.vault import open_vault
from complaints.vault.officers import OfficerKey, make_officer_key
from plumbline_org.model import Org
from plumbline_org.principal import principal_of
from plumbline_org.testing import city, linjiang, seed_replica
from plumbline_shared.clock import SHANGHAI, ManualClock
from plumbline_shared.principal import Principal, system
from plumbline_shared.process import close_runtime, open_runtime
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.databases import TemplateDatabases
from plumbline_shared.testing.plugin import migrations_of, settings_for
from plumbline_shared.timers import run_due

Owner = asyncpg.Connection
CALL = datetime(2026, 5, 16, 22, 40, tzinfo=SHANGHAI)
KEPT = """
select string_agg(format('%I', tablename), ', ') from pg_tables
where schemaname = 'public' and tablename !~ '^(org_|audit_|schema_migration)'
"""


@pytest.fixture(scope="session")
def org() -> Org:
    return linjiang("D01", city())


@pytest.fixture
def officer(org: Org) -> Officer:
    """`officer("ma-qing")`: the person as the directory has them."""
    return lambda code: principal_of(org, f"D01.{code}", date(2026, 5, 16))


@pytest_asyncio.fixture(scope="session")
async def seeded(templates: TemplateDatabases, org: Org) -> AsyncIterator[Runtime]:
    """One service on one database for all tests of this folder, with its organisation."""
    urls = await templates.fresh(*migrations_of(definition))
    running = await open_runtime(definition, settings_for(definition, urls, None, {}), ManualClock(CALL))
    assert org.upper is not None
    async with running.db.transaction(system()) as conn:
        await seed_replica(conn, org, org.upper)
    yield running
    await close_runtime(running)
    await templates.drop(urls)


@pytest_asyncio.fixture(scope="session")
async def owner(seeded: Runtime) -> AsyncIterator[Owner]:
    """The owner of the database, who may sweep."""
    conn = await asyncpg.connect(seeded.settings.owner_database_url)
    yield conn
    await conn.close()


@pytest_asyncio.fixture
async def runtime(seeded: Runtime, owner: Owner, clock: ManualClock) -> AsyncIterator[Runtime]:
    """The service at the time of the call, with empty stores; what a test wrote the owner sweeps away."""
    clock.set(CALL)
    seeded.clock = clock
    open_vault(cast(ComplaintsSettings, seeded.settings))
    yield seeded
    tables = await owner.fetchval(KEPT)
    await owner.execute(f"truncate {tables} cascade")


@pytest.fixture(scope="session")
def officer_keys() -> list[OfficerKey]:
    """Made once: a passphrase is slow on purpose."""
    return [make_officer_key(f"D01.{code}", PASSPHRASE) for code in KEY_HOLDERS]


@pytest_asyncio.fixture
async def with_keys(runtime: Runtime, officer: Officer, officer_keys: list[OfficerKey]) -> Runtime:
    """The same, with sealing keys of the lead, the head and the discipline officer."""
    for key in officer_keys:
        who = officer(key.person_id.removeprefix("D01."))
        async with runtime.db.transaction(who) as conn:
            assert await add_officer_key(conn, "D01", key, date(2026, 5, 4))
    return runtime


@pytest.fixture
def file(runtime: Runtime) -> File:
    """`await file(intake, key="k", caller=HOTLINE)`."""

    async def take(intake: Intake, key: str = "key-1", caller: Principal = HOTLINE) -> IntakeAnswer:
        return await take_in(runtime, caller, intake, key)

    return take


@pytest.fixture
def settle(runtime: Runtime) -> Settle:
    """Fire what is due; returns how many timers did."""

    async def run() -> int:
        return await run_due(runtime.db, runtime.clock, definition.timers)

    return run
