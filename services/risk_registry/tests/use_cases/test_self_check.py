"""Everybody looks at each own post once a cycle; what is found is proposed, advice is decided (S1-049, S1-071, S1-072)."""

from collections.abc import Callable
from datetime import date

import pytest
from plumbline_contracts.risk_registry.v1 import SelfCheckSubmitted
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.events import message_of
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from risk_registry.domain.self_checks import completion
from risk_registry.storage.points import load_points
from risk_registry.storage.self_checks import advice_of, checks_of
from risk_registry.testing_reform import DAY, HEAD
from risk_registry.use_cases.self_check import (
    AdviceDecided,
    CheckedBefore,
    CheckItem,
    DecideAdvice,
    GiveAdvice,
    MoveCycle,
    OpenCycle,
    SubmitSelfCheck,
    WrongStage,
    decide,
    give_advice,
    move_cycle,
    open_cycle,
    submit_self_check,
)

As = Callable[[str], Principal]
HE, POST = "D01.he-jun", "TO-5.administrator"
ITEM = CheckItem("核定定额凭印象", "定期定额", "定额核定", "缺少典型调查")


async def opened(runtime: Runtime, act_as: As) -> str:
    return (await runtime.execute(act_as(HEAD), open_cycle, OpenCycle("2026 年排查", date(2026, 6, 30)))).id


async def test_what_an_officer_finds_is_proposed_and_told(runtime: Runtime, act_as: As) -> None:
    cycle = await opened(runtime, act_as)
    done = await runtime.execute(act_as(HE), submit_self_check, SubmitSelfCheck(cycle, POST, [ITEM]))
    async with runtime.db.read(system("D01")) as conn:
        found = (await load_points(conn, "D01", DAY, done.points))[done.points[0]]
        row = await conn.fetchval("select data from outbox where subject like '%SelfCheckSubmitted'")
        entries = completion(await load_org(conn, "D01"), DAY, await checks_of(conn, "D01", cycle))
    assert (found.state, found.grade, found.description.posts) == ("PROPOSED", None, (f"D01.{POST}",))
    told = message_of(SelfCheckSubmitted, row.encode())
    assert (told.person_id, list(told.point_ids)) == (HE, done.points)
    assert [each.person for each in entries if each.submitted] == [HE]
    assert len(entries) > 20


async def test_a_check_is_for_ones_own_post_once_and_never_silent(runtime: Runtime, act_as: As) -> None:
    cycle = await opened(runtime, act_as)
    with pytest.raises(NotFound):
        await runtime.execute(act_as("D01.lin-jie"), submit_self_check, SubmitSelfCheck(cycle, POST, [ITEM]))
    with pytest.raises(Invalid):
        await runtime.execute(act_as(HE), submit_self_check, SubmitSelfCheck(cycle, POST, []))
    nothing = SubmitSelfCheck(cycle, POST, [], nothing_found=True)
    await runtime.execute(act_as(HE), submit_self_check, nothing)
    with pytest.raises(CheckedBefore):
        await runtime.execute(act_as(HE), submit_self_check, nothing)
    with pytest.raises(NotFound):
        await runtime.execute(act_as("D02.he-jun"), submit_self_check, nothing)


async def test_stages_follow_one_another(runtime: Runtime, act_as: As) -> None:
    cycle = await opened(runtime, act_as)
    with pytest.raises(WrongStage):
        await runtime.execute(act_as(HEAD), move_cycle, MoveCycle(cycle, "CONTROL"))
    await runtime.execute(act_as(HEAD), move_cycle, MoveCycle(cycle, "ASSESS"))
    with pytest.raises(WrongStage):
        await runtime.execute(act_as(HE), submit_self_check, SubmitSelfCheck(cycle, POST, [ITEM]))


async def test_advice_is_decided_once_and_becomes_something(runtime: Runtime, act_as: As) -> None:
    cycle = await opened(runtime, act_as)
    given = await runtime.execute(act_as("D01.bai-xue"), give_advice, GiveAdvice(cycle, [], "典型调查双人"))
    with pytest.raises(Invalid):
        await runtime.execute(act_as(HEAD), decide, DecideAdvice(given.id, "CONTROL"))
    await runtime.execute(act_as(HEAD), decide, DecideAdvice(given.id, "CONTROL", "CT-SURVEY"))
    with pytest.raises(AdviceDecided):
        await runtime.execute(act_as(HEAD), decide, DecideAdvice(given.id, "DECLINED", reason="x"))
    async with runtime.db.read(system("D01")) as conn:
        (found,) = await advice_of(conn, "D01")
    assert (found.outcome, found.reference) == ("CONTROL", "CT-SURVEY")
