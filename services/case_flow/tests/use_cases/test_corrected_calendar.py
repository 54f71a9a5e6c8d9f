"""A corrected calendar in the middle of a matter: running clocks follow, stopped ones stay, and the ledger says why."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import date, timedelta

import pytest
from case_flow.testing import WorkedBureau
from case_flow.testing_calendar import SEED, calendar_published
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.publish_item import PublishItem, publish_item
from case_flow.use_cases.recompute_clocks import on_calendar_published
from plumbline_shared.principal import system

ITEM = """
item: CORRECTED
version: 1
name: {zh: 改历, en: Corrected}
citation: {source: a rule}
limit: {length: LENGTH, citation: {source: a rule}, approaching: [2]}
steps:
  - {code: take, name: {zh: 收, en: Take}, role: WINDOW_CLERK, unit: HALL, budget: 1, next: work}
  - {code: work, name: {zh: 办, en: Work}, role: INVESTIGATOR, unit: TO-3, budget: 4, end: true}
"""
OFF = date(2026, 4, 20)
Publish = Callable[..., Awaitable[None]]


@pytest.fixture
async def publish(bureau: WorkedBureau) -> AsyncIterator[Publish]:
    async def now(version: str, changed: Mapping[date, bool], horizon: date = SEED.horizon) -> None:
        await bureau.receive(on_calendar_published, calendar_published(version, changed, horizon))

    yield now
    await now(SEED.version, {})


async def accepted(bureau: WorkedBureau, length: int = 20) -> str:
    await bureau.run(system("D01"), publish_item, PublishItem(ITEM.replace("LENGTH", str(length))))
    return (await bureau.do("wu-yan", accept_matter, AcceptMatter("CORRECTED", "x"))).matter_id


async def rows(bureau: WorkedBureau, sql: str, *args: object) -> list[tuple[object, ...]]:
    found = await bureau.within(system("D01"), lambda uow: uow.conn.fetch(sql, *args))
    return [tuple(row) for row in found]


LEDGER = """
select clock, event, due_on, reason, calendar_version from clock_event where matter_id = $1 and event <> 'STARTED'
order by seq, clock
"""
DUE = "select due_on, due_provisional, row_version from matter where id = $1"
TIMERS = (
    "select kind, (fire_at at time zone 'Asia/Shanghai')::date from timer where ref = $1 order by fire_at"
)


async def test_running_clocks_and_their_timers_move_with_the_reason(
    bureau: WorkedBureau, publish: Publish
) -> None:
    matter = await accepted(bureau)
    assert (await rows(bureau, DUE, matter))[0][:2] == (date(2026, 4, 30), False)
    await bureau.at("2026-04-10 09:00")
    await publish("corrected-1", {OFF: False})
    await bureau.at("2026-04-10 09:01")
    moved = SEED.add_working_days(date(2026, 4, 30), 1).on
    assert await rows(bureau, DUE, matter) == [(moved, False, 2)]
    assert await rows(bureau, LEDGER, matter) == [
        ("matter", "RECOMPUTED", moved, "calendar corrected-1", "corrected-1"),
        ("stage:work", "RECOMPUTED", date(2026, 4, 9), "calendar corrected-1", "corrected-1"),
    ]
    assert await rows(bureau, TIMERS, matter) == [
        ("matter_deadline_approaching", date(2026, 4, 29)),
        ("matter_deadline_missed", moved + timedelta(days=1)),
    ]


async def test_the_same_calendar_again_changes_nothing(bureau: WorkedBureau, publish: Publish) -> None:
    matter = await accepted(bureau)
    for version in ("corrected-1", "corrected-2"):
        await publish(version, {OFF: False})
        await bureau.at("2026-04-01 09:01")
    assert [row[1:3] for row in await rows(bureau, DUE, matter)] == [(False, 2)]
    assert len(await rows(bureau, LEDGER, matter)) == 2


async def test_a_stopped_clock_stays(bureau: WorkedBureau, publish: Publish) -> None:
    matter = await accepted(bureau)
    await bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "work"))
    before = await rows(bureau, DUE, matter)
    await publish("corrected-1", {OFF: False})
    await bureau.at("2026-04-01 09:01")
    assert await rows(bureau, DUE, matter) == before
    assert [row[1] for row in await rows(bureau, LEDGER, matter)] == ["STOPPED"]


async def test_a_provisional_date_becomes_final(bureau: WorkedBureau, publish: Publish) -> None:
    beyond = SEED.working_days_between(date(2026, 4, 1), SEED.horizon) + 2
    matter = await accepted(bureau, beyond)
    [(guess, provisional, _)] = await rows(bureau, DUE, matter)
    assert (guess, provisional) == (date(2027, 1, 4), True)
    await publish("state-council-2027", {date(2027, 1, 4): False}, date(2027, 12, 31))
    await bureau.at("2026-04-01 09:01")
    assert (await rows(bureau, DUE, matter))[0][:2] == (date(2027, 1, 5), False)


async def test_a_miss_that_was_told_is_not_told_again(bureau: WorkedBureau, publish: Publish) -> None:
    matter = await accepted(bureau, 5)
    await bureau.at("2026-04-10 09:00")
    missed = "select count(*) from alert where kind = 'DEADLINE_MISSED' and matter_id = $1"
    assert await rows(bureau, missed, matter) == [(1,)]
    await publish("corrected-1", {date(2026, 4, 7): False})
    await bureau.at("2026-04-10 09:01")
    assert await rows(bureau, missed, matter) == [(1,)]
    assert len(await rows(bureau, LEDGER, matter)) == 2


async def test_the_national_calendar_concerns_every_bureau(bureau: WorkedBureau) -> None:
    national = calendar_published(SEED.version, {}, SEED.horizon, "")
    await bureau.receive(on_calendar_published, national)
    waiting = "select bureau_id, ref from timer where kind = 'clocks_recomputed'"
    assert await rows(bureau, waiting) == [("D01", "calendar:D01")]
    await bureau.at("2026-04-10 09:00")
    assert await rows(bureau, waiting) == []
    assert await rows(bureau, "select error from dead_timer") == []
