"""Over real NATS: a standard and an overdue rotation go from the registry to case flow and performance, each once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from case_flow.use_cases.keep_standard import standards_of
from plumbline_org.grades import RiskGrade
from plumbline_org.model import Org
from plumbline_org.parts import Span
from plumbline_org.testing import linjiang, person, seed_replica
from plumbline_shared import consumer, relay
from plumbline_shared.clock import SHANGHAI, ManualClock
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RuntimeFor
from plumbline_shared.timers import run_due
from risk_registry.discretion_packs import shipped_standard
from risk_registry.testing import description, put_point
from risk_registry.use_cases.check_rotation import ScanRotation, scan_rotation
from risk_registry.use_cases.load_discretion import LoadStandard, load_standard

POST, HELD_SINCE = "D01.POLICY.reviewer", date(2021, 7, 1)
SCORES = "select coalesce(sum(points), 0) from entry where rule = 'SR-08' and subject_id = 'D01.POLICY'"
ALERTS = "select count(*) from alert where kind like 'ROTATION%'"
OPEN = "select count(*) from rotation_block where cleared_at is null"
STANDARDS = "select count(*) from discretion_standard"


@asynccontextmanager
async def working(*runtimes: Runtime) -> AsyncIterator[None]:
    stopping = asyncio.Event()
    parts = (relay, consumer)
    tasks = [asyncio.create_task(part.run_forever(one, stopping)) for one in runtimes for part in parts]
    try:
        yield
    finally:
        stopping.set()
        await asyncio.gather(*tasks)


async def until(runtime: Runtime, query: str, wanted: Any) -> None:
    """Wait until a service has what the event brings."""
    async with asyncio.timeout(120):
        while True:
            async with runtime.db.read(system("D01")) as conn:
                if await conn.fetchval(query) == wanted:
                    return
            await asyncio.sleep(0.02)


def bureau(left_on: date | None = None) -> Org:
    """D01 with a reviewer of POLICY who has held the post since 2021-07-01."""
    org = linjiang()
    holder = person("D01", "lin-jie", "林杰", "POLICY.reviewer", span=Span(HELD_SINCE, left_on))
    return replace(org, persons={**org.persons, holder.id: holder})


async def seed(org: Org, *runtimes: Runtime) -> None:
    for one in runtimes:
        async with one.db.transaction(system()) as conn:
            await seed_replica(conn, org)


async def check(registry: Runtime, clock: ManualClock, when: str) -> None:
    """Go to a local time and have the registry look at everybody, as timers and assignments make it."""
    clock.set(datetime.fromisoformat(when).replace(tzinfo=SHANGHAI))
    await run_due(registry.db, clock, registry.definition.timers)
    await registry.execute(system("D01"), scan_rotation, ScanRotation())


async def test_a_standard_and_a_rotation_reach_their_readers_once(
    runtime_for: RuntimeFor, clock: ManualClock
) -> None:
    registry, cases, scores = [
        await runtime_for(name, bus=True) for name in ("risk_registry", "case_flow", "performance")
    ]
    await seed(bureau(), registry, cases, scores)
    async with registry.db.transaction(system("D01")) as conn:
        at = datetime(2025, 1, 1, tzinfo=UTC)
        await put_point(conn, "RP-A", RiskGrade.HIGH, description([POST]), date(2025, 1, 1), at)
    standard = LoadStandard("DEMO-2026", shipped_standard("demo"), date(2026, 7, 1), "pack:demo")
    async with working(registry, cases, scores):
        await registry.execute(system("D01"), load_standard, standard)
        await until(cases, STANDARDS, 1)
        await check(registry, clock, "2026-07-01 23:59")
        await check(registry, clock, "2026-07-02 00:00")
        await until(scores, SCORES, -1)
        await until(cases, OPEN, 1)
        await check(registry, clock, "2026-08-01 00:00")
        await until(scores, SCORES, -2)
        await seed(bureau(date(2026, 8, 1)), registry)
        await check(registry, clock, "2026-08-05 09:00")
        await until(cases, OPEN, 0)
        await until(scores, SCORES, -1)
    async with cases.db.read(system("D01")) as conn:
        assert await conn.fetchval(ALERTS) == 2
        assert await conn.fetchval("select count(*) from dead_event") == 0
        first, published = await standards_of(conn, "D01", date(2026, 7, 1))
        assert published.effective_from == date(2026, 7, 1)
        ours, theirs = (one.pack.points["LATE_CHANGE_REGISTRATION"] for one in (first, published))
        assert [one.amounts for one in ours.tiers] == [one.amounts for one in theirs.tiers]
        assert [one.days_to for one in ours.tiers] == [one.days_to for one in theirs.tiers]
