"""Linjiang under its city bureau, its officers with sealing keys, and the hotline's program."""

from datetime import date, datetime

import pytest
import pytest_asyncio
from complaints.app import definition
from complaints.domain.intake import Intake
from complaints.storage.keys import add_officer_key
from complaints.testing import HOTLINE, KEY_HOLDERS, PASSPHRASE, File, Officer, Settle
from complaints.use_cases.file_intake import IntakeAnswer, take_in
from complaints.vault.officers import OfficerKey, make_officer_key
from plumbline_org.model import Org
from plumbline_org.principal import principal_of
from plumbline_org.testing import city, linjiang, seed_replica
from plumbline_shared.clock import SHANGHAI, ManualClock
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RuntimeFor
from plumbline_shared.timers import run_due


@pytest.fixture(scope="session")
def org() -> Org:
    return linjiang("D01", city())


@pytest.fixture
def officer(org: Org) -> Officer:
    """`officer("ma-qing")`: the person as the directory has them."""
    return lambda code: principal_of(org, f"D01.{code}", date(2026, 5, 16))


@pytest_asyncio.fixture
async def runtime(runtime_for: RuntimeFor, org: Org, clock: ManualClock) -> Runtime:
    """Scenario 3 begins: Sat 2026-05-16 22:40."""
    clock.set(datetime(2026, 5, 16, 22, 40, tzinfo=SHANGHAI))
    started = await runtime_for(definition)
    assert org.upper is not None
    async with started.db.transaction(system()) as conn:
        await seed_replica(conn, org, org.upper)
    return started


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
