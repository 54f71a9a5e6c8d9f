"""Open work goes back to an earlier step, or to a colleague."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from case_flow.domain import errors
from case_flow.testing import WorkedBureau
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.claim_work import ClaimWork, claim_work
from case_flow.use_cases.hand_over_work import HandOverWork, hand_over_work
from case_flow.use_cases.publish_item import PublishItem, publish_item
from case_flow.use_cases.return_matter import ReturnMatter, return_matter
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import system

ITEM = """
item: BACK
version: 1
name: {zh: 退回, en: Back}
citation: {source: a rule}
limit: {length: 10, citation: {source: a rule}}
steps:
  - {code: take, name: {zh: 收, en: Take}, role: WINDOW_CLERK, unit: HALL, budget: 1, next: look}
  - {code: look, name: {zh: 查, en: Look}, role: INVESTIGATOR, unit: TO-3, budget: 4, next: check}
  - {code: check, name: {zh: 核, en: Check}, role: REVIEWER, unit: POLICY, budget: 2, incompatible_with: [look], next: say}
  - {code: say, name: {zh: 定, en: Say}, role: SECTION_CHIEF, unit: POLICY, budget: 2, end: true}
"""


@pytest.fixture
async def matter(bureau: WorkedBureau) -> str:
    """A matter whose step `look` Li Wei has."""
    await bureau.run(system("D01"), publish_item, PublishItem(ITEM))
    taken = await bureau.do("wu-yan", accept_matter, AcceptMatter("BACK", "x"))
    await bureau.do("li-wei", claim_work, ClaimWork(taken.matter_id, "look"))
    return taken.matter_id


async def row(bureau: WorkedBureau, matter: str) -> Any:
    sql = "select step, handlers, due_on, trail, state, row_version from matter where id = $1"
    return await bureau.within(system("D01"), lambda uow: uow.conn.fetchrow(sql, matter))


async def acts(bureau: WorkedBureau, matter: str) -> list[tuple[str, str]]:
    sql = "select action, detail from audit_entry where object_id = $1 order by id"
    found = await bureau.within(system("D01"), lambda uow: uow.conn.fetch(sql, matter))
    return [(one["action"], str(one["detail"])) for one in found]


async def test_a_return_keeps_what_was_done_and_the_limit(bureau: WorkedBureau, matter: str) -> None:
    due_on = (await row(bureau, matter))["due_on"]
    await bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "look"))
    await bureau.at("2026-04-08 09:00")
    back = ReturnMatter(matter, "check", "look", "the photographs are missing")
    await bureau.do("lin-jie", return_matter, back)
    found = await row(bureau, matter)
    assert (found["step"], list(found["handlers"]), found["due_on"]) == ("look", [], due_on)
    assert '"look"' in found["trail"]
    assert "the photographs are missing" in dict(await acts(bureau, matter))["returnMatter"]
    await bureau.do("zhao-qiang", advance_matter, AdvanceMatter(matter, "look"))
    await bureau.do("lin-jie", advance_matter, AdvanceMatter(matter, "check"))
    await bureau.do("chen-gang", advance_matter, AdvanceMatter(matter, "say"))
    sql = "select step, signers from matter_step where matter_id = $1 order by seq"
    done = await bureau.within(system("D01"), lambda uow: uow.conn.fetch(sql, matter))
    assert [one["step"] for one in done] == ["take", "look", "look", "check", "say"]
    assert date(2026, 4, 16) == due_on


async def test_a_return_is_refused_where_it_makes_no_sense(bureau: WorkedBureau, matter: str) -> None:
    await bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "look"))
    before = await row(bureau, matter)
    for to, reason in (("say", "x"), ("check", "x"), ("nothing", "x"), ("look", " ")):
        with pytest.raises(errors.ReturnRefused):
            await bureau.do("lin-jie", return_matter, ReturnMatter(matter, "check", to, reason))
    with pytest.raises(errors.StepOutOfOrder):
        await bureau.do("lin-jie", return_matter, ReturnMatter(matter, "look", "take", "x"))
    with pytest.raises(errors.NotHandler):
        await bureau.do("li-wei", return_matter, ReturnMatter(matter, "check", "look", "x"))
    with pytest.raises(NotFound):
        await bureau.do("he-jun", return_matter, ReturnMatter(matter, "check", "look", "x"))
    assert await row(bureau, matter) == before


async def test_work_is_handed_to_a_colleague_who_may_do_it(bureau: WorkedBureau, matter: str) -> None:
    over = HandOverWork(matter, "look", "D01.zhao-qiang", "on a course from tomorrow")
    taken = await bureau.do("li-wei", hand_over_work, over)
    assert taken.handlers == ("D01.zhao-qiang",)
    with pytest.raises(errors.NotHandler):
        await bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "look"))
    await bureau.do("zhao-qiang", advance_matter, AdvanceMatter(matter, "look"))
    assert "on a course from tomorrow" in dict(await acts(bureau, matter))["handOverWork"]


async def test_a_hand_over_is_refused_to_strangers_and_by_them(bureau: WorkedBureau, matter: str) -> None:
    before = await row(bureau, matter)
    for to in ("D01.he-jun", "D01.lin-jie", "D01.nobody"):
        with pytest.raises(errors.NotEligible):
            await bureau.do("li-wei", hand_over_work, HandOverWork(matter, "look", to, "x"))
    with pytest.raises(Invalid):
        await bureau.do("li-wei", hand_over_work, HandOverWork(matter, "look", "D01.zhao-qiang", ""))
    for name in ("sun-hao", "li-wei"):
        with pytest.raises(errors.NotHandler):
            await bureau.do(name, hand_over_work, HandOverWork(matter, "look", "D01.li-wei", "x"))
    assert await row(bureau, matter) == before


async def test_who_serves_no_longer_does_not_finish_what_is_in_hand(
    bureau: WorkedBureau, matter: str
) -> None:
    serving = bureau.who("li-wei")
    standby = replace(serving, roles=frozenset(), unit_ids=frozenset(), post_ids=frozenset())
    look = AdvanceMatter(matter, "look")
    with pytest.raises(errors.NotEligible):
        await bureau.run(standby, advance_matter, look)
    await bureau.run(serving, advance_matter, look)
