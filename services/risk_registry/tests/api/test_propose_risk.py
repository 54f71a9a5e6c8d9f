"""A new risk is proposed at any time, by those who would read it, and a review answers it (S2-047)."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from plumbline_shared.principal import Principal
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL

As = Callable[[str], Principal]
Ask = Callable[..., Any]
PROPOSE = """mutation ($i: ProposeRiskInput!) { proposeRisk(input: $i) {
  proposalId riskPoint { id status cause } userErrors { code path } } }"""
PROPOSALS = "query ($i: ID!) { suggestedGrades(pointId: $i) { id grade origin source } }"
OPEN = """mutation ($i: OpenGradingReviewInput!) { openGradingReview(input: $i) { userErrors { code } } }"""
RISK = {"title": "核定定额凭印象", "process": "QUOTA", "step": "fix", "cause": "缺少典型调查"}
PANEL = [f"D01.{name}" for name in ("huang-zhen", "zhou-min", "tang-li", "ma-qing", "luo-fang")]


@pytest.fixture
def ask(runtime: Runtime, act_as: As, graphql: RunGraphQL) -> Ask:
    async def run(who: str, document: str, given: Any = None, **fields: Any) -> Any:
        given = given or {"clientMutationId": uuid4().hex, **fields}
        answer = await graphql(runtime, act_as(f"D01.{who}"), document, {"i": given})
        assert "errors" not in answer, answer
        return next(iter(answer["data"].values()))

    return run


def risk(**fields: Any) -> dict[str, Any]:
    base = {"post": "TO-5.administrator", "risk": RISK, "grade": "HIGH", "reason": "核查中发现"}
    return base | {"origin": "INCIDENT", "source": "in_1"} | fields


async def test_what_an_incident_shows_becomes_a_proposed_point(ask: Ask) -> None:
    done = await ask("pan-yu", PROPOSE, **risk())
    point = done["riskPoint"]
    assert (point["status"], point["cause"]) == ("PROPOSED", "缺少典型调查")
    (proposal,) = await ask("ma-qing", PROPOSALS, point["id"])
    assert proposal == {"id": done["proposalId"], "grade": "HIGH", "origin": "INCIDENT", "source": "in_1"}
    review = {"pointId": point["id"], "members": PANEL, "proposalId": done["proposalId"]}
    assert (await ask("huang-zhen", OPEN, **review))["userErrors"] == []


@pytest.mark.parametrize("who", ["lin-jie", "chen-gang", "wu-yan", "gu-ping"])
async def test_nobody_proposes_where_they_would_not_read(ask: Ask, who: str) -> None:
    assert (await ask(who, PROPOSE, **risk()))["userErrors"][0]["code"] == "NOT_FOUND"


async def test_what_is_wrong_is_said_where_it_is(ask: Ask) -> None:
    for fields, code, path in (
        ({"post": "TO-5.nobody"}, "NOT_FOUND", []),
        ({"risk": {**RISK, "cause": " "}}, "INVALID_INPUT", ["risk", "cause"]),
        ({"reason": " "}, "INVALID_INPUT", ["reason"]),
    ):
        (error,) = (await ask("huang-zhen", PROPOSE, **risk(**fields)))["userErrors"]
        assert (error["code"], error["path"] or []) == (code, path)
