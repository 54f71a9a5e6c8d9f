"""An indicator is drafted by one officer, activated by another with its evidence, retired; each day keeps its version."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from google.protobuf import json_format
from plumbline_contracts.risk_registry.v1 import IndicatorVersionPublished
from plumbline_shared.clock import ManualClock
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.indicator_packs import shipped_indicators
from risk_registry.use_cases.load_indicators import LoadIndicators, load_indicators

As = Callable[[str], Principal]
Ask = Callable[..., Any]
HEAD, LEGAL, CHIEF, OFFICER = "D01.huang-zhen", "D01.luo-fang", "D01.chen-gang", "D01.he-jun"
DRAFT = """mutation ($i: DraftIndicatorInput!) {
  draftIndicator(input: $i) { versionId indicatorId number userErrors { code message path } } }"""
ACTIVATE = """mutation ($i: ActivateIndicatorInput!) {
  activateIndicator(input: $i) { number userErrors { code message } } }"""
RETIRE = "mutation ($i: RetireIndicatorInput!) { retireIndicator(input: $i) { userErrors { code } } }"
LIST = """query ($on: Date, $known: DateTime, $drafts: Boolean! = false) {
  indicators(asOf: $on, knownAt: $known, drafts: $drafts) { id code number condition source informed cases { name expected } } }"""
BODY: dict[str, Any] = msgspec.to_builtins(shipped_indicators()["DEADLINE-MISSED"])


@pytest.fixture
def ask(runtime: Runtime, act_as: As, graphql: RunGraphQL) -> Ask:
    async def run(who: str, document: str, **variables: Any) -> Any:
        answer = await graphql(runtime, act_as(who), document, variables)
        assert "errors" not in answer, answer
        return next(iter(answer["data"].values()))

    return run


async def load(runtime: Runtime) -> Any:
    return await runtime.execute(system("D01"), load_indicators, LoadIndicators(date(2026, 1, 1)))


def whole(**fields: Any) -> dict[str, Any]:
    return {"clientMutationId": uuid4().hex, **fields}


async def drafted(ask: Ask, who: str = LEGAL, **changed: Any) -> str:
    done = await ask(who, DRAFT, i=whole(code="DEADLINE-MISSED", body={**BODY, **changed}))
    assert done["userErrors"] == []
    return done["versionId"]


async def activated(ask: Ask, who: str, version: str, on: str = "2026-04-01") -> list[dict[str, str]]:
    return (await ask(who, ACTIVATE, i=whole(versionId=version, effectiveFrom=on)))["userErrors"]


def codes(errors: list[dict[str, str]]) -> list[str]:
    return [each["code"] for each in errors]


async def test_what_ships_is_loaded_whole_and_twice_is_once(runtime: Runtime, ask: Ask) -> None:
    size = len(shipped_indicators())
    first, second = await load(runtime), await load(runtime)
    assert [(each.indicators, each.activated) for each in (first, second)] == [(size, size), (size, 0)]
    found = await ask(CHIEF, LIST, on="2026-01-01")
    assert len(found) == size
    missed = next(each for each in found if each["code"] == "DEADLINE-MISSED")
    assert (missed["condition"], missed["source"]) == ("days_past_due >= 1", "TIME_LIMIT")
    assert [case["expected"] for case in missed["cases"]] == [False, True]
    assert await ask(OFFICER, LIST) == []


async def test_the_head_lets_what_ships_count_from_a_day_on(ask: Ask, clock: ManualClock) -> None:
    load_ = (
        "mutation ($i: LoadIndicatorsInput!) { loadIndicators(input: $i) { activated userErrors { code } } }"
    )
    early, today = whole(effectiveFrom="2026-03-31"), whole(effectiveFrom="2026-04-01")
    assert codes((await ask(LEGAL, load_, i=today))["userErrors"]) == ["NOT_FOUND"]
    assert codes((await ask(HEAD, load_, i=early))["userErrors"]) == ["EFFECTIVE_IN_PAST"]
    assert await ask(HEAD, LIST, drafts=True) == []
    done = await ask(HEAD, load_, i=today)
    assert (done["activated"], done["userErrors"]) == (len(shipped_indicators()), [])
    assert len(await ask(CHIEF, LIST)) == len(shipped_indicators())


async def test_two_officers_change_an_indicator_and_each_day_keeps_its_version(
    runtime: Runtime, ask: Ask, clock: ManualClock
) -> None:
    await load(runtime)
    known = clock.now().isoformat()
    cases = [
        {**BODY["cases"][0], "facts": {"days_past_due": 1}},
        {**BODY["cases"][1], "facts": {"days_past_due": 2}},
    ]
    version = await drafted(ask, when="days_past_due >= 2", cases=cases)
    assert codes(await activated(ask, LEGAL, version)) == ["NOT_FOUND"]
    assert codes(await activated(ask, HEAD, version, "2026-03-31")) == ["EFFECTIVE_IN_PAST"]
    clock.set(clock.now() + timedelta(hours=1))
    assert await activated(ask, HEAD, version, "2026-05-01") == []
    assert codes(await activated(ask, HEAD, version)) == ["ALREADY_ACTIVE"]
    assert (await load(runtime)).activated == 0
    clock.set(clock.now() + timedelta(days=60))
    seen = {
        (on, at): next(one for one in await ask(HEAD, LIST, on=on, known=at) if one["code"] == "DEADLINE-MISSED")
        for on, at in (("2026-04-30", None), ("2026-05-01", None), ("2026-05-01", known))
    }  # fmt: skip
    assert [each["number"] for each in seen.values()] == [1, 2, 1]
    assert (await ask(HEAD, RETIRE, i=whole(code="DEADLINE-MISSED", retiredFrom="2026-05-30", reason=" ")))[
        "userErrors"
    ] == [{"code": "INVALID_INPUT"}]
    ended = whole(code="DEADLINE-MISSED", retiredFrom="2026-05-31", reason="并入新指标")
    assert (await ask(HEAD, RETIRE, i=ended))["userErrors"] == []
    async with runtime.db.read(system("D01")) as conn:
        rows = await conn.fetch("select data::text from outbox where subject like '%Indicator%' order by id")
    last = [json_format.Parse(row[0], IndicatorVersionPublished()) for row in rows][-2:]
    assert [(one.version, one.effective_from, one.retired) for one in last] == [
        (2, "2026-05-01", False),
        (2, "2026-05-31", True),
    ]


async def test_what_is_wrong_with_a_draft_is_said_where_it_is(runtime: Runtime, ask: Ask) -> None:
    for changed, code, says in (
        ({"when": "days_past_due >= 1 &&\n days_pst_due < 9"}, "CONDITION_FAULT", "line 2, column 2"),
        ({"when": "days_past_due + 1"}, "CONDITION_FAULT", "gives INT, not a boolean"),
        ({"colour": "red"}, "INVALID_INPUT", "colour"),
        ({"source": "RUMOUR"}, "INVALID_INPUT", "RUMOUR"),
    ):
        done = await ask(LEGAL, DRAFT, i=whole(code="DEADLINE-MISSED", body={**BODY, **changed}))
        (error,) = done["userErrors"]
        assert (error["code"], says in error["message"]) == (code, True)
    assert codes(await activated(ask, HEAD, await drafted(ask))) == ["UNCITED_RULE"]
    await load(runtime)
    own = await drafted(ask, HEAD)
    assert codes(await activated(ask, HEAD, own)) == ["SOD_AUTHOR_APPROVES"]
    wrong = json.loads(json.dumps(BODY["cases"]))
    wrong[0]["expected"] = True
    assert codes(await activated(ask, HEAD, await drafted(ask, cases=wrong))) == ["NO_TEST_EVIDENCE"]
    wrong.append({"name": "not late", "facts": {"days_past_due": -1}, "expected": False})
    assert codes(await activated(ask, HEAD, await drafted(ask, cases=wrong))) == ["CASES_FAIL"]


async def test_one_kind_of_alert_has_one_explanation(runtime: Runtime, ask: Ask) -> None:
    await load(runtime)
    done = await ask(LEGAL, DRAFT, i=whole(code="ANOTHER", body=BODY))
    assert codes(await activated(ask, HEAD, done["versionId"])) == ["KIND_EXPLAINED"]
    ended = whole(code="DEADLINE-MISSED", retiredFrom="2026-04-01", reason="改用另一指标")
    assert (await ask(HEAD, RETIRE, i=ended))["userErrors"] == []
    assert await activated(ask, HEAD, done["versionId"]) == []


async def test_a_draft_is_for_those_who_keep_the_rules(ask: Ask) -> None:
    await drafted(ask)
    assert [len(await ask(who, LIST, drafts=True)) for who in (LEGAL, HEAD, CHIEF, OFFICER)] == [1, 1, 0, 0]
    refused = await ask(CHIEF, DRAFT, i=whole(code="X-1", body=BODY))
    assert codes(refused["userErrors"]) == ["NOT_FOUND"]
