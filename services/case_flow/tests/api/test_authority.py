"""Who decides which amount, through the subgraph: as of a day, before anybody acts (S2-012, S2-027)."""

from datetime import date
from typing import Any

from case_flow.testing import WorkedBureau
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.publish_controls import (
    ApproveControlSet,
    DraftControlSet,
    approve_control_set,
    draft_control_set,
)

MATRIX = """
citation: {source: D01-2026-8}
authority:
  - item: RELIEF-APPROVAL
    step: approve
    on_breach: REFUSE
    hours: {from: "08:30", until: "18:00"}
    citation: {source: D01-2026-8, locator: Art 3}
    rows:
      - {from_fen: 0, below_fen: 1000000, role: SECTION_CHIEF}
      - {from_fen: 1000000, role: DEPUTY_HEAD, rechecks: [{role: BUREAU_HEAD, unit: LEAD}]}
"""
ROW = """{ item step fromFen belowFen roles unit rechecks { roles unit } onBreach hours citation }"""
FOR = (
    f"query($i: String!, $a: Decimal!, $d: Date) {{ authorityFor(item: $i, amountFen: $a, asOf: $d) {ROW} }}"
)
ALL = "query($i: String!) { authorityMatrix(item: $i) { step fromFen } }"
ADVANCE = "result { ... on Matter { id state } ... on Hold { id } }"


async def in_force(bureau: WorkedBureau, on: date, source: str = MATRIX) -> None:
    await bureau.publish("relief_approval")
    version = await bureau.do("luo-fang", draft_control_set, DraftControlSet(source))
    await bureau.do("huang-zhen", approve_control_set, ApproveControlSet(version, on))


async def row_for(graph: Any, amount: int, on: str | None = None, item: str = "RELIEF-APPROVAL") -> Any:
    return (await graph.ask("lin-jie", FOR, i=item, a=str(amount), d=on))["authorityFor"]


async def test_the_row_of_an_amount_is_told_as_of_a_day(bureau: WorkedBureau, graph: Any) -> None:
    await in_force(bureau, date(2026, 4, 3))
    assert await row_for(graph, 1_000_000) == []
    [row] = await row_for(graph, 999_999, "2026-04-03")
    assert (row["fromFen"], row["belowFen"], row["roles"], row["rechecks"]) == (
        "0",
        "1000000",
        ["SECTION_CHIEF"],
        [],
    )
    [row] = await row_for(graph, 10**13, "2026-04-03")
    assert row == {
        "item": "RELIEF-APPROVAL",
        "step": "approve",
        "fromFen": "1000000",
        "belowFen": None,
        "roles": ["DEPUTY_HEAD"],
        "unit": None,
        "rechecks": [{"roles": ["BUREAU_HEAD"], "unit": "LEAD"}],
        "onBreach": "REFUSE",
        "hours": "08:30-18:00",
        "citation": "D01-2026-8 Art 3",
    }
    [row] = await row_for(graph, 500_000, item="FINANCE-EXPENDITURE")
    assert (row["citation"].startswith("DEMO-2026"), row["rechecks"]) == (
        True,
        [{"roles": ["BUREAU_HEAD"], "unit": None}],
    )
    rows = (await graph.ask("lin-jie", ALL, i="FINANCE-EXPENDITURE"))["authorityMatrix"]
    assert [one["fromFen"] for one in rows] == ["0", "500000", "5000000"]


async def test_a_bureaus_own_rule_takes_the_place_of_what_is_shipped(
    bureau: WorkedBureau, graph: Any
) -> None:
    await bureau.publish("finance_expenditure")
    own = MATRIX.replace("RELIEF-APPROVAL", "FINANCE-EXPENDITURE")
    await in_force(bureau, date(2026, 4, 1), own)
    [row] = await row_for(graph, 500_000, item="FINANCE-EXPENDITURE")
    assert (row["roles"], row["citation"]) == (["SECTION_CHIEF"], "D01-2026-8 Art 3")
    listed = "{ controlSet { authority { item step } } }"
    found = (await graph.ask("lin-jie", listed))["controlSet"]["authority"]
    assert found == [{"item": "FINANCE-EXPENDITURE", "step": "approve"}] * 2


async def test_a_refused_act_is_an_error_of_the_caller_and_its_alert_stays(
    bureau: WorkedBureau, graph: Any
) -> None:
    item = MATRIX.replace("RELIEF-APPROVAL", "PAYMENT").replace("step: approve", "step: decide")
    await graph.do("huang-zhen", "publishItem", {"source": PAYMENT}, "__typename")
    await in_force(bureau, date(2026, 4, 1), item)
    matter = (await bureau.do("wu-yan", accept_matter, AcceptMatter("PAYMENT", "x"))).matter_id
    given = {"matterId": matter, "outcome": "APPROVED", "payload": {"amount_fen": 1_000_000}}
    refused = await graph.do("chen-gang", "decideMatter", given, ADVANCE)
    assert [one["code"] for one in refused["userErrors"]] == ["OUT_OF_AUTHORITY"]
    assert refused["result"] == {"id": matter, "state": "IN_HAND"}
    kinds = '{ alerts(filter: {kind: "OUT_OF_AUTHORITY"}) { nodes { kind } } }'
    for name in ("chen-gang", "zhou-min", "ma-qing"):
        assert len((await graph.ask(name, kinds))["alerts"]["nodes"]) == 1, name
    assert (await graph.ask("lin-jie", kinds))["alerts"]["nodes"] == []


async def test_whoever_was_held_passes_it_on_and_still_sees_the_hold(
    bureau: WorkedBureau, graph: Any
) -> None:
    item = MATRIX.replace("RELIEF-APPROVAL", "PAYMENT").replace("step: approve", "step: decide")
    await graph.do("huang-zhen", "publishItem", {"source": PAYMENT}, "__typename")
    await in_force(bureau, date(2026, 4, 1), item.replace("REFUSE", "HOLD"))
    matter = (await bureau.do("wu-yan", accept_matter, AcceptMatter("PAYMENT", "x"))).matter_id
    given = {"matterId": matter, "outcome": "APPROVED", "payload": {"amount_fen": 1_000_000}}
    held = (await graph.do("chen-gang", "decideMatter", given, ADVANCE))["result"]["id"]
    passed = await graph.do("chen-gang", "passToAuthority", {"holdId": held}, "hold { id state allowedWays }")
    ways = ["PASS_ON", "CORRECT", "ABANDON"]
    assert passed == {"hold": {"id": held, "state": "RAISED", "allowedWays": ways}, "userErrors": []}


PAYMENT = """
item: PAYMENT
version: 1
name: {zh: 退付, en: Payment}
citation: {source: a rule}
steps:
  - {code: take, name: {zh: 收, en: Take}, role: WINDOW_CLERK, unit: HALL, next: decide}
  - {code: decide, name: {zh: 定, en: Decide}, role: SECTION_CHIEF, unit: POLICY, decides: true, end: true}
"""
