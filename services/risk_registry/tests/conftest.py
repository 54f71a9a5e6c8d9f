"""A registry on a fresh database, with the cast of the scenarios, the seven clearance officers and a second bureau."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import date

import asyncpg
import pytest
import pytest_asyncio
from plumbline_org.model import Org
from plumbline_org.parts import Post, PostKind, Span
from plumbline_org.principal import principal_of
from plumbline_org.testing import ALWAYS, city, linjiang, person, seed_replica
from plumbline_shared.clock import ManualClock, today
from plumbline_shared.principal import Principal, system
from plumbline_shared.process import close_runtime, open_runtime
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.databases import TemplateDatabases
from plumbline_shared.testing.plugin import START, migrations_of, settings_for
from plumbline_shared.testing.postgres import PostgresServer
from risk_registry.app import definition

CLEARANCE = {
    "cai-ling": "TO-2", "dai-yang": "TO-2", "feng-bo": "TO-4", "guan-xin": "TO-4",
    "hou-jie": "TO-6", "wu-bin": "TO-7", "yuan-qi": "TO-7",
}  # fmt: skip
CHIEFS = {"song-ke": "LEVY", "fang-lei": "TO-7"}
UNIT_POSTS = {"clearance": PostKind.OFFICER, "chief": PostKind.CHIEF}

Broom = asyncpg.Connection
As = Callable[[str], Principal]
Sweep = Callable[[], Awaitable[None]]


def district(bureau: str = "D01") -> Org:
    """The small bureau with LEVY's chief, the clearance posts of four offices, and one who left TO-5 on 03-01."""
    small = linjiang(bureau, upper=city())
    held = {name: f"{unit}.clearance" for name, unit in CLEARANCE.items()}
    held |= {name: f"{unit}.chief" for name, unit in CHIEFS.items()}
    left = Span(ALWAYS.first, date(2026, 3, 1))
    moved = {f"{bureau}.old-hand": person(bureau, "old-hand", "旧人", "TO-5.administrator", span=left)}
    persons = moved | {f"{bureau}.{name}": person(bureau, name, name, post) for name, post in held.items()}
    posts = {f"{bureau}.{post}": _post(bureau, post) for post in held.values()}
    return replace(small, persons={**small.persons, **persons}, posts={**small.posts, **posts})


def _post(bureau: str, name: str) -> Post:
    unit, _, role = name.partition(".")
    return Post(f"{bureau}.{name}", bureau, f"{bureau}.{unit}", role, UNIT_POSTS[role], span=ALWAYS)


ORGS = {"D01": district("D01"), "D02": district("D02"), "C01": city()}


SWEEP = """
do $$
declare each text;
begin
  set local session_replication_role = replica;
  for each in
    select tablename from pg_tables
    where schemaname = 'public' and tablename !~ '^(org_|audit_|schema_migration|register_scope)'
      and tablename !~ '^(grading_scheme|grading_anchor|evidence_scheme|evidence_weight|display_profile|rotation_rule$)'
  loop execute format('delete from %I', each); end loop;
end $$
"""


@pytest_asyncio.fixture(scope="session")
async def seeded(templates: TemplateDatabases) -> AsyncIterator[Runtime]:
    """One service on one database for all tests of this folder, with its organisation."""
    urls = await templates.fresh(*migrations_of("risk_registry"))
    running = await open_runtime(definition, settings_for(definition, urls, None, {}), ManualClock(START))
    async with running.db.transaction(system()) as conn:
        await seed_replica(conn, *ORGS.values())
    yield running
    await close_runtime(running)
    await templates.drop(urls)


@pytest_asyncio.fixture(scope="session")
async def broom(seeded: Runtime, postgres: PostgresServer) -> AsyncIterator[Broom]:
    """The server's administrator: the only one who can delete from tables that are append-only."""
    database = seeded.settings.database_url.rpartition("/")[2].partition("?")[0]
    conn = await asyncpg.connect(postgres.url(database))
    yield conn
    await conn.close()


@pytest_asyncio.fixture
async def runtime(seeded: Runtime, broom: Broom, clock: ManualClock) -> AsyncIterator[Runtime]:
    """The service without a bus and with an empty register; what a test wrote is swept away after it."""
    seeded.clock = clock
    yield seeded
    await broom.execute(SWEEP)


@pytest.fixture
def sweep(broom: Broom) -> Sweep:
    """`await sweep()` inside a test that makes many histories, one after the other."""

    async def run() -> None:
        await broom.execute(SWEEP)

    return run


@pytest.fixture
def act_as(clock: ManualClock) -> As:
    """`act_as("D01.huang-zhen")`: that person with the roles, units and posts of today."""

    def principal(person_id: str, on: date | None = None) -> Principal:
        return principal_of(ORGS[person_id.split(".", maxsplit=1)[0]], person_id, on or today(clock))

    return principal
