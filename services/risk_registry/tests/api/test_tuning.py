"""False positives lead to a draft with its evidence; what is not surely too much does not (L12)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from plumbline_shared.clock import SHANGHAI, ManualClock
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.indicator_packs import shipped_indicators
from risk_registry.testing_alerts import ended, raised, receive
from risk_registry.use_cases.load_indicators import LoadIndicators, load_indicators

As = Callable[[str], Principal]
Ask = Callable[..., Any]
AT = datetime(2026, 5, 1, tzinfo=SHANGHAI)
ACCURACY = """{ indicatorAccuracy { indicator { id code } tally {
  judged falsePositives share low high suggested rule { version } } } }"""
TUNINGS = """{ indicatorTunings { reason tuned { number } draft { number condition activatedAt }
  tally { judged falsePositives } dryRun { outcome raised alerts } falsePositives { id } } }"""
PROPOSE = """mutation ($i: ProposeIndicatorTuningInput!) {
  proposeIndicatorTuning(input: $i) { draftVersionId userErrors { code message } } }"""
ACTIVATE = "mutation ($i: ActivateIndicatorInput!) { activateIndicator(input: $i) { userErrors { code } } }"
DRY = """query ($b: JSON!) { indicatorDryRun(body: $b, from: "2026-04-01", to: "2026-05-31") {
  outcome raised alerts } }"""
BODY: dict[str, Any] = msgspec.to_builtins(shipped_indicators()["DEADLINE-MISSED"])
STRICTER = {
    **BODY,
    "when": "days_past_due >= 3",
    "cases": [
        {"name": "逾期二日", "facts": {"days_past_due": 2}, "expected": False},
        {"name": "逾期三日", "facts": {"days_past_due": 3}, "expected": True},
    ],
}


@pytest.fixture
async def ask(runtime: Runtime, act_as: As, graphql: RunGraphQL, clock: ManualClock) -> Ask:
    await runtime.execute(system("D01"), load_indicators, LoadIndicators(date(2026, 1, 1)))
    clock.set(AT)

    async def run(who: str, document: str, **variables: Any) -> Any:
        answer = await graphql(runtime, act_as(f"D01.{who}"), document, variables)
        if "errors" in answer:
            return answer["errors"][0]["extensions"]["code"]
        return next(iter(answer["data"].values()))

    return run


async def judged(runtime: Runtime, wrong: int, right: int) -> None:
    """`wrong` alerts a day late that were false, `right` four days late that were not."""
    for number in range(wrong + right):
        false = number < wrong
        due_on, end = ("2026-04-30", "FALSE_POSITIVE") if false else ("2026-04-27", "CONFIRMED")
        await receive(runtime, raised(f"al_{number:02}", AT, due_on=due_on), AT)
        await receive(runtime, ended(f"al_{number:02}", AT, end), AT)


async def accuracy(ask: Ask) -> dict[str, Any]:
    return next(
        one for one in await ask("luo-fang", ACCURACY) if one["indicator"]["code"] == "DEADLINE-MISSED"
    )


async def proposed(ask: Ask, who: str, version: str, **body: Any) -> Any:
    given = {
        "clientMutationId": uuid4().hex,
        "versionId": version,
        "body": {**STRICTER, **body},
        "reason": "误报过多",
    }
    return await ask(who, PROPOSE, i=given)


async def test_an_indicator_that_is_surely_wrong_too_often_is_tuned_with_its_evidence(
    runtime: Runtime, ask: Ask, clock: ManualClock
) -> None:
    await judged(runtime, wrong=12, right=4)
    found = await accuracy(ask)
    tally = found["tally"]
    assert (tally["judged"], tally["falsePositives"], tally["suggested"]) == (16, 12, True)
    assert 0.3 < tally["low"] < 0.75 < tally["high"] < 1
    assert tally["rule"] == {"version": "TUNING-1"}
    dry = await ask("luo-fang", DRY, b=STRICTER)
    cells = [
        {"outcome": "CONFIRMED", "raised": True, "alerts": 4},
        {"outcome": "FALSE_POSITIVE", "raised": False, "alerts": 12},
    ]
    assert dry == cells
    done = await proposed(ask, "luo-fang", found["indicator"]["id"])
    assert done["userErrors"] == []
    (tuning,) = await ask("huang-zhen", TUNINGS)
    assert (tuning["tuned"], tuning["draft"]["number"]) == ({"number": 1}, 2)
    assert tuning["dryRun"] == cells
    assert [one["id"] for one in tuning["falsePositives"]] == [f"al_{n:02}" for n in range(11, -1, -1)]
    active = {
        "clientMutationId": "a",
        "versionId": done["draftVersionId"],
        "effectiveFrom": "2026-05-02",
    }
    assert (await ask("huang-zhen", ACTIVATE, i=active))["userErrors"] == []
    clock.set(AT + timedelta(days=1))
    await receive(runtime, raised("al_new", clock.now(), due_on="2026-04-28"), clock.now())
    assert (await accuracy(ask))["tally"]["judged"] == 0
    assert (await ask("huang-zhen", TUNINGS))[0]["tally"] == {"judged": 16, "falsePositives": 12}


async def test_what_is_not_surely_too_much_is_not_tuned(runtime: Runtime, ask: Ask) -> None:
    await judged(runtime, wrong=5, right=6)
    found = await accuracy(ask)
    assert not found["tally"]["suggested"]
    (error,) = (await proposed(ask, "luo-fang", found["indicator"]["id"]))["userErrors"]
    assert error["code"] == "TUNING_NOT_SUGGESTED"
    assert "5 of 11 judged" in error["message"]
    assert await ask("huang-zhen", TUNINGS) == []


async def test_a_proposal_keeps_to_its_kind_and_its_roles(runtime: Runtime, ask: Ask) -> None:
    await judged(runtime, wrong=12, right=0)
    version = (await accuracy(ask))["indicator"]["id"]
    (error,) = (await proposed(ask, "luo-fang", version, alert_kind="OTHER"))["userErrors"]
    assert error["code"] == "INVALID_INPUT"
    for who in ("chen-gang", "he-jun", "gu-ping"):
        assert await ask(who, ACCURACY) == "NOT_FOUND"
        assert await ask(who, DRY, b=STRICTER) == "NOT_FOUND"
        assert (await proposed(ask, who, version))["userErrors"][0]["code"] == "NOT_FOUND"
    (fault,) = (await proposed(ask, "luo-fang", version, when="days_pst_due > 1"))["userErrors"]
    assert fault["code"] == "CONDITION_FAULT"
