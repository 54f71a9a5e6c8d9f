"""Education's part of the dashboard, through the door by which the gateway asks."""

from datetime import date
from typing import Any

from education.testing import As, assignment, put
from plumbline_shared.clock import ManualClock, start_of_day
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import run_graphql

QUERY = """query($r: [_Any!]!) { _entities(representations: $r) { ... on ProgrammeDashboard {
  id educationCoverage { due done waived percent } } } }"""


async def ask(runtime: Runtime, act_as: As, who: str, id_: str = "D01:2026") -> dict[str, Any] | None:
    wanted = [{"__typename": "ProgrammeDashboard", "id": id_}]
    answer = await run_graphql(runtime, act_as(who), QUERY, {"r": wanted})
    assert "errors" not in answer
    return answer["data"]["_entities"][0]


async def test_leaders_see_coverage_and_others_nothing(
    runtime: Runtime, act_as: As, clock: ManualClock
) -> None:
    clock.set(start_of_day(date(2026, 4, 1)))
    async with runtime.db.transaction(system("D01")) as conn:
        await put(conn, assignment("ea_1"))
        await put(conn, assignment("ea_2", due_on=date(2026, 4, 2)))
    for leader in ("D01.huang-zhen", "D01.zhou-min", "D01.ma-qing"):
        found = await ask(runtime, act_as, leader)
        assert found == {
            "id": "D01:2026",
            "educationCoverage": {"due": 1, "done": 0, "waived": 0, "percent": "0.0"},
        }
    small = await ask(runtime, act_as, "D01.gu-ping")
    assert small
    assert small["educationCoverage"] == {"due": None, "done": None, "waived": None, "percent": None}
    for stranger in ("D01.deng-yi", "D01.chen-gang", "D01.wu-bin", "D02.huang-zhen"):
        assert await ask(runtime, act_as, stranger) is None
    for absent in ("D09:2026", "D01:1", "D01", "D01:x"):
        assert await ask(runtime, act_as, "D01.huang-zhen", absent) is None
