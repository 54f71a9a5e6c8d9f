"""A scheme is published, tried dry and adopted; a register is compared between days, and as it was known."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest_asyncio
from plumbline_org.grades import RiskGrade
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.domain.grading import Vote
from risk_registry.domain.reviews import CastVote, Closing, Review
from risk_registry.domain.standing import PointState, Standing
from risk_registry.storage.reviews import add_decision, add_review, add_vote
from risk_registry.storage.schemes import scheme_on
from risk_registry.storage.standings import add_standings
from risk_registry.testing import description, put_point

As = Callable[[str], Principal]
Ask = Callable[..., Any]
YEAR = date(2026, 1, 1)
THEN = datetime(2026, 1, 1, tzinfo=UTC)
HEAD, LEAD = "D01.huang-zhen", "D01.ma-qing"
DRY = "query ($v: String!) { gradingSchemeDryRun(version: $v) { regrades { pointId present proposed } unchanged unassessed } }"
DIFF = """query ($unit: ID!, $from: Date!, $to: Date!) {
  riskPointDiff(unit: $unit, from: $from, to: $to) { pointId kinds before { grade } after { grade } } }"""
KNOWN = 'query ($at: DateTime) { riskPoints(asOf: "2026-02-02", knownAt: $at) { edges { node { grade } } } }'
PUBLISH = """mutation ($input: PublishGradingSchemeInput!) {
  publishGradingScheme(input: $input) { version userErrors { code } } }"""
ADOPT = """mutation ($input: AdoptGradingSchemeInput!) {
  adoptGradingScheme(input: $input) { version userErrors { code } } }"""


@pytest_asyncio.fixture
async def ask(runtime: Runtime, act_as: As, graphql: RunGraphQL) -> Ask:
    async with runtime.db.transaction(system("D01")) as conn:
        text = description(["D01.TO-7.clearance"], "D01.LEVY")
        point = await put_point(conn, "RP-C", RiskGrade.LOW, text, YEAR, THEN)
        await put_point(conn, "RP-D", RiskGrade.LOW, text, YEAR, THEN)
        review = Review("gr_1", point, "D01", "MAX-1", frozenset({HEAD}), frozenset(), HEAD, THEN)
        await add_review(conn, review)
        await add_decision(conn, review, Closing(RiskGrade.MEDIUM, None, date(2026, 2, 1), "", HEAD, THEN))
        after = Standing(
            PointState.ACTIVE, RiskGrade.MEDIUM, date(2026, 2, 1), datetime(2026, 2, 10, tzinfo=UTC)
        )
        await add_standings(conn, "D01", [(point, after)])
    async with runtime.db.transaction(act_as(HEAD)) as conn:
        await add_vote(conn, "D01", CastVote("gr_1", Vote(HEAD, RiskGrade.MEDIUM, 3, 1), "", THEN))

    async def run(who: str, document: str, **variables: Any) -> Any:
        return await graphql(runtime, act_as(who), document, variables)

    return run


async def test_a_dry_run_shows_what_a_version_would_regrade(ask: Ask) -> None:
    same = (await ask(HEAD, DRY, v="MAX-1"))["data"]["gradingSchemeDryRun"]
    assert same == {"regrades": [], "unchanged": 1, "unassessed": 1}
    other = (await ask(HEAD, DRY, v="MATRIX-1"))["data"]["gradingSchemeDryRun"]
    assert other["regrades"] == [{"pointId": "D01.RP-C", "present": "MEDIUM", "proposed": "LOW"}]


async def test_a_dry_run_is_not_for_an_officer(ask: Ask) -> None:
    answer = await ask("D01.cai-ling", DRY, v="MATRIX-1")
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_a_version_is_published_once_and_adopted_without_rescoring(ask: Ask, runtime: Runtime) -> None:
    name = uuid4().hex
    made = {
        "name": name, "family": "S2_HIGH_MEDIUM_LOW", "method": "MATRIX", "mediumFrom": 3, "highFrom": 4,
        "quorum": 7, "citation": "D01", "grid": ["LLLLM", "LLLMH", "LLMHH", "LMHHH", "MHHHH"],
    }  # fmt: skip
    first = await ask(HEAD, PUBLISH, input={"clientMutationId": f"{name}1", **made})
    assert first["data"]["publishGradingScheme"] == {"version": f"D01.{name}", "userErrors": []}
    again = await ask(HEAD, PUBLISH, input={"clientMutationId": f"{name}2", **made})
    assert again["data"]["publishGradingScheme"]["userErrors"] == [{"code": "SCHEME_EXISTS"}]
    wanted = {"clientMutationId": f"{name}3", "version": f"D01.{name}", "effectiveFrom": "2027-01-01"}
    assert (await ask(LEAD, ADOPT, input=wanted))["data"]["adoptGradingScheme"]["userErrors"] == []
    async with runtime.db.read(system("D01")) as conn:
        before, after = await scheme_on(conn, "D01", YEAR), await scheme_on(conn, "D01", date(2027, 1, 1))
    assert (before.version, after.version, after.quorum) == ("MAX-1", f"D01.{name}", 7)
    async with runtime.db.read(system("D02")) as conn:
        assert (await scheme_on(conn, "D02", date(2027, 1, 1))).version == "MAX-1"


async def test_whoever_published_a_version_does_not_adopt_it(ask: Ask) -> None:
    name = uuid4().hex
    made = {
        "name": name, "family": "S1_THREE_COLOURS", "method": "MAX", "mediumFrom": 3, "highFrom": 4, "quorum": 5,
        "citation": "D01",
    }  # fmt: skip
    assert (await ask(HEAD, PUBLISH, input={"clientMutationId": f"{name}1", **made}))["data"]
    wanted = {"clientMutationId": f"{name}2", "version": f"D01.{name}", "effectiveFrom": "2027-01-01"}
    refused = await ask(HEAD, ADOPT, input=wanted)
    assert refused["data"]["adoptGradingScheme"]["userErrors"] == [{"code": "SOD_AUTHOR_APPROVES"}]


async def test_every_value_of_a_version_says_what_it_means(ask: Ask) -> None:
    """S1-053…055: a voter reads the standard before voting; a bureau may write its own, whole or not at all."""
    shown = {one["version"]: one["anchors"] for one in await anchors_of(ask)}
    assert {version: len(words) for version, words in shown.items() if "." not in version} == {
        "MAX-1": 10, "MATRIX-1": 10, "S2-MAX-1": 10, "S2-MATRIX-1": 10
    }  # fmt: skip
    assert "刑事责任" in shown["MAX-1"][-1]["wordZh"]
    name = uuid4().hex
    words = [
        {"factor": factor, "value": value, "wordZh": f"{factor}{value}", "wordEn": "x", "citation": "D01"}
        for factor in ("LIKELIHOOD", "SEVERITY")
        for value in range(1, 6)
    ]
    made = {
        "name": name, "family": "S1_THREE_COLOURS", "method": "MAX", "mediumFrom": 3, "highFrom": 4, "quorum": 5,
        "citation": "D01",
    }  # fmt: skip
    for number, bad in enumerate(
        (words[1:], [*words[1:], words[1]], [*words[1:], {**words[0], "wordEn": " "}])
    ):
        given = {"clientMutationId": f"{name}{number}", **made, "anchors": bad}
        errors = (await ask(HEAD, PUBLISH, input=given))["data"]["publishGradingScheme"]["userErrors"]
        assert errors == [{"code": "INVALID_INPUT"}]
    await ask(HEAD, PUBLISH, input={"clientMutationId": f"{name}9", **made, "anchors": words})
    own = {one["version"]: one["anchors"] for one in await anchors_of(ask)}[f"D01.{name}"]
    assert [one["wordZh"] for one in own] == [one["wordZh"] for one in words]


async def anchors_of(ask: Ask) -> list[dict[str, Any]]:
    answer = await ask(HEAD, "{ gradingSchemes { citation { version } anchors { factor value wordZh } } }")
    return [
        {"version": one["citation"]["version"], "anchors": one["anchors"]}
        for one in answer["data"]["gradingSchemes"]
    ]


async def test_a_register_is_compared_between_two_days(ask: Ask) -> None:
    wanted = {"unit": "D01.TO-7", "from": "2026-01-15", "to": "2026-02-15"}
    answer = await ask(HEAD, DIFF, **wanted)
    assert answer["data"]["riskPointDiff"] == [
        {
            "pointId": "D01.RP-C",
            "kinds": ["REGRADED"],
            "before": {"grade": "LOW"},
            "after": {"grade": "MEDIUM"},
        }
    ]
    assert (await ask("D01.cai-ling", DIFF, **wanted))["data"]["riskPointDiff"] == []


async def test_a_day_is_shown_as_it_was_known(ask: Ask) -> None:
    async def grades(at: str | None) -> list[str]:
        page = (await ask(HEAD, KNOWN, at=at))["data"]["riskPoints"]
        return [each["node"]["grade"] for each in page["edges"]]

    assert await grades("2026-02-05T00:00:00Z") == ["LOW", "LOW"]
    assert await grades(None) == ["MEDIUM", "LOW"]
