"""A confirmed alert asks whether a rule is missing; what is proposed and accepted counts in the catalogue (L3, S2-053)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from google.protobuf import json_format
from plumbline_contracts.risk_registry.v1 import ControlVersionPublished
from plumbline_shared.clock import SHANGHAI, ManualClock
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.testing_alerts import ended, raised, receive
from risk_registry.use_cases.load_indicators import LoadIndicators, load_indicators

As = Callable[[str], Principal]
Ask = Callable[..., Any]
AT = datetime(2026, 5, 11, 10, tzinfo=SHANGHAI)
LIST = """query ($state: RegulationGapState, $first: Int! = 50, $after: String) {
  regulationGaps(state: $state, first: $first, after: $after) {
    nodes { id kind state alerts { id ledgerEntry { outcome } } answer { missing proposal { kind code } answeredBy { id } }
      decision { accepted effectiveFrom } } pageInfo { hasNextPage endCursor } } }"""
ANSWER = "mutation ($i: AnswerRegulationGapInput!) { answerRegulationGap(input: $i) { userErrors { code message } } }"
DECIDE = "mutation ($i: DecideRegulationGapInput!) { decideRegulationGap(input: $i) { userErrors { code message } } }"
ENTRIES = 'query { catalogueEntries(kind: CONTROL, asOf: "2026-06-01") { code } }'
CONTROL: dict[str, Any] = {
    "kind": "CONTROL",
    "code": "CT-SLIP",
    "body": {
        "title_zh": "案卷当日签收",
        "family": "PROCESS",
        "phase": "IN_PROCESS",
        "basis": "ALERT-RULES#1",
        "nodes": [{"process": "RELIEF-APPROVAL", "step": "review"}],
    },
}


@pytest.fixture
async def ask(runtime: Runtime, act_as: As, graphql: RunGraphQL, clock: ManualClock) -> Ask:
    await runtime.execute(system("D01"), load_indicators, LoadIndicators(date(2026, 1, 1)))
    clock.set(AT)

    async def run(who: str, document: str, **variables: Any) -> Any:
        answer = await graphql(runtime, act_as(f"D01.{who}"), document, variables)
        assert "errors" not in answer, answer
        return next(iter(answer["data"].values()))

    return run


async def confirmed(
    runtime: Runtime, alert: str, outcome: str = "CONFIRMED", kind: str = "DEADLINE_MISSED"
) -> None:
    await receive(runtime, raised(alert, AT, kind=kind), AT)
    for _ in range(2):
        await receive(runtime, ended(alert, AT, outcome, kind=kind), AT)


async def gaps(ask: Ask, who: str = "luo-fang", **wanted: Any) -> list[dict[str, Any]]:
    return (await ask(who, LIST, **wanted))["nodes"]


async def errors(ask: Ask, who: str, document: str, **fields: Any) -> list[str]:
    done = await ask(who, document, i={"clientMutationId": uuid4().hex, **fields})
    return [each["code"] for each in done["userErrors"]]


async def test_a_confirmed_alert_asks_once_and_others_join_the_open_question(
    runtime: Runtime, ask: Ask
) -> None:
    for alert, outcome in (("al_1", "FALSE_POSITIVE"), ("al_2", "EXPLAINED"), ("al_3", "CORRECTED")):
        await confirmed(runtime, alert, outcome)
    assert await gaps(ask) == []
    await confirmed(runtime, "al_4")
    await confirmed(runtime, "al_5")
    (gap,) = await gaps(ask)
    assert (gap["kind"], gap["state"]) == ("DEADLINE_MISSED", "OPEN")
    assert [one["id"] for one in gap["alerts"]] == ["al_4", "al_5"]
    assert gap["alerts"][0]["ledgerEntry"] == {"outcome": "CONFIRMED"}
    answer = {"gapId": gap["id"], "missing": False, "advice": "现行办法已有规定"}
    assert await errors(ask, "luo-fang", ANSWER, **answer) == []
    assert await errors(ask, "luo-fang", ANSWER, **answer) == ["GAP_ANSWERED"]
    await confirmed(runtime, "al_6")
    assert {one["state"]: len(one["alerts"]) for one in await gaps(ask)} == {"OPEN": 1, "NO_GAP": 2}
    assert len(await gaps(ask, state="NO_GAP")) == 1


async def test_an_accepted_proposal_counts_and_goes_out_as_a_control(
    runtime: Runtime, ask: Ask, clock: ManualClock
) -> None:
    await confirmed(runtime, "al_4")
    (gap,) = await gaps(ask)
    proposal = {"gapId": gap["id"], "missing": True, "advice": "案卷传递无当日签收", "proposal": CONTROL}
    assert await errors(ask, "luo-fang", ANSWER, **proposal) == []
    decision = {"gapId": gap["id"], "accepted": True, "reason": "同意", "effectiveFrom": "2026-06-01"}
    assert await errors(ask, "luo-fang", DECIDE, **decision) == ["NOT_FOUND"]
    assert await errors(ask, "huang-zhen", DECIDE, **{**decision, "effectiveFrom": "2026-05-01"}) == [
        "EFFECTIVE_IN_PAST"
    ]
    assert await errors(ask, "huang-zhen", DECIDE, **decision) == []
    assert await errors(ask, "huang-zhen", DECIDE, **decision) == ["GAP_DECIDED"]
    (gap,) = await gaps(ask, state="ACCEPTED")
    assert gap["decision"] == {"accepted": True, "effectiveFrom": "2026-06-01"}
    clock.set(AT + timedelta(days=30))
    assert [one["code"] for one in await ask("luo-fang", ENTRIES)] == ["CT-SLIP"]
    async with runtime.db.read(system("D01")) as conn:
        rows = await conn.fetch("select data::text from outbox where subject like '%ControlVersionPublished'")
    (event,) = [json_format.Parse(row[0], ControlVersionPublished()) for row in rows]
    assert (event.code, event.basis, event.nodes[0].step) == ("CT-SLIP", "ALERT-RULES#1", "review")


async def test_what_is_wrong_with_a_proposal_keeps_the_question_open(runtime: Runtime, ask: Ask) -> None:
    await confirmed(runtime, "al_4")
    (gap,) = await gaps(ask)
    one = {"gapId": gap["id"], "missing": True, "advice": "缺少规定"}
    for fields in (
        one,
        {**one, "proposal": {**CONTROL, "kind": "POWER"}},
        {**one, "proposal": {**CONTROL, "body": {"title_zh": "x"}}},
        {**one, "proposal": {**CONTROL, "code": "ct"}},
        {**one, "missing": False, "proposal": CONTROL},
        {**one, "advice": " ", "proposal": CONTROL},
    ):
        assert await errors(ask, "luo-fang", ANSWER, **fields) == ["INVALID_INPUT"]
    uncited = {**CONTROL, "body": {**CONTROL["body"], "basis": "NOTHING#1"}}
    assert await errors(ask, "huang-zhen", ANSWER, **one, proposal=uncited) == []
    decision = {"gapId": gap["id"], "accepted": True, "reason": "同意", "effectiveFrom": "2026-06-01"}
    assert await errors(ask, "huang-zhen", DECIDE, **decision) == ["SOD_AUTHOR_APPROVES"]
    assert [one["state"] for one in await gaps(ask)] == ["PROPOSED"]


async def test_an_uncited_proposal_is_not_accepted_and_may_be_declined(runtime: Runtime, ask: Ask) -> None:
    await confirmed(runtime, "al_4")
    (gap,) = await gaps(ask)
    uncited = {**CONTROL, "body": {**CONTROL["body"], "basis": "NOTHING#1"}}
    answer = {"gapId": gap["id"], "missing": True, "advice": "缺少规定", "proposal": uncited}
    assert await errors(ask, "luo-fang", ANSWER, **answer) == []
    decision = {"gapId": gap["id"], "accepted": True, "reason": "同意", "effectiveFrom": "2026-06-01"}
    assert await errors(ask, "huang-zhen", DECIDE, **decision) == ["UNCITED_RULE"]
    declined = {"gapId": gap["id"], "accepted": False, "reason": "须先制定办法"}
    assert await errors(ask, "huang-zhen", DECIDE, **declined, effectiveFrom="2026-06-01") == [
        "INVALID_INPUT"
    ]
    assert await errors(ask, "huang-zhen", DECIDE, **declined) == []
    assert [one["state"] for one in await gaps(ask)] == ["DECLINED"]


async def test_the_register_of_gaps_is_for_those_who_may_know_weaknesses(runtime: Runtime, ask: Ask) -> None:
    for number, kind in enumerate(("DEADLINE_MISSED", "PROCEDURAL_VIOLATION", "OTHER_KIND")):
        await confirmed(runtime, f"al_{number}", kind=kind)
    for who, count in (("huang-zhen", 3), ("ma-qing", 3), ("bai-xue", 3), ("chen-gang", 0), ("lin-jie", 0)):
        assert len(await gaps(ask, who)) == count, who
    seen: list[str] = []
    after: str | None = None
    for _ in range(3):
        page = await ask("ma-qing", LIST, first=1, after=after)
        seen += [one["id"] for one in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    assert len(set(seen)) == 3
    assert not page["pageInfo"]["hasNextPage"]
    (gap,) = [one for one in await gaps(ask) if one["kind"] == "OTHER_KIND"]
    answer = {"gapId": gap["id"], "missing": False, "advice": "无"}
    assert await errors(ask, "chen-gang", ANSWER, **answer) == ["NOT_FOUND"]
