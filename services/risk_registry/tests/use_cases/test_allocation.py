"""Effort is counted where it was spent and held against the risk there, for those who count the register (S1-142)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient, Response
from plumbline_org.grades import RiskGrade
from plumbline_shared.auth import Claims
from plumbline_shared.clock import ManualClock
from plumbline_shared.errors import PlumblineError
from plumbline_shared.principal import Principal, system
from plumbline_shared.problems import on_plumbline_error
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.allocation_rule import shipped_rule
from risk_registry.api.downloads import routes
from risk_registry.domain.alerts import AlertPhase
from risk_registry.domain.allocation import AllocationRule
from risk_registry.domain.catalogue import Control, ControlFamily, Entry, EntryKind, plain
from risk_registry.storage.catalogue import record_entry
from risk_registry.testing import description, put_point
from risk_registry.use_cases.keep_catalogue import RecordEntry, record
from starlette.applications import Starlette

As = Callable[[str], Principal]
YEAR, AT, DAY = date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC), date(2026, 4, 1)
ASK = """query ($from: Date!, $to: Date!) { allocationReport(from: $from, to: $to) {
  rule { text version } explanation svg unplaced { kind acts }
  units { unit { id } riskShare effortShare ratio state points { grade points weight } acts { kind acts weight } } } }"""
HEAD = "D01.huang-zhen"
WORK = """
insert into alert_ledger (alert_id, point_id, bureau_id, unit_id, matter_id, kind, phase, grade, raised_at)
select 'al_' || n, 'D01.RP-POLICY', 'D01', 'D01.POLICY', 'mt_1', case n when 5 then 'SEALED_SIGNAL' else 'LATE' end, 'EX_POST',
  'HIGH', '2026-02-01' from generate_series(1, 6) n;
insert into alert_progress (alert_id, step, bureau_id, unit_id, at, outcome)
select 'al_' || n, 'RESOLVED', 'D01', 'D01.POLICY', case n when 6 then '2025-12-31 15:59:59Z' else '2026-02-02' end::timestamptz,
  case n when 1 then 'CONFIRMED' when 4 then 'SETTLED' else 'FALSE_POSITIVE' end from unnest(array[1, 2, 4, 5, 6]) n;
insert into control_test (id, bureau_id, control, aspect, effective, deficiency, evidence, tested_by, tested_at)
values ('ct_1', 'D01', 'CT-BOTH', 'DESIGN', true, '', 'x', 'D01.auditor', '2026-03-01');
insert into evidence (effect, event_id, point_id, bureau_id, kind, source_id, occurred_on, known_at, reverses) values
  ('e1', 'e1', 'D01.RP-TO', 'D01', 'FINDING', 'f1', '2026-03-01', '2026-03-01', null),
  ('e2', 'e2', 'D01.RP-TO', 'D01', 'FINDING', 'f1', '2026-03-01', '2026-03-02', 'e1'),
  ('e3', 'e3', 'D01.RP-GONE', 'D01', 'UNSIGNED_FINDING', 'f2', '2026-03-01', '2026-03-01', null),
  ('e4', 'e4', 'D01.RP-TO', 'D01', 'INCIDENT', 'i1', '2026-03-01', '2026-03-01', null);
"""


@pytest_asyncio.fixture
async def filled(runtime: Runtime, broom: asyncpg.Connection, clock: ManualClock) -> Runtime:
    """POLICY and TO-5 have a HIGH point each and share a LOW one; a control is for both of the HIGH ones."""
    clock.set(datetime(2026, 4, 1, 2, tzinfo=UTC))
    both = ["D01.POLICY.reviewer", "D01.TO-5.administrator"]
    async with runtime.db.transaction(system("D01")) as conn:
        await put_point(conn, "RP-POLICY", RiskGrade.HIGH, description(both[:1], "D01.POLICY"), YEAR, AT)
        await put_point(conn, "RP-TO", RiskGrade.HIGH, description(both[1:], "D01.TO-5"), YEAR, AT)
        await put_point(conn, "RP-BOTH", RiskGrade.LOW, description(both, "D01.POLICY"), YEAR, AT)
        await put_point(conn, "RP-PROPOSED", None, description(both[1:], "D01.TO-5"), YEAR, AT)
        control = Control(
            "复核", ControlFamily.EXTERNAL, AlertPhase.EX_POST, "R#1", points=("RP-POLICY", "RP-TO")
        )
        await record_entry(conn, "D01", Entry(EntryKind.CONTROL, "CT-BOTH", control), False, YEAR, AT, "x")
    await broom.execute(WORK)
    return runtime


async def ask(
    filled: Runtime, graphql: RunGraphQL, who: Principal, start: str = "2026-01-01", end: str = "2026-04-01"
) -> dict[str, Any]:
    return await graphql(filled, who, ASK, {"from": start, "to": end})


async def test_each_act_counts_where_it_was_spent(filled: Runtime, graphql: RunGraphQL, act_as: As) -> None:
    found = (await ask(filled, graphql, act_as(HEAD)))["data"]["allocationReport"]
    assert found["rule"]["version"] == "ALLOCATION-1"
    units = {each["unit"]["id"]: each for each in found["units"]}
    assert units.keys() == {"D01.POLICY", "D01.TO-5"}
    policy, office = units["D01.POLICY"], units["D01.TO-5"]
    halves = [{"grade": "LOW", "points": 0.5, "weight": 1}, {"grade": "HIGH", "points": 1.0, "weight": 5}]
    assert sorted(policy["points"], key=lambda each: each["weight"]) == halves
    # Two verified alerts and half a test; half a test and a finding: 2 + 1 against 1 + 2.
    assert policy["acts"] == [
        {"kind": "VERIFIED_ALERT", "acts": 2.0, "weight": 1}, {"kind": "CONTROL_TEST", "acts": 0.5, "weight": 2},
    ]  # fmt: skip
    assert office["acts"] == [
        {"kind": "CONTROL_TEST", "acts": 0.5, "weight": 2}, {"kind": "FINDING", "acts": 1.0, "weight": 2},
    ]  # fmt: skip
    for each in (policy, office):
        assert (each["riskShare"], each["effortShare"], each["ratio"], each["state"]) == (
            0.5,
            0.5,
            1.0,
            "IN_LINE",
        )
    assert found["unplaced"] == [{"kind": "FINDING", "acts": 1.0}]
    assert any("HIGH 5" in line for line in found["explanation"])
    assert "税政" in found["svg"] or "POLICY" in found["svg"]


async def test_a_period_counts_its_own_acts(filled: Runtime, graphql: RunGraphQL, act_as: As) -> None:
    found = (await ask(filled, graphql, act_as(HEAD), "2026-03-01", "2026-03-31"))["data"]["allocationReport"]
    states = {each["unit"]["id"]: (each["effortShare"], each["state"]) for each in found["units"]}
    assert states == {"D01.POLICY": (0.25, "IN_LINE"), "D01.TO-5": (0.75, "IN_LINE")}
    quiet = (await ask(filled, graphql, act_as(HEAD), "2026-01-15", "2026-01-16"))["data"]["allocationReport"]
    assert {each["state"] for each in quiet["units"]} == {"UNDER"}
    assert [each["effortShare"] for each in quiet["units"]] == [0.0, 0.0]


async def test_a_bureau_has_weights_of_its_own_from_a_day_on(
    filled: Runtime, graphql: RunGraphQL, act_as: As
) -> None:
    rule: AllocationRule = shipped_rule().rule
    own = {**plain(rule), "effort": {**rule.effort, "FINDING": 20}, "citation": "本局办法"}
    command = RecordEntry(EntryKind.ALLOCATION_RULE, "ALLOCATION", own, DAY)
    await filled.execute(act_as("D01.luo-fang"), record, command)
    now = (await ask(filled, graphql, act_as(HEAD)))["data"]["allocationReport"]
    assert now["rule"]["text"] == "本局办法"
    assert [each["state"] for each in now["units"]] == ["UNDER", "IN_LINE"]
    before = (await ask(filled, graphql, act_as(HEAD), "2026-01-01", "2026-03-31"))["data"][
        "allocationReport"
    ]
    assert before["rule"]["version"] == "ALLOCATION-1"


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("huang-zhen", True), ("ma-qing", True), ("bai-xue", True), ("luo-fang", True), ("zhou-min", False),
        ("chen-gang", False), ("lin-jie", False), ("gu-ping", False), ("xie-tao", False),
    ],
)  # fmt: skip
async def test_it_is_for_those_who_count_the_whole_register(
    filled: Runtime, graphql: RunGraphQL, act_as: As, who: str, *, may: bool
) -> None:
    answer = await ask(filled, graphql, act_as(f"D01.{who}"))
    assert ("errors" not in answer) == may
    if not may:
        assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


class Doors:
    """Tokens that are a person's id."""

    async def authenticate(self, header: str | None) -> Claims:
        return Claims(header or "", "D01", "person")


async def test_the_picture_is_a_file_for_the_same_readers(
    filled: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filled, "authenticator", Doors())
    app = Starlette(routes=list(routes(filled)), exception_handlers={PlumblineError: on_plumbline_error})
    async with AsyncClient(transport=ASGITransport(app), base_url="http://registry") as http:

        async def fetch(who: str, query: str = "?from=2026-01-01&to=2026-04-01") -> Response:
            return await http.get(f"/allocation.svg{query}", headers={"authorization": who})

        drawn = await fetch(HEAD)
        assert (drawn.status_code, drawn.headers["cache-control"]) == (200, "private, no-store")
        assert "相称 in line · 1.00 ×" in drawn.text
        assert (await fetch("D01.chen-gang")).status_code == 404
        for wrong in ("", "?from=2026-01-01", "?from=x&to=2026-04-01", "?from=2026-04-01&to=2026-01-01"):
            assert (await fetch(HEAD, wrong)).status_code == 400


@pytest.mark.parametrize(("start", "end"), [("2026-03-02", "2026-03-01"), ("2026-03-01", "2026-04-02")])
async def test_a_period_has_begun_and_is_over(
    filled: Runtime, graphql: RunGraphQL, act_as: As, start: str, end: str
) -> None:
    answer = await ask(filled, graphql, act_as(HEAD), start, end)
    assert answer["errors"][0]["extensions"]["code"] == "INVALID_INPUT"
