"""Tenure, plan and kin over GraphQL: each reader sees the rotations of §5.3, kin only those three."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import pytest_asyncio
from plumbline_org.grades import RiskGrade
from plumbline_org.parts import Span
from plumbline_org.principal import principal_of
from plumbline_org.testing import linjiang, person, seed_replica
from plumbline_shared.clock import ManualClock, today
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.testing import description, put_point

Ask = Callable[..., Any]
B = "R02"
LIN, JUN = f"{B}.lin-jie", f"{B}.he-jun"
LIST = """query ($f: RotationFilter, $on: Date) { rotations(filter: $f, asOf: $on) {
  person { id } post { id } grade heldSince monthsHeld dueOn limitOn state daysLeft citation { version } } }"""
TENURE = "query ($h: ID!, $on: Date) { tenure(holder: $h, asOf: $on) { monthsHeld state } }"
PLAN = "query { rotationPlan(year: 2026) { due { person { id } } proposals { toPost { id } } unplanned { id } } }"
KIN = "query { kinDeclarations { kin { id } relation } avoidanceFindings { bar } }"


@pytest_asyncio.fixture
async def ask(runtime: Runtime, clock: ManualClock, graphql: RunGraphQL) -> Ask:
    org = linjiang(B)
    lin = person(B, "lin-jie", "林杰", "POLICY.reviewer", span=Span(date(2021, 5, 1)))
    jun = person(B, "he-jun", "何军", "TO-5.administrator", span=Span(date(2018, 7, 1)))
    org = replace(org, persons={**org.persons, LIN: lin, JUN: jun})
    async with runtime.db.transaction(system(B)) as conn:
        await seed_replica(conn, org)
        at = datetime(2026, 1, 1, tzinfo=UTC)
        for code, grade, post in (("A", "HIGH", "POLICY.reviewer"), ("B", "MEDIUM", "TO-5.administrator")):
            text = description([f"{B}.{post}"], f"{B}.POLICY")
            await put_point(conn, f"RP-{code}", RiskGrade(grade), text, date(2018, 1, 1), at, B)

    async def run(who: str, document: str, **variables: Any) -> Any:
        return await graphql(runtime, principal_of(org, f"{B}.{who}", today(clock)), document, variables)

    return run


async def test_a_rotation_says_since_when_and_until_when(ask: Ask) -> None:
    (lin, jun) = (await ask("xie-tao", LIST))["data"]["rotations"]
    assert lin == {
        "person": {"id": LIN}, "post": {"id": f"{B}.POLICY.reviewer"}, "grade": "HIGH", "heldSince": "2021-05-01",
        "monthsHeld": 59, "dueOn": "2026-05-01", "limitOn": "2026-05-01", "state": "DUE_SOON", "daysLeft": 30,
        "citation": {"version": "ROTATION-2026"},
    }  # fmt: skip
    assert (jun["grade"], jun["dueOn"], jun["state"]) == ("MEDIUM", "2026-07-01", "IN_TIME")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"state": "DUE_SOON"}, [LIN]),
        ({"unit": f"{B}.TO-5"}, [JUN]),
        ({"dueBefore": "2026-07-01"}, [LIN]),
        ({"state": "OVERDUE"}, []),
    ],
)
async def test_rotations_are_filtered(ask: Ask, wanted: dict[str, str], found: list[str]) -> None:
    rows = (await ask("huang-zhen", LIST, f=wanted))["data"]["rotations"]
    assert [row["person"]["id"] for row in rows] == found


@pytest.mark.parametrize(
    ("who", "found"),
    [
        ("ma-qing", [LIN, JUN]), ("zhou-min", [LIN]), ("chen-gang", [LIN]), ("tang-li", [JUN]), ("pan-yu", [JUN]),
        ("lin-jie", [LIN]), ("bai-xue", []), ("luo-fang", []), ("gu-ping", []),
    ],
)  # fmt: skip
async def test_each_reader_sees_the_rotations_of_their_scope(ask: Ask, who: str, found: list[str]) -> None:
    rows = (await ask(who, LIST))["data"]["rotations"]
    assert [row["person"]["id"] for row in rows] == found
    own = (await ask(who, TENURE, h=LIN))["data"]["tenure"]
    assert bool(own) == (LIN in found)


async def test_a_day_in_the_past_has_its_own_tenure(ask: Ask) -> None:
    found = (await ask("xie-tao", TENURE, h=LIN, on="2023-05-01"))["data"]["tenure"]
    assert found == [{"monthsHeld": 24, "state": "IN_TIME"}]
    assert (await ask("xie-tao", TENURE, h=LIN, on="2021-04-30"))["data"]["tenure"] == []


async def test_the_plan_of_a_year_shows_what_is_due_and_what_is_proposed(ask: Ask) -> None:
    before = (await ask("xie-tao", PLAN))["data"]["rotationPlan"]
    assert [row["person"]["id"] for row in before["due"]] == [LIN, JUN]
    assert [row["id"] for row in before["unplanned"]] == [LIN, JUN]
    mutation = """mutation ($i: PlanRotationInput!) { planRotation(input: $i) { id userErrors { code } } }"""
    move = {
        "clientMutationId": "1", "personId": LIN, "toPost": "TO-7.administrator", "effectiveFrom": "2027-01-01",
    }  # fmt: skip
    assert (await ask("xie-tao", mutation, i=move))["data"]["planRotation"]["userErrors"] == []
    after = (await ask("huang-zhen", PLAN))["data"]["rotationPlan"]
    assert after["proposals"] == [{"toPost": {"id": f"{B}.TO-7.administrator"}}]
    assert [row["id"] for row in after["unplanned"]] == [JUN]


async def test_kin_are_for_hr_the_discipline_lead_and_the_head(ask: Ask) -> None:
    declare = "mutation ($i: DeclareKinInput!) { declareKin(input: $i) { id userErrors { code } } }"
    given = {"clientMutationId": "1", "kinId": f"{B}.chen-gang", "relation": "LINEAL"}
    assert (await ask("lin-jie", declare, i=given))["data"]["declareKin"]["userErrors"] == []
    for who in ("xie-tao", "ma-qing", "huang-zhen"):
        seen = (await ask(who, KIN))["data"]
        assert seen == {
            "kinDeclarations": [{"kin": {"id": f"{B}.chen-gang"}, "relation": "LINEAL"}],
            "avoidanceFindings": [{"bar": "DIRECT_LINE"}],
        }
    for who in ("lin-jie", "chen-gang", "zhou-min", "bai-xue", "luo-fang"):
        assert (await ask(who, KIN))["data"] == {"kinDeclarations": [], "avoidanceFindings": []}
