"""`kill -9` of case flow before, inside and after the commit of a step; the client asks again with the same key."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest
import pytest_asyncio
from advance_suite import GATE, NOTHING, ONCE, CaseFlowUnderFire, unanswered
from case_flow.testing import MIGRATIONS
from plumbline_shared.testing.databases import TemplateDatabases
from plumbline_shared.testing.postgres import PostgresServer

RANDOM_KILLS = 40 if os.environ.get("PLUMBLINE_CHAOS") == "long" else 3
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def fire(
    templates: TemplateDatabases, postgres: PostgresServer, server_folder: Path
) -> AsyncIterator[CaseFlowUnderFire]:
    urls = await templates.fresh("case_flow", MIGRATIONS)
    service = CaseFlowUnderFire(server_folder / "advance", urls, postgres.url(urls.name))
    await service.start()
    yield service
    await service.stop()
    await templates.drop(urls)


async def again(fire: CaseFlowUnderFire, matter: str) -> None:
    """The service is back; the same request is answered as if nothing had been, and leaves nothing more."""
    await fire.boot()
    for _ in range(2):
        answer = await fire.advance(matter)
        assert answer == {"result": {"id": matter, "state": "CLOSED", "rowVersion": 2}, "userErrors": []}
        assert await fire.traces(matter) == ONCE


async def test_before_the_commit_nothing_happened(fire: CaseFlowUnderFire) -> None:
    matter = await fire.accepted()
    async with fire.locks.transaction():
        await fire.locks.execute("select from matter where id = $1 for update", matter)
        request = asyncio.create_task(fire.advance(matter))
        await fire.until_waiting("update matter|from matter")
        fire.kill()
        await unanswered(request)
    assert await fire.traces(matter) == NOTHING
    await again(fire, matter)


async def test_inside_the_commit_it_happened_though_nobody_was_told(fire: CaseFlowUnderFire) -> None:
    matter = await fire.accepted()
    await fire.locks.execute("select pg_advisory_lock($1)", GATE)
    request = asyncio.create_task(fire.advance(matter))
    await fire.until_waiting("^commit")
    fire.kill()
    await unanswered(request)
    assert await fire.traces(matter) == NOTHING
    await fire.locks.execute("select pg_advisory_unlock($1)", GATE)
    await fire.until_stepped(matter)
    await again(fire, matter)


async def test_after_the_commit_the_answer_is_lost(fire: CaseFlowUnderFire) -> None:
    matter = await fire.accepted()
    request = asyncio.create_task(fire.advance(matter))
    await fire.until_stepped(matter)
    fire.kill()
    await unanswered(request)
    assert await fire.traces(matter) == ONCE
    await again(fire, matter)


@pytest.mark.parametrize("seed", range(RANDOM_KILLS))
async def test_at_any_moment_it_happens_once(fire: CaseFlowUnderFire, seed: int) -> None:
    matter = await fire.accepted()
    request = asyncio.create_task(fire.advance(matter))
    await asyncio.sleep(Random(seed).uniform(0, 0.06))
    fire.kill()
    await unanswered(request)
    await again(fire, matter)
