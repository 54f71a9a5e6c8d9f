"""A stage over its budget: the line hears of it at 24:00 of the stage's day, where the item says so and nowhere else."""

from collections.abc import Sequence

import pytest
from case_flow.domain import errors
from case_flow.domain.parsing import parse
from case_flow.testing import WorkedBureau
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.pause_clock import PauseClock, pause_clock
from case_flow.use_cases.publish_item import PublishItem, publish_item
from case_flow.use_cases.resume_clock import ResumeClock, resume_clock
from plumbline_shared.principal import system

ITEM = """
item: STAGED
version: 1
name: {zh: 分段, en: Staged}
citation: {source: a rule}
LIMIT
pauses: [{code: HEARING, name: {zh: 听证, en: Hearing}, citation: {source: a rule}}]
steps:
  - {code: take, name: {zh: 收, en: Take}, role: WINDOW_CLERK, unit: HALL, next: work}
  - {code: work, name: {zh: 办, en: Work}, role: INVESTIGATOR, unit: TO-3, budget: {days: 3, alert: true}, next: read}
  - {code: read, name: {zh: 审, en: Read}, role: REVIEWER, unit: POLICY, budget: 2, next: sign}
  - {code: sign, name: {zh: 签, en: Sign}, role: SECTION_CHIEF, unit: POLICY, budget: {days: 2, alert: true}, end: true}
"""
LIMIT = "limit: {length: 20, citation: {source: a rule}}"
OVERDUE = "select facts ->> 'stage', raised_at, subject_ids, unit_ids from alert where kind = 'STAGE_OVERDUE' order by 2"


async def accepted(bureau: WorkedBureau, limit: str = LIMIT) -> str:
    await bureau.run(system("D01"), publish_item, PublishItem(ITEM.replace("LIMIT", limit)))
    return (await bureau.do("wu-yan", accept_matter, AcceptMatter("STAGED", "x"))).matter_id


async def overdue(bureau: WorkedBureau) -> list[Sequence[object]]:
    rows = await bureau.within(system("D01"), lambda uow: uow.conn.fetch(OVERDUE))
    return [(row[0], f"{row[1]:%m-%d %H:%M}", tuple(row[2]), tuple(row[3])) for row in rows]


@pytest.mark.parametrize("limit", [LIMIT, ""])
async def test_the_line_hears_at_midnight_with_and_without_a_limit(bureau: WorkedBureau, limit: str) -> None:
    matter = await accepted(bureau, limit)
    await bureau.at("2026-04-07 23:59")
    assert await overdue(bureau) == []
    await bureau.at("2026-04-08 00:00")
    assert await overdue(bureau) == [("work", "04-07 16:00", (), ("D01.TO-3",))]
    await bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "work"))
    await bureau.at("2026-04-14 00:00")
    assert [one[0] for one in await overdue(bureau)] == ["work"]


async def test_a_step_done_in_time_and_one_not_opted_in_say_nothing(bureau: WorkedBureau) -> None:
    matter = await accepted(bureau)
    await bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "work"))
    await bureau.at("2026-04-11 00:00")
    await bureau.do("lin-jie", advance_matter, AdvanceMatter(matter, "read"))
    assert await overdue(bureau) == []
    await bureau.at("2026-04-14 00:00")
    assert await overdue(bureau) == [("sign", "04-13 16:00", ("D01.chen-gang",), ("D01.POLICY",))]
    await bureau.do("chen-gang", advance_matter, AdvanceMatter(matter, "sign"))
    waiting = "select kind from timer where ref = $1"
    assert await bureau.within(system("D01"), lambda uow: uow.conn.fetch(waiting, matter)) == []


async def test_a_pause_moves_the_stage_with_the_clock(bureau: WorkedBureau) -> None:
    matter = await accepted(bureau)
    await bureau.at("2026-04-02 09:00")
    await bureau.do("sun-hao", pause_clock, PauseClock(matter, "HEARING", "letter 7"))
    await bureau.at("2026-04-09 09:00")
    assert await overdue(bureau) == []
    await bureau.do("sun-hao", resume_clock, ResumeClock(matter))
    await bureau.at("2026-04-13 23:59")
    assert await overdue(bureau) == []
    await bureau.at("2026-04-14 00:00")
    assert [one[:2] for one in await overdue(bureau)] == [("work", "04-13 16:00")]


def test_a_budget_is_days_or_days_with_an_alert() -> None:
    steps = {one.code: (one.budget, one.budget_alert) for one in parse(ITEM.replace("LIMIT", LIMIT)).steps}
    assert steps == {"take": (None, False), "work": (3, True), "read": (2, False), "sign": (2, True)}
    for wrong in ("{alert: true}", "{days: 3, alarm: true}", "{days: 3, alert: perhaps}", "{}"):
        with pytest.raises(errors.InvalidDefinition):
            parse(ITEM.replace("LIMIT", LIMIT).replace("{days: 3, alert: true}", wrong))
