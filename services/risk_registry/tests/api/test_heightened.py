"""Points under heightened monitoring, for those who are to know, and never for who holds one (C-05, C-09, §9.4, 10)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from plumbline_org.grades import RiskGrade
from plumbline_shared.clock import ManualClock
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.domain.alerts import Alert, AlertPhase
from risk_registry.storage.alerts import add_alert
from risk_registry.storage.signals import add_signal
from risk_registry.testing import description, put_point

ASK = "{ heightenedPoints { point { id } since alertsSince } }"
START = datetime(2026, 1, 1, tzinfo=UTC)
OTHERS = ["bai-xue", "luo-fang", "zhou-min", "tang-li", "chen-gang", "gu-ping", "fan-ke", "wu-bin", "lin-jie"]


async def test_head_and_discipline_lead_see_each_point_and_what_happened_there_since(
    runtime: Runtime, act_as: Callable[[str], Principal], graphql: RunGraphQL, clock: ManualClock
) -> None:
    clock.set(datetime(2026, 6, 1, tzinfo=UTC))

    async def ask(who: str) -> Any:
        answer = await graphql(runtime, act_as(who), ASK)
        assert "errors" not in answer
        return answer["data"]["heightenedPoints"]

    posts = {"RP-1": "D01.POLICY.reviewer", "RP-2": "D01.DISC.lead", "RP-3": "D01.LEVY.chief"}
    async with runtime.db.transaction(system("D01")) as conn:
        for code, post in posts.items():
            await put_point(conn, code, RiskGrade.HIGH, description([post]), date(2026, 1, 1), START)
    before = {who: await ask(f"D01.{who}") for who in OTHERS}
    assert not any(before.values())
    async with runtime.db.transaction(system("D01")) as conn:
        for number, (code, day) in enumerate([("RP-1", 20), ("RP-1", 25), ("RP-2", 22)]):
            await add_signal(conn, f"sg_{number}", f"D01.{code}", "D01", date(2026, 5, day))
        for number, day in enumerate((19, 21, 28)):
            at = datetime(2026, 5, day, 4, tzinfo=UTC)
            where = ("D01.RP-1", "D01", "D01.POLICY", "mt_1", "X")
            await add_alert(conn, Alert(f"al_{number}", *where, AlertPhase.EX_POST, RiskGrade.HIGH, at))
    first = {"point": {"id": "D01.RP-1"}, "since": "2026-05-20", "alertsSince": 2}
    second = {"point": {"id": "D01.RP-2"}, "since": "2026-05-22", "alertsSince": 0}
    assert await ask("D01.huang-zhen") == [second, first]
    assert await ask("D01.ma-qing") == [first]
    assert {who: await ask(f"D01.{who}") for who in OTHERS} == before
    assert await ask("C01.city-head") == []
    assert await ask("D02.ma-qing") == []
