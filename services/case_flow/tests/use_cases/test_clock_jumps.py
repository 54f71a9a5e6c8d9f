"""The clock jumps five minutes, forward or back, around midnight: nothing is told twice, late or too early (I-002)."""

from datetime import date
from typing import Any

import pytest
from case_flow.domain import errors
from case_flow.testing import WorkedBureau
from case_flow.testing_calendar import SEED, calendar_published
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.pause_clock import PauseClock, pause_clock
from case_flow.use_cases.publish_item import PublishItem, publish_item
from case_flow.use_cases.recompute_clocks import on_calendar_published
from case_flow.use_cases.request_extension import RequestExtension, request_extension
from case_flow.use_cases.resume_clock import ResumeClock, resume_clock
from plumbline_shared.principal import system

ITEM = """
item: JUMPED
version: 1
name: {zh: 跳钟, en: Jumped}
citation: {source: a rule}
limit: {length: 5, citation: {source: a rule}, approaching: [1]}
extension: {cap: 3, approver: OFFICE_CHIEF, citation: {source: a rule}}
pauses: [{code: HEARING, name: {zh: 听证, en: Hearing}, citation: {source: a rule}}]
steps:
  - {code: take, name: {zh: 收, en: Take}, role: WINDOW_CLERK, unit: HALL, budget: 1, next: work}
  - {code: work, name: {zh: 办, en: Work}, role: INVESTIGATOR, unit: TO-3, budget: 4, end: true}
"""
LAST_DAY = date(2026, 4, 9)
TOLD = "select kind, (raised_at at time zone 'Asia/Shanghai')::text as at from alert order by raised_at"
MISSED = ("DEADLINE_MISSED", "2026-04-10 00:00:00")


async def rows(bureau: WorkedBureau, sql: str, *args: object) -> list[tuple[Any, ...]]:
    found = await bureau.within(system("D01"), lambda uow: uow.conn.fetch(sql, *args))
    return [tuple(row) for row in found]


async def published(bureau: WorkedBureau) -> None:
    await bureau.run(system("D01"), publish_item, PublishItem(ITEM))


async def accepted(bureau: WorkedBureau) -> str:
    return (await bureau.do("wu-yan", accept_matter, AcceptMatter("JUMPED", "x"))).matter_id


@pytest.fixture
async def matter(bureau: WorkedBureau) -> str:
    await published(bureau)
    return await accepted(bureau)


async def missed(bureau: WorkedBureau) -> list[tuple[Any, ...]]:
    return [row for row in await rows(bureau, TOLD) if row[0] == "DEADLINE_MISSED"]


async def test_a_jump_over_midnight_tells_the_miss_at_midnight(bureau: WorkedBureau, matter: str) -> None:
    await bureau.at("2026-04-09 23:58")
    assert await rows(bureau, "select due_on from matter where id = $1", matter) == [(LAST_DAY,)]
    assert await missed(bureau) == []
    await bureau.at("2026-04-10 00:03")
    assert await missed(bureau) == [MISSED]
    with pytest.raises(errors.ExtensionRefused):
        await bureau.do("sun-hao", request_extension, RequestExtension(matter, 2, "late"))


async def test_a_clock_set_back_tells_nothing_twice_and_done_in_time_is_in_time(
    bureau: WorkedBureau, matter: str
) -> None:
    await bureau.at("2026-04-10 00:01")
    assert await missed(bureau) == [MISSED]
    await bureau.at("2026-04-09 23:56")
    await bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "work"))
    await bureau.at("2026-04-10 00:02")
    assert await missed(bureau) == [MISSED]
    assert await rows(bureau, "select closed_on, late_working_days from matter where id = $1", matter) == [
        (LAST_DAY, 0)
    ]
    assert await rows(bureau, "select error from dead_timer") == []


async def test_what_was_done_stays_in_its_order_when_the_clock_is_set_back(bureau: WorkedBureau) -> None:
    await published(bureau)
    await bureau.at("2026-04-02 00:02")
    matter = await accepted(bureau)
    await bureau.at("2026-04-01 23:57")
    await bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "work"))
    steps = "select step, local_on from matter_step where matter_id = $1 order by seq"
    assert await rows(bureau, steps, matter) == [("take", date(2026, 4, 2)), ("work", date(2026, 4, 1))]
    trail = "select action from audit_entry where object_id = $1 order by id"
    assert [row[0] for row in await rows(bureau, trail, matter)] == ["acceptMatter", "advanceMatter"]


async def test_a_pause_that_ends_before_it_began_takes_no_day(bureau: WorkedBureau, matter: str) -> None:
    await bureau.at("2026-04-03 00:02")
    await bureau.do("sun-hao", pause_clock, PauseClock(matter, "HEARING", "letter 7"))
    await bureau.at("2026-04-02 23:57")
    assert (await bureau.do("sun-hao", resume_clock, ResumeClock(matter))).due_on == LAST_DAY


async def test_paused_on_the_last_day_and_resumed_on_a_day_off_is_not_late_at_once(
    bureau: WorkedBureau, matter: str
) -> None:
    await bureau.receive(on_calendar_published, calendar_published("off", {date(2026, 4, 10): False}))
    await bureau.at("2026-04-09 16:00")
    await bureau.do("sun-hao", pause_clock, PauseClock(matter, "HEARING", "letter 7"))
    await bureau.at("2026-04-12 10:00")
    assert (await bureau.do("sun-hao", resume_clock, ResumeClock(matter))).due_on == date(2026, 4, 13)
    await bureau.at("2026-04-13 23:59")
    assert await missed(bureau) == []
    await bureau.receive(on_calendar_published, calendar_published(SEED.version, {}))
