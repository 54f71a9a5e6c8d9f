"""A two-factor review over GraphQL: rounds without names, the hash that is signed, and who has signed it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest_asyncio
from plumbline_org.grades import RiskGrade
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.testing import description, put_point

As = Callable[[str], Principal]
Ask = Callable[..., Any]
PANEL = [f"D01.{name}" for name in ("huang-zhen", "zhou-min", "tang-li", "ma-qing", "luo-fang")]
HEAD, LEAD = "D01.huang-zhen", "D01.ma-qing"
REVIEW = """
  gradingReview {
    id kind closed proposalId votes { grade }
    assessment {
      openRound votesCast ownVote { likelihood severity opinion }
      rounds { number settled likelihood { median spread } severity { median spread } votes { likelihood severity } }
      dissents { member { id } reason }
      forSignOff { grade byMethod effectiveFrom reason }
      stateHash signOffs { seat person { id } void }
    }
    outcome { grade tally { votes } }
  }
  userErrors { code path }
"""


@pytest_asyncio.fixture
async def ask(runtime: Runtime, act_as: As, graphql: RunGraphQL) -> Ask:
    """`await ask("D01.huang-zhen", "openGradingReview", pointId=…)` gives the payload of that mutation."""
    async with runtime.db.transaction(system("D01")) as conn:
        text = description(["D01.TO-7.clearance"], "D01.LEVY")
        await put_point(conn, "RP-C", RiskGrade.LOW, text, date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC))

    async def run(who: str, mutation: str, shape: str = REVIEW, **given: Any) -> Any:
        kind = mutation[0].upper() + mutation[1:] + "Input"
        document = f"mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ {shape} }} }}"
        entry = {"input": {"clientMutationId": f"{mutation}-{len(given)}-{who}", **given}}
        answer = await graphql(runtime, act_as(who), document, entry)
        assert "errors" not in answer, answer["errors"]
        return answer["data"][mutation]

    return run


async def test_a_review_from_proposal_to_signatures(ask: Ask) -> None:
    shape = "proposal { id origin source proposedBy { id } } userErrors { code }"
    wanted = {"pointId": "D01.RP-C", "grade": "HIGH", "reason": "x", "origin": "EVIDENCE", "source": "al_1"}
    proposed = (await ask("D01.wu-bin", "proposeGrade", shape, **wanted))["proposal"]
    assert (proposed["origin"], proposed["source"], proposed["proposedBy"]) == (
        "EVIDENCE", "al_1", {"id": "D01.wu-bin"},
    )  # fmt: skip
    opening = {"pointId": "D01.RP-C", "members": PANEL, "kind": "FACTORS", "proposalId": proposed["id"]}
    review = (await ask(HEAD, "openGradingReview", **opening))["gradingReview"]
    assert (review["kind"], review["proposalId"], review["assessment"]["openRound"]) == (
        "FACTORS",
        proposed["id"],
        1,
    )
    mine = {"reviewId": review["id"]}
    for who in PANEL:
        vote = {"likelihood": 4, "severity": 5, "opinion": who}
        seen = (await ask(who, "castAssessmentVote", **mine, **vote))["gradingReview"]["assessment"]
        assert (seen["ownVote"]["opinion"], seen["rounds"]) == (who, [])
    assert seen["votesCast"] == 5
    closed = await ask(HEAD, "closeAssessmentRound", **mine, round=1)
    (first,) = closed["gradingReview"]["assessment"]["rounds"]
    assert first["severity"] == {"median": 5, "spread": 0.0}
    assert first["votes"] == [{"likelihood": 4, "severity": 5}] * 5
    ready = (await ask(HEAD, "putGradeForSignOff", **mine, effectiveFrom="2026-04-06"))["gradingReview"]
    assert ready["assessment"]["forSignOff"] | {"effectiveFrom": ""} == {
        "grade": "HIGH", "byMethod": "HIGH", "reason": "", "effectiveFrom": "",
    }  # fmt: skip
    dissented = await ask("D01.tang-li", "dissentFromGrade", **mine, reason="低")
    assert dissented["gradingReview"]["assessment"]["dissents"] == [
        {"member": {"id": "D01.tang-li"}, "reason": "低"}
    ]
    signed = {**mine, "stateHash": ready["assessment"]["stateHash"]}
    once = (await ask(HEAD, "signOffGradingReview", **signed))["gradingReview"]
    assert (once["closed"], once["outcome"]) == (False, None)
    done = (await ask(LEAD, "signOffGradingReview", **signed))["gradingReview"]
    assert (done["closed"], done["outcome"]["grade"]) == (True, "HIGH")
    assert [(each["seat"], each["void"]) for each in done["assessment"]["signOffs"]] == [
        ("HEAD", False), ("DISCIPLINE", False),
    ]  # fmt: skip
    assert done["assessment"]["stateHash"] == signed["stateHash"]


async def test_an_old_hash_is_refused_with_its_code_and_path(ask: Ask) -> None:
    opening = {"pointId": "D01.RP-C", "members": PANEL, "kind": "FACTORS"}
    mine = {"reviewId": (await ask(HEAD, "openGradingReview", **opening))["gradingReview"]["id"]}
    for who in PANEL:
        await ask(who, "castAssessmentVote", **mine, likelihood=4, severity=4)
    await ask(HEAD, "closeAssessmentRound", **mine, round=1)
    await ask(HEAD, "putGradeForSignOff", **mine, effectiveFrom="2026-04-06")
    refused = await ask(LEAD, "signOffGradingReview", **mine, stateHash="0" * 64)
    assert refused["userErrors"] == [{"code": "STATE_CHANGED", "path": ["stateHash"]}]
