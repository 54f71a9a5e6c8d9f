"""Rotation in the dashboard, through the door by which the gateway asks."""

from collections.abc import Callable
from datetime import date
from typing import Any

from plumbline_shared.clock import ManualClock, start_of_day
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import run_graphql

As = Callable[[str], Principal]
QUERY = """query($r: [_Any!]!) { _entities(representations: $r) { ... on ProgrammeDashboard {
  id rotation { dueSoon overdue extended resolved } } } }"""
TOLD = """
insert into rotation_notice (bureau_id, rotation_id, person_id, post_id, unit_id, held_since, kind, mark, told_on, recorded_at)
values ('D01', $1, 'D01.he-jun', 'D01.TO-5.administrator', 'D01.TO-5', '2021-01-01', $2, $3, $4, '2026-01-01')
"""


async def ask(runtime: Runtime, act_as: As, who: str, id_: str = "D01:2026") -> dict[str, Any] | None:
    wanted = [{"__typename": "ProgrammeDashboard", "id": id_}]
    answer = await run_graphql(runtime, act_as(who), QUERY, {"r": wanted})
    assert "errors" not in answer
    return answer["data"]["_entities"][0]


async def test_leaders_see_how_rotation_stands_and_others_nothing(
    runtime: Runtime, act_as: As, clock: ManualClock
) -> None:
    clock.set(start_of_day(date(2026, 6, 1)))
    told = [
        ("a", "DUE_SOON", "90", date(2026, 2, 1)), ("a", "OVERDUE", "2026-05", date(2026, 5, 1)),
        ("b", "DUE_SOON", "90", date(2025, 12, 1)), ("b", "RESOLVED", "x", date(2026, 3, 1)),
        ("c", "DUE_SOON", "30", date(2026, 4, 1)), ("d", "OVERDUE", "2026-07", date(2026, 7, 1)),
    ]  # fmt: skip
    async with runtime.db.transaction(system("D01")) as conn:
        await conn.executemany(TOLD, told)
    for leader in ("D01.huang-zhen", "D01.zhou-min", "D01.ma-qing"):
        found = await ask(runtime, act_as, leader)
        assert found == {
            "id": "D01:2026",
            "rotation": {"dueSoon": 1, "overdue": 1, "extended": 0, "resolved": 1},
        }
    before = await ask(runtime, act_as, "D01.huang-zhen", "D01:2025")
    assert before
    assert before["rotation"] == {"dueSoon": 1, "overdue": 0, "extended": 0, "resolved": 0}
    small = await ask(runtime, act_as, "D01.gu-ping")
    assert small
    assert set(small["rotation"].values()) == {None}
    for stranger in ("D01.chen-gang", "D01.he-jun", "D02.huang-zhen"):
        assert await ask(runtime, act_as, stranger) is None
    for absent in ("D09:2026", "D01:1", "D01", "D01:x"):
        assert await ask(runtime, act_as, "D01.huang-zhen", absent) is None
