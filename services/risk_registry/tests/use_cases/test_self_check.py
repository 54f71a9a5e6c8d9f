"""Everybody looks at each own post once a cycle; what is found is proposed, advice is decided (S1-049, S1-071, S1-072)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from plumbline_contracts.risk_registry.v1 import SelfCheckSubmitted
from plumbline_org.grades import RiskGrade
from plumbline_org.storage.load import load_org
from plumbline_shared.clock import ManualClock
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.events import message_of
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.domain.catalogue import EntryKind
from risk_registry.domain.control_tests import ControlAspect
from risk_registry.domain.self_checks import Stage, completion
from risk_registry.domain.standing import PointState, Standing
from risk_registry.storage.points import load_points
from risk_registry.storage.self_checks import advice_of, checks_of
from risk_registry.storage.standings import add_standings
from risk_registry.testing_reform import DAY, HEAD, LEGAL, regulation
from risk_registry.use_cases.check_control import CheckControl, check_control
from risk_registry.use_cases.keep_catalogue import RecordEntry, record
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
CYCLES = """
{ identificationCycles {
  id stage startedAt endedAt follows stages { stage beganAt endedAt beganBy { id } }
  progress { identified assessed controlled monitored }
} }
"""
NUMBERS = ("identified", "assessed", "controlled", "monitored")
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
        await runtime.execute(act_as(HEAD), move_cycle, MoveCycle(cycle, Stage.CONTROL))
    await runtime.execute(act_as(HEAD), move_cycle, MoveCycle(cycle, Stage.ASSESS))
    with pytest.raises(WrongStage):
        await runtime.execute(act_as(HE), submit_self_check, SubmitSelfCheck(cycle, POST, [ITEM]))


async def test_a_cycle_runs_from_start_to_end_through_four_stages_and_the_next_follows_it(
    runtime: Runtime, act_as: As, clock: ManualClock, graphql: RunGraphQL
) -> None:
    """识别、评估、控制、监督 (S2-002), 周而复始 (S2-046): what was found is graded, controlled, tested; then round again."""
    head = act_as(HEAD)
    await regulation(runtime, act_as)
    cycle = await opened(runtime, act_as)
    (found,) = (
        await runtime.execute(act_as(HE), submit_self_check, SubmitSelfCheck(cycle, POST, [ITEM]))
    ).points

    async def seen(who: str = HEAD) -> dict[str, Any]:
        return (await graphql(runtime, act_as(who), CYCLES))["data"]["identificationCycles"][-1]

    async def reach(stage: Stage) -> None:
        clock.advance(timedelta(hours=1))
        await runtime.execute(head, move_cycle, MoveCycle(cycle, stage))

    assert (await seen())["progress"] == dict(zip(NUMBERS, (1, 0, 0, 0), strict=True))
    await reach(Stage.ASSESS)
    async with runtime.db.transaction(system("D01")) as conn:
        await add_standings(
            conn, "D01", [(found, Standing(PointState.ACTIVE, RiskGrade.LOW, DAY, clock.now()))]
        )
    await reach(Stage.CONTROL)
    control = {
        "title_zh": "典型调查双人", "family": "SEGREGATION", "phase": "IN_PROCESS", "basis": "REG-RELIEF#2",
        "points": [found.removeprefix("D01.")],
    }  # fmt: skip
    recording = RecordEntry(EntryKind.CONTROL, "CT-SURVEY", control, DAY)
    await runtime.execute(act_as(LEGAL), record, recording)
    assert (await seen())["progress"] == dict(zip(NUMBERS, (1, 1, 1, 0), strict=True))
    await reach(Stage.MONITOR)
    test = CheckControl("CT-SURVEY", ControlAspect.OPERATING, "抽查 25 件")
    await runtime.execute(act_as("D01.bai-xue"), check_control, test)
    await reach(Stage.ENDED)
    done = await seen()
    assert done["progress"] == dict(zip(NUMBERS, (1, 1, 1, 1), strict=True))
    began, ended = ([each[key] for each in done["stages"]] for key in ("beganAt", "endedAt"))
    assert [each["stage"] for each in done["stages"]] == list(Stage)
    assert (done["startedAt"], done["endedAt"], done["follows"]) == (began[0], began[-1], None)
    assert ended == [*began[1:], None]
    assert {each["beganBy"]["id"] for each in done["stages"]} == {HEAD}
    with pytest.raises(WrongStage):
        await reach(Stage.IDENTIFY)
    clock.advance(timedelta(hours=1))
    again = await opened(runtime, act_as)
    assert ((await seen())["id"], (await seen())["follows"]) == (again, cycle)
    clerk = await seen(HE)
    assert (clerk["stage"], clerk["progress"]) == ("IDENTIFY", None)


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
