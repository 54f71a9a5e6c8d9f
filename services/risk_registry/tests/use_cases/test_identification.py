"""An officer finds the risks of a post in three saved steps, and hands them in as a self-check (S1-047, S1-049)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.domain.catalogue import EntryKind
from risk_registry.domain.identification import Line, Step, StepMissing
from risk_registry.domain.self_checks import Stage
from risk_registry.storage.points import load_points
from risk_registry.testing_reform import DAY, HEAD, LEGAL, regulation
from risk_registry.use_cases.identify_risk import SaveStep, save_step
from risk_registry.use_cases.keep_catalogue import RecordEntry, record
from risk_registry.use_cases.self_check import (
    MoveCycle,
    OpenCycle,
    SubmitSelfCheck,
    WrongStage,
    move_cycle,
    open_cycle,
    submit_self_check,
)

As = Callable[[str], Principal]
HE, POST = "D01.he-jun", "TO-5.administrator"
DUTIES = [Line("D-1", "定额核定"), Line("D-2", "户籍巡查")]
POWERS = [Line("PW-QUOTA", "核定定额", of="D-1"), Line("P-2", "认定停业", of="D-2")]
RISKS = [
    Line("R-1", "核定凭印象", of="PW-QUOTA", process="定期定额", place="定额核定", cause="缺少典型调查"),
    Line("R-2", "巡查走过场", of="P-2", process="户籍管理", place="巡查", cause="无人复核"),
]
SEEN = """
query ($cycle: ID!, $person: ID) {
  identificationSteps(cycleId: $cycle, post: "TO-5.administrator", personId: $person) { step lines { code of } }
}
"""


async def opened(runtime: Runtime, act_as: As) -> str:
    return (await runtime.execute(act_as(HEAD), open_cycle, OpenCycle("2026 年排查", date(2026, 6, 30)))).id


async def save(
    runtime: Runtime, act_as: As, cycle: str, step: Step, lines: list[Line], who: str = HE
) -> None:
    await runtime.execute(act_as(who), save_step, SaveStep(cycle, POST, step, lines))


async def test_three_steps_become_a_self_check_and_points_under_their_powers(
    runtime: Runtime, act_as: As, graphql: RunGraphQL
) -> None:
    await regulation(runtime, act_as)
    power = {"title_zh": "核定定额", "basis": "REG-RELIEF#3"}
    await runtime.execute(act_as(LEGAL), record, RecordEntry(EntryKind.POWER, "PW-QUOTA", power, DAY))
    cycle = await opened(runtime, act_as)
    whole = SubmitSelfCheck(cycle, POST, [], from_steps=True)
    with pytest.raises(StepMissing):
        await save(runtime, act_as, cycle, Step.RISKS, RISKS)
    await save(runtime, act_as, cycle, Step.DUTIES, DUTIES[:1])
    await save(runtime, act_as, cycle, Step.DUTIES, DUTIES)
    await save(runtime, act_as, cycle, Step.POWERS, POWERS)
    with pytest.raises(StepMissing):
        await runtime.execute(act_as(HE), submit_self_check, whole)
    await save(runtime, act_as, cycle, Step.RISKS, RISKS)

    async def steps(who: str, person: str | None = None) -> Any:
        return await graphql(runtime, act_as(who), SEEN, {"cycle": cycle, "person": person})

    mine = (await steps(HE))["data"]["identificationSteps"]
    assert [each["step"] for each in mine] == ["DUTIES", "DUTIES", "POWERS", "RISKS"]
    assert (await steps("D01.bai-xue", HE))["data"]["identificationSteps"] == mine
    assert (await steps("D01.lin-jie", HE))["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    done = await runtime.execute(act_as(HE), submit_self_check, whole)
    async with runtime.db.read(system("D01")) as conn:
        points = await load_points(conn, "D01", DAY, done.points)
    found = {each.description.title_zh: each.description.power for each in points.values()}
    assert found == {"核定凭印象": "PW-QUOTA", "巡查走过场": ""}


async def test_a_step_changed_under_a_later_one_is_not_handed_in(runtime: Runtime, act_as: As) -> None:
    cycle = await opened(runtime, act_as)
    for step, lines in zip(Step, (DUTIES, POWERS, RISKS), strict=True):
        await save(runtime, act_as, cycle, step, lines)
    await save(runtime, act_as, cycle, Step.DUTIES, DUTIES[:1])
    with pytest.raises(Invalid):
        await runtime.execute(
            act_as(HE), submit_self_check, SubmitSelfCheck(cycle, POST, [], from_steps=True)
        )


async def test_a_step_is_for_ones_own_post_while_the_cycle_identifies(runtime: Runtime, act_as: As) -> None:
    cycle = await opened(runtime, act_as)
    for stranger in ("D01.lin-jie", "D02.he-jun"):
        with pytest.raises(NotFound):
            await save(runtime, act_as, cycle, Step.DUTIES, DUTIES, stranger)
    await runtime.execute(act_as(HEAD), move_cycle, MoveCycle(cycle, Stage.ASSESS))
    with pytest.raises(WrongStage):
        await save(runtime, act_as, cycle, Step.DUTIES, DUTIES)
