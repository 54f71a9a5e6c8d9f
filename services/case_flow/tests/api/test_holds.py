"""Scenario 2 through the subgraph: the hold as data, the ways out, tier, hearing and document."""

from typing import Any

import pytest
from case_flow.control_subscriptions import on_risk_point_published
from case_flow.testing import WorkedBureau, point
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter

VIOLATION = {
    "point": "LATE_CHANGE_REGISTRATION",
    "party": "ORGANISATION",
    "ordered_on": "2026-05-22",
    "corrected_on": "2026-06-03",
}
ADVANCE = """result { __typename ... on Matter { id matterState: state }
  ... on Hold { id code state message(lang: EN) allowedWays control { id rulePack } citation { text }
                riskPoint { id } alert { phase grade } } } waitingFor { id }"""
TIER = """
query($p: String!, $f: PenaltyFactsInput!) {
  penaltyTier(violationPoint: $p, facts: $f) {
    code label(lang: EN) daysLate minFen maxFen statutoryMaxFen authority procedure citation { text } } }
"""
HOLDS = "query($s: HoldState) { holds(state: $s) { nodes { id code state } pageInfo { hasNextPage } } }"
ENTITY = "query($r: [_Any!]!) { _entities(representations: $r) { ... on Hold { id } } }"


def fine(yuan: int, procedure: str = "SUMMARY", **changes: str) -> dict[str, Any]:
    return {"amount_fen": yuan * 100, "procedure": procedure, "violation": {**VIOLATION, **changes}}


@pytest.fixture
async def matter(bureau: WorkedBureau) -> str:
    """A penalty matter of TO-5 filed by He Jun."""
    await bureau.publish("registration_penalty")
    await bureau.receive(on_risk_point_published, point("RP-PENALTY-TIER-01", "HIGH", unit="D01.TO-5"))
    await bureau.at("2026-06-03 10:12")
    command = AcceptMatter("REGISTRATION-PENALTY", "late", office_id="D01.TO-5")
    return (await bureau.do("he-jun", accept_matter, command)).matter_id


async def enter(graph: Any, matter: str, payload: dict[str, Any]) -> dict[str, Any]:
    given = {"matterId": matter, "step": "propose", "payload": payload}
    done = await graph.do("he-jun", "advanceMatter", given, ADVANCE)
    assert done["userErrors"] == []
    return done["result"]


async def test_the_hold_is_data_with_its_ways_out(graph: Any, matter: str) -> None:
    hold = await enter(graph, matter, fine(2000))
    assert (hold["__typename"], hold["code"]) == ("Hold", "DISCRETION_OUT_OF_TIER")
    assert hold["message"] == "The fine is outside its discretion tier; ¥240 to ¥240 is allowed"
    assert hold["allowedWays"] == ["CORRECT", "REQUEST_DEPARTURE", "ABANDON"]
    assert hold["alert"] == {"phase": "IN_PROCESS", "grade": "HIGH"}
    assert hold["control"] == {"id": "CT-DISCRETION-TIER", "rulePack": "DEMO-2026/1"}
    assert hold["riskPoint"] == {"id": "D01.RP-PENALTY-TIER-01"}


async def test_correcting_goes_on_with_the_step(graph: Any, matter: str) -> None:
    hold = await enter(graph, matter, fine(2000))
    fields = "hold { state } stillHeldBy { code }"
    wrong = await graph.do("he-jun", "correctHold", {"holdId": hold["id"], "payload": fine(241)}, fields)
    assert (wrong["hold"], wrong["stillHeldBy"]) == ({"state": "RAISED"}, {"code": "DISCRETION_OUT_OF_TIER"})
    right = await graph.do("he-jun", "correctHold", {"holdId": hold["id"], "payload": fine(240)}, fields)
    assert right == {"hold": {"state": "CORRECTED"}, "stillHeldBy": None, "userErrors": []}


async def test_only_the_line_reads_the_hold(graph: Any, matter: str) -> None:
    hold = await enter(graph, matter, fine(2000))
    wanted = [{"__typename": "Hold", "id": hold["id"]}]
    for name in ("he-jun", "tang-li", "huang-zhen", "ma-qing", "pan-yu"):
        assert (await graph.ask(name, ENTITY, r=wanted))["_entities"] == [{"id": hold["id"]}], name
        assert len((await graph.ask(name, HOLDS, s="RAISED"))["holds"]["nodes"]) == 1
    for name in ("sun-hao", "zhou-min", "luo-fang", "qian-lu"):
        assert (await graph.ask(name, ENTITY, r=wanted))["_entities"] == [None], name
        assert (await graph.ask(name, HOLDS))["holds"]["nodes"] == []


async def test_departure_through_review_and_meeting(graph: Any, matter: str) -> None:
    hold = await enter(graph, matter, fine(500))
    of = {"holdId": hold["id"]}
    asked = await graph.do("he-jun", "requestDeparture", {**of, "reason": "again"}, "hold { state }")
    assert asked["hold"] == {"state": "DEPARTURE_REQUESTED"}
    review = {**of, "opinion": "justified", "agrees": True}
    reviewed = await graph.do(
        "luo-fang", "reviewDeparture", review, "hold { departure { legalReviewer { id } } }"
    )
    assert reviewed["hold"]["departure"] == {"legalReviewer": {"id": "D01.luo-fang"}}
    meeting = {
        **of,
        "members": ["D01.huang-zhen", "D01.zhou-min", "D01.tang-li"],
        "votesFor": 2,
        "votesAgainst": 1,
    }
    decided = await graph.do("huang-zhen", "decideDeparture", meeting, "hold { state }")
    assert decided["hold"] == {"state": "DEPARTURE_REQUESTED"}
    granted = await graph.do(
        "ma-qing", "coSignDeparture", of, "hold { state departure { coSignedBy { id } } }"
    )
    assert granted["hold"] == {
        "state": "DEPARTURE_GRANTED",
        "departure": {"coSignedBy": {"id": "D01.ma-qing"}},
    }


async def test_an_abandoned_hold_and_a_hard_block(graph: Any, matter: str) -> None:
    hold = await enter(graph, matter, fine(12000, "ORDINARY", ordered_on="2026-04-22"))
    assert (hold["code"], hold["allowedWays"]) == ("ABOVE_STATUTORY_MAX", ["CORRECT", "ABANDON"])
    refused = await graph.do(
        "he-jun", "requestDeparture", {"holdId": hold["id"], "reason": "x"}, "hold { id }"
    )
    assert refused["userErrors"][0]["code"] == "HOLD_WAY_NOT_OPEN"
    left = await graph.do(
        "he-jun", "abandonHold", {"holdId": hold["id"], "reason": "wrong file"}, "hold { state }"
    )
    assert left["hold"] == {"state": "ABANDONED"}


async def test_the_tier_is_told_before_anything_is_entered(bureau: WorkedBureau, graph: Any) -> None:
    await bureau.at("2026-06-03 10:00")
    facts = {"party": "ORGANISATION", "orderedOn": "2026-05-22", "correctedOn": "2026-06-03"}
    tier = (await graph.ask("he-jun", TIER, p="LATE_CHANGE_REGISTRATION", f=facts))["penaltyTier"]
    assert (tier["code"], tier["daysLate"], tier["minFen"], tier["maxFen"]) == ("GENERAL", 12, 24000, 24000)
    assert (tier["authority"], tier["procedure"]) == ("OFFICE", "SUMMARY")
    assert await graph.refusal("he-jun", TIER, p="NO_SUCH_POINT", f=facts) == "INVALID_INPUT"


async def test_the_hearing_notice_and_the_document(graph: Any, bureau: WorkedBureau, matter: str) -> None:
    assert (await enter(graph, matter, fine(10000, "ORDINARY", ordered_on="2026-04-22")))[
        "__typename"
    ] == "Matter"
    await bureau.at("2026-06-15 09:00")
    served = await graph.do(
        "he-jun", "serveHearingNotice", {"matterId": matter}, "notice { requestUntil decideBy }"
    )
    assert served["notice"] == {"requestUntil": "2026-06-23", "decideBy": "2026-09-01"}
    refused = await graph.do("he-jun", "issueDecision", {"matterId": matter}, "document { number }")
    assert refused["userErrors"][0]["code"] == "SIGNATURES_MISSING"
