"""What alerts prove is a deviation: listed by process, unit and period, answered once by who manages it (S2-047)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from plumbline_org.grades import RiskGrade
from plumbline_shared.clock import SHANGHAI, ManualClock
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.testing import description, put_point
from risk_registry.testing_alerts import ended, raised, receive

As = Callable[[str], Principal]
Ask = Callable[..., Any]
AT = datetime(2026, 5, 1, tzinfo=SHANGHAI)
LIST = """query ($f: DeviationFilter, $first: Int! = 50, $after: String) {
  deviations(filter: $f, first: $first, after: $after) { nodes { alert { id ledgerEntry { kind } } outcome process
    units { id } riskPoint { code } answer { deficiency correction answeredBy { id } } } pageInfo { hasNextPage endCursor } } }"""
ANSWER = "mutation ($i: AnswerDeviationInput!) { answerDeviation(input: $i) { alert { id } userErrors { code path } } }"


@pytest.fixture
async def ask(runtime: Runtime, act_as: As, graphql: RunGraphQL, clock: ManualClock) -> Ask:
    async with runtime.db.transaction(system("D01")) as conn:
        day = date(2026, 1, 1)
        await put_point(conn, "RP-RELIEF-TIME-02", RiskGrade.MEDIUM, description(), day, clock.now())
    clock.set(AT)

    async def run(who: str, document: str, **variables: Any) -> Any:
        answer = await graphql(runtime, act_as(f"D01.{who}"), document, variables)
        assert "errors" not in answer, answer
        return next(iter(answer["data"].values()))

    return run


async def proved(runtime: Runtime, id_: str, outcome: str, at: datetime = AT, **fields: Any) -> None:
    await receive(runtime, raised(id_, at, **fields), at)
    for _ in range(2):
        await receive(runtime, ended(id_, at, outcome), at)


async def ids(ask: Ask, who: str, **narrowed: Any) -> list[str]:
    return [one["alert"]["id"] for one in (await ask(who, LIST, f=narrowed))["nodes"]]


async def answered(ask: Ask, who: str, alert: str, correction: str = "补办签收") -> list[str]:
    given = {
        "clientMutationId": uuid4().hex,
        "alertId": alert,
        "deficiency": "EXECUTION_DEVIATION",
        "correction": correction,
    }
    return [one["code"] for one in (await ask(who, ANSWER, i=given))["userErrors"]]


async def test_what_was_proved_is_a_deviation_and_nothing_else(runtime: Runtime, ask: Ask) -> None:
    outcomes = [
        "CONFIRMED", "EXPLAINED", "FALSE_POSITIVE", "CORRECTED", "OVERRIDDEN", "ABANDONED", "SETTLED",
    ]  # fmt: skip
    for outcome in outcomes:
        await proved(runtime, f"al_{outcome}", outcome)
    await receive(runtime, raised("al_open", AT), AT)
    nodes = (await ask("chen-gang", LIST))["nodes"]
    assert {one["outcome"] for one in nodes} == {"CONFIRMED", "CORRECTED", "OVERRIDDEN"}
    assert len(nodes) == 3
    for one in nodes:
        assert one["alert"] == {
            "id": f"al_{one['outcome']}",
            "ledgerEntry": {"kind": "DEADLINE_MISSED"},
        }
        assert (one["process"], one["units"]) == ("RELIEF-APPROVAL", [{"id": "D01.POLICY"}])
        assert (one["riskPoint"]["code"], one["answer"]) == ("RP-RELIEF-TIME-02", None)


async def test_an_outcome_that_came_before_its_row_is_a_deviation_too(runtime: Runtime, ask: Ask) -> None:
    await receive(runtime, ended("al_1", AT, "CONFIRMED"), AT)
    await receive(runtime, raised("al_1", AT), AT)
    assert await ids(ask, "chen-gang") == ["al_1"]


async def test_it_is_listed_by_process_unit_and_period(runtime: Runtime, ask: Ask) -> None:
    later = AT + timedelta(days=30)
    await proved(runtime, "al_1", "CONFIRMED")
    await proved(runtime, "al_2", "CONFIRMED", later, point="", unit="D01.TO-5", subjects=["D01.he-jun"])
    assert await ids(ask, "ma-qing") == ["al_2", "al_1"]
    assert await ids(ask, "ma-qing", process="RELIEF-APPROVAL") == ["al_1"]
    assert await ids(ask, "ma-qing", process="RELIEF") == ["al_2"]
    assert await ids(ask, "ma-qing", unitId="D01.TO-5") == ["al_2"]
    assert await ids(ask, "ma-qing", raisedFrom="2026-05-02") == ["al_2"]
    assert await ids(ask, "ma-qing", raisedTo="2026-05-01") == ["al_1"]
    page = await ask("ma-qing", LIST, first=1)
    assert page["pageInfo"]["hasNextPage"]
    rest = await ask("ma-qing", LIST, first=1, after=page["pageInfo"]["endCursor"])
    assert [one["alert"]["id"] for one in rest["nodes"]] == ["al_1"]
    assert not rest["pageInfo"]["hasNextPage"]


async def test_who_manages_it_answers_once_and_nobody_who_did_it(runtime: Runtime, ask: Ask) -> None:
    await proved(runtime, "al_1", "OVERRIDDEN")
    for who in ("lin-jie", "luo-fang", "ma-qing", "he-jun", "huang-zhen"):
        assert await answered(ask, who, "al_1") == ["NOT_FOUND"], who
    assert await answered(ask, "chen-gang", "al_0") == ["NOT_FOUND"]
    assert await answered(ask, "chen-gang", "al_1", " ") == ["INVALID_INPUT"]
    assert await ids(ask, "chen-gang", answered=False) == ["al_1"]
    assert await answered(ask, "chen-gang", "al_1") == []
    assert await answered(ask, "chen-gang", "al_1") == ["DEVIATION_ANSWERED"]
    assert await ids(ask, "chen-gang", answered=False) == []
    (one,) = (await ask("lin-jie", LIST, f={"answered": True}))["nodes"]
    assert one["answer"] == {
        "deficiency": "EXECUTION_DEVIATION",
        "correction": "补办签收",
        "answeredBy": {"id": "D01.chen-gang"},
    }


async def test_the_discipline_lead_answers_a_confirmed_one_as_well(runtime: Runtime, ask: Ask) -> None:
    low = {"grade": "LOW", "subjects": ["D01.he-jun"], "unit": "D01.TO-5"}
    await proved(runtime, "al_1", "CONFIRMED", **low)
    await proved(runtime, "al_2", "OVERRIDDEN", **low)
    assert (await ids(ask, "ma-qing"), await ids(ask, "gu-ping")) == (["al_1"], [])
    assert await answered(ask, "ma-qing", "al_2") == ["NOT_FOUND"]
    assert await answered(ask, "ma-qing", "al_1") == []
