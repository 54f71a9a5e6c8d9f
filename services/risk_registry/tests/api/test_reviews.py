"""A grading review over GraphQL, from opening to the outcome that its panel sees."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest_asyncio
from plumbline_org.grades import RiskGrade
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.domain.alerts import Alert, AlertPhase
from risk_registry.storage.alerts import add_alert
from risk_registry.testing import description, put_point

As = Callable[[str], Principal]
Ask = Callable[..., Any]
PANEL = [f"D01.{name}" for name in ("huang-zhen", "zhou-min", "tang-li", "ma-qing", "luo-fang", "song-ke")]
REVIEW = """
  gradingReview {
    id closed votesCast members { id } recused { id } point { id status }
    scheme { method quorum citation { version } }
    votes { member { id } grade }
    assessment { stateHash forSignOff { grade effectiveFrom } }
    outcome { grade proposed effectiveFrom tally { grade votes } }
  }
  userErrors { code message path }
"""
OPEN = f"mutation ($input: OpenGradingReviewInput!) {{ openGradingReview(input: $input) {{ {REVIEW} }} }}"
VOTE = f"mutation ($input: CastGradeVoteInput!) {{ castGradeVote(input: $input) {{ {REVIEW} }} }}"
CLOSE = f"mutation ($input: CloseGradingReviewInput!) {{ closeGradingReview(input: $input) {{ {REVIEW} }} }}"
SIGN = (
    f"mutation ($input: SignOffGradingReviewInput!) {{ signOffGradingReview(input: $input) {{ {REVIEW} }} }}"
)
SEE = "query ($id: ID!) { gradingReview(id: $id) { id closed votes { grade } } }"


@pytest_asyncio.fixture
async def ask(runtime: Runtime, act_as: As, graphql: RunGraphQL) -> Ask:
    """`await ask("D01.huang-zhen", DOCUMENT, field, **variables)` gives that field."""
    async with runtime.db.transaction(system("D01")) as conn:
        text = description(["D01.TO-7.clearance"], "D01.LEVY")
        await put_point(conn, "RP-C", RiskGrade.LOW, text, date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC))

    async def run(who: str, document: str, field: str, **variables: Any) -> Any:
        answer = await graphql(runtime, act_as(who), document, variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"][field]

    return run


async def opened(ask: Ask) -> Any:
    wanted = {"clientMutationId": "o", "pointId": "D01.RP-C", "members": PANEL}
    return (await ask("D01.huang-zhen", OPEN, "openGradingReview", input=wanted))["gradingReview"]


async def vote(ask: Ask, who: str, review: str, **given: Any) -> Any:
    return await ask(who, VOTE, "castGradeVote", input={"clientMutationId": "v", "reviewId": review, **given})


async def test_a_review_from_opening_to_outcome(ask: Ask) -> None:
    review = await opened(ask)
    assert (review["closed"], review["votesCast"], review["outcome"]) == (False, 0, None)
    assert review["point"] == {"id": "D01.RP-C", "status": "UNDER_REVIEW"}
    assert review["scheme"] == {"method": "MAX", "quorum": 5, "citation": {"version": "MAX-1"}}
    for who in PANEL[:5]:
        await vote(ask, who, review["id"], grade="HIGH")
    last = (await vote(ask, PANEL[5], review["id"], grade="LOW"))["gradingReview"]
    assert last["votesCast"] == 6
    assert last["votes"] == [{"member": {"id": "D01.song-ke"}, "grade": "LOW"}]
    wanted = {"clientMutationId": "c", "reviewId": review["id"], "effectiveFrom": "2026-04-06"}
    put_up = (await ask("D01.huang-zhen", CLOSE, "closeGradingReview", input=wanted))["gradingReview"]
    assert (put_up["closed"], put_up["outcome"], len(put_up["votes"])) == (False, None, 6)
    assert put_up["assessment"]["forSignOff"] == {"grade": "HIGH", "effectiveFrom": "2026-04-06"}
    signing = {"reviewId": review["id"], "stateHash": put_up["assessment"]["stateHash"]}
    for who in ("D01.huang-zhen", "D01.ma-qing"):
        wanted = {"clientMutationId": "s", **signing}
        done = (await ask(who, SIGN, "signOffGradingReview", input=wanted))["gradingReview"]
    assert done["outcome"]["grade"] == "HIGH"
    assert {each["grade"]: each["votes"] for each in done["outcome"]["tally"]} == {
        "LOW": 1,
        "MEDIUM": 0,
        "HIGH": 5,
    }
    assert len(done["votes"]) == 6


async def test_refusals_are_data_with_a_code_and_a_path(ask: Ask) -> None:
    review = await opened(ask)
    await vote(ask, "D01.ma-qing", review["id"], grade="HIGH")
    repeated = {"clientMutationId": "v2", "reviewId": review["id"], "grade": "LOW"}
    twice = await ask("D01.ma-qing", VOTE, "castGradeVote", input=repeated)
    assert [error["code"] for error in twice["userErrors"]] == ["ALREADY_VOTED"]
    scale = await vote(ask, "D01.tang-li", review["id"], likelihood=9, severity=1)
    assert (scale["userErrors"][0]["code"], scale["userErrors"][0]["path"]) == (
        "INVALID_INPUT",
        ["likelihood"],
    )


async def test_the_review_is_for_its_panel_the_head_and_discipline(ask: Ask) -> None:
    review = await opened(ask)
    for who, seen in {
        "D01.song-ke": True,
        "D01.ma-qing": True,
        "D01.wu-bin": False,
        "D02.ma-qing": False,
    }.items():
        assert (await ask(who, SEE, "gradingReview", id=review["id"]) is not None) is seen


ALERTS = """
query ($point: ID) { alertCounts(from: "2026-05-01", to: "2026-05-01", pointId: $point) { pointId phase count } }
"""


async def test_alert_counts_go_to_leaders_counters_and_the_own_chief(ask: Ask, runtime: Runtime) -> None:
    async with runtime.db.transaction(system("D01")) as conn:
        at = datetime(2026, 5, 1, 15, 59, tzinfo=UTC)
        unit = ("D01.RP-C", "D01", "D01.TO-7", "mt_1", "DEADLINE_MISSED")
        await add_alert(conn, Alert("al_1", *unit, AlertPhase.EX_POST, RiskGrade.LOW, at))
    counted = [{"pointId": "D01.RP-C", "phase": "EX_POST", "count": 1}]
    for who, seen in {
        "D01.huang-zhen": counted, "D01.gu-ping": counted, "D01.fang-lei": counted, "D01.tang-li": counted,
        "D01.pan-yu": [], "D01.wu-bin": [], "D02.huang-zhen": [],
    }.items():  # fmt: skip
        assert await ask(who, ALERTS, "alertCounts", point="D01.RP-C") == seen
