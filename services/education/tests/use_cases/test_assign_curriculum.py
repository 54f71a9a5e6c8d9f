"""Lessons by hand: within one's reach, all or nobody."""

from datetime import date

import pytest
from education.testing import As
from education.use_cases.assign_curriculum import AssignCurriculum, assign_curriculum
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime

CODE = "TIME_LIMITS_AND_CUSTODY"


async def give(runtime: Runtime, act_as: As, by: str, *persons: str, code: str = CODE) -> list[str]:
    command = AssignCurriculum(code, [f"D01.{one}" for one in persons], "repeat of the lesson")
    return (await runtime.execute(act_as(f"D01.{by}"), assign_curriculum, command)).assignment_ids


async def kept(runtime: Runtime) -> int:
    async with runtime.db.read(system("D01")) as conn:
        return await conn.fetchval("select (select count(*) from assignment) + (select count(*) from outbox)")


@pytest.mark.parametrize("by", ["deng-yi", "ma-qing", "bai-xue", "fang-lei"])
async def test_discipline_the_admin_and_the_chief_assign(runtime: Runtime, act_as: As, by: str) -> None:
    assert len(await give(runtime, act_as, by, "wu-bin", "yuan-qi")) == 2
    async with runtime.db.read(act_as(f"D01.{by}")) as conn:
        rows = await conn.fetch("select due_on, assigned_by from assignment_state")
    assert {(row["due_on"], row["assigned_by"]) for row in rows} == {(date(2026, 4, 16), f"D01.{by}")}


@pytest.mark.parametrize("by", ["huang-zhen", "tang-li", "xie-tao", "pan-yu", "yuan-qi", "wu-bin"])
async def test_nobody_else_does(runtime: Runtime, act_as: As, by: str) -> None:
    with pytest.raises(NotFound):
        await give(runtime, act_as, by, "wu-bin")
    assert await kept(runtime) == 0


async def test_one_person_out_of_reach_and_nobody_gets_it(runtime: Runtime, act_as: As) -> None:
    with pytest.raises(NotFound):
        await give(runtime, act_as, "fang-lei", "wu-bin", "he-jun")
    assert await kept(runtime) == 0


async def test_a_person_of_another_bureau_does_not_exist(runtime: Runtime, act_as: As) -> None:
    command = AssignCurriculum(CODE, ["D02.wu-bin"], "x")
    with pytest.raises(NotFound):
        await runtime.execute(act_as("D01.deng-yi"), assign_curriculum, command)


@pytest.mark.parametrize(
    ("code", "persons", "reason"),
    [
        ("NO_SUCH", ["D01.wu-bin"], "x"),
        (CODE, [], "x"),
        (CODE, ["D01.wu-bin"], "  "),
        (CODE, ["D01.wu-bin"] * 501, "x"),
    ],
)
async def test_bad_input_is_refused(
    runtime: Runtime, act_as: As, code: str, persons: list[str], reason: str
) -> None:
    with pytest.raises(Invalid):
        await runtime.execute(
            act_as("D01.deng-yi"), assign_curriculum, AssignCurriculum(code, persons, reason)
        )
    assert await kept(runtime) == 0
