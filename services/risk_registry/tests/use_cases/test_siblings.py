"""Bureaus with the same catalogue point share a prior, and nothing of one of them is to be seen in another (§9.4, 14)."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from plumbline_org.grades import RiskGrade
from plumbline_shared.clock import ManualClock
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.domain.evidence_facts import EvidenceKind, Fact
from risk_registry.domain.points import Origin, Source, point_id
from risk_registry.domain.siblings import Siblings
from risk_registry.domain.standing import PointState, Standing
from risk_registry.pooling import pool
from risk_registry.storage.evidence import add_facts
from risk_registry.storage.points import add_points, add_texts
from risk_registry.storage.siblings import siblings_on
from risk_registry.storage.signals import add_signal
from risk_registry.storage.standings import add_standings
from risk_registry.testing import description

As = Callable[[str], Principal]
URN, CODE = "urn:plumbline:catalogue:national", "RP-SHARED-1"
OTHERS = [f"S{number}" for number in range(1, 7)]
YEAR, PLACED = date(2025, 4, 1), datetime(2025, 4, 1, tzinfo=UTC)
QUARTER = date(2026, 4, 1)
EXPLAIN = """
query ($id: ID!) {
  gradeExplanation(pointId: $id) {
    words wordsEn panelPrior { mean years } prior { mean years }
    siblingPrior { mean years bureausAtLeast asOf } shares { reference }
  }
}
"""


@pytest_asyncio.fixture
async def others(runtime: Runtime, broom: asyncpg.Connection) -> AsyncIterator[Sequence[str]]:
    """Six more bureaus, under nobody."""
    insert = "insert into org_bureau (id, name, name_en, level) values ($1, $1, $1, 'DISTRICT')"
    await broom.executemany(insert, [(each,) for each in OTHERS])
    yield OTHERS
    await broom.execute("delete from org_bureau where id = any ($1)", OTHERS)


async def put(runtime: Runtime, bureau: str, incidents: int) -> str:
    """The shared point in force in a bureau, with so many incidents of its own."""
    id_ = point_id(bureau, CODE)
    text = description((f"{bureau}.POLICY.reviewer",))
    async with runtime.db.transaction(system(bureau)) as conn:
        await add_points(conn, bureau, [(id_, CODE, Origin.PUBLISHED)], PLACED)
        await add_texts(conn, bureau, [(id_, replace(text, source=Source(URN)))], YEAR, PLACED)
        standing = Standing(PointState.ACTIVE, RiskGrade.MEDIUM, YEAR, PLACED)
        await add_standings(conn, bureau, [(id_, standing)])
        await add_facts(conn, [incident(bureau, id_, number) for number in range(incidents)])
    return id_


def incident(bureau: str, point: str, number: int, at: datetime = datetime(2026, 2, 1, tzinfo=UTC)) -> Fact:
    source = f"in_{bureau}_{number}"
    return Fact(f"INCIDENT/{source}", "ev", point, bureau, EvidenceKind.INCIDENT, source, at.date(), at)


async def shown(runtime: Runtime, act_as: As, graphql: RunGraphQL, who: str = "D01.ma-qing") -> Any:
    answer = await graphql(runtime, act_as(who), EXPLAIN, {"id": f"D01.{CODE}"})
    assert "errors" not in answer
    return answer["data"]["gradeExplanation"]


async def test_six_bureaus_make_a_prior_and_show_nothing_of_one_of_them(
    runtime: Runtime, act_as: As, graphql: RunGraphQL, clock: ManualClock, others: Sequence[str]
) -> None:
    clock.set(datetime(2026, 4, 10, tzinfo=UTC))
    await put(runtime, "D01", 0)
    for number, each in enumerate(others):
        await put(runtime, each, 1 + number % 3)
    before = await shown(runtime, act_as, graphql)
    assert (before["siblingPrior"], before["prior"]) == (None, before["panelPrior"])
    assert await pool(runtime.db, QUARTER) is True
    after = await shown(runtime, act_as, graphql)
    assert after["siblingPrior"]["bureausAtLeast"] == 6
    assert after["siblingPrior"]["asOf"] == "2026-04-01"
    panel, siblings, prior = after["panelPrior"], after["siblingPrior"], after["prior"]
    assert prior["years"] == pytest.approx(panel["years"] + siblings["years"])
    assert panel["mean"] < prior["mean"] < siblings["mean"]
    assert "6 bureaus or more" in after["wordsEn"]
    assert after["shares"] == []
    assert not [each for each in others if each in str(after)]
    assert await shown(runtime, act_as, graphql, "D01.luo-fang") == after


async def test_five_say_nothing_and_who_never_reports_is_no_sibling(
    runtime: Runtime, clock: ManualClock, others: Sequence[str]
) -> None:
    for each in others[:5]:
        await put(runtime, each, 2)
    await put(runtime, others[5], 0)
    await put(runtime, "D01", 0)
    await pool(runtime.db, QUARTER)
    async with runtime.db.read(system("D01")) as conn:
        assert await siblings_on(conn, (URN, CODE), QUARTER) is None


async def pooled_now(runtime: Runtime, on: date = QUARTER) -> Siblings | None:
    await pool(runtime.db, on)
    async with runtime.db.read(system("D02")) as conn:
        return await siblings_on(conn, (URN, CODE), on)


async def test_a_quarter_is_pooled_once_from_what_was_known_and_never_from_what_is_sealed(
    runtime: Runtime, broom: asyncpg.Connection, others: Sequence[str]
) -> None:
    ids = {each: await put(runtime, each, 2) for each in others}
    first = await pooled_now(runtime)
    assert first
    for each, point in ids.items():
        async with runtime.db.transaction(system(each)) as conn:
            await add_signal(conn, f"sg_{each}", point, each, date(2026, 2, 1))
            await add_facts(conn, [incident(each, point, 9, datetime(2026, 4, 2, tzinfo=UTC))])
    assert await pool(runtime.db, QUARTER) is False
    assert await pooled_now(runtime) == first
    await broom.execute("delete from sibling_prior")
    await broom.execute("delete from sibling_batch")
    assert await pooled_now(runtime) == first
    later = await pooled_now(runtime, date(2026, 7, 1))
    assert later
    assert later.mean > first.mean


async def test_nobody_writes_a_prior_for_one_bureau_and_no_person_reads_the_table(
    runtime: Runtime, act_as: As, others: Sequence[str]
) -> None:
    for each in others:
        await put(runtime, each, 1)
    await pool(runtime.db, QUARTER)
    for who in (act_as("D01.huang-zhen"), act_as("D01.ma-qing"), act_as("C01.city-head")):
        async with runtime.db.read(who) as conn:
            assert await conn.fetchval("select count(*) from sibling_prior") == 0
    for who in (system("D01"), act_as("D01.huang-zhen")):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with runtime.db.transaction(who) as conn:
                await conn.execute("insert into sibling_prior values ($1, 'x', 'y', 9, 1, 6)", QUARTER)
