"""A standard published by the registry decides fines from its day on; the rule pack does until then."""

from typing import Any

from case_flow.storage import discretion as stored
from case_flow.testing import WorkedBureau
from case_flow.use_cases.keep_standard import on_discretion_standard_published
from google.protobuf import json_format
from plumbline_contracts.risk_registry.v1 import DiscretionStandardPublished

TIER = """query ($point: String!, $facts: PenaltyFactsInput!) { penaltyTier(violationPoint: $point, facts: $facts) {
  code daysLate minFen maxFen authority procedure standardVersion applies citation { version } } }"""
POINT = "LATE_CHANGE_REGISTRATION"


def published(per_day: int, version: int = 1, effective_from: str = "2026-05-01") -> Any:
    whole = {"days_to": None, "condition": "grave", "authority": "BUREAU", "code": "GRAVE"}
    tiers = [
        {"code": "GENERAL", "condition": "!grave", "amounts": [fine(0, 0, per_day)]},
        {**whole, "amounts": [fine(100000, 100000)]},
    ]
    limit = {"amounts": [fine(0, 200000)]}
    point = {
        "code": POINT, "measure": "ORDERED", "bounds": [fine(0, 1000000)], "tiers": tiers,
        "circumstances": [{"name": "grave", "default": "false"}],
    }  # fmt: skip
    body = {
        "bureau_id": "D01", "code": "DEMO-2026", "version": version, "effective_from": effective_from,
        "points": [point], "summary_limit": limit, "hearing_from": {"amounts": [fine(0, 1000000)]},
        "office_limit": limit,
    }  # fmt: skip
    return json_format.ParseDict(body, DiscretionStandardPublished())


def fine(low: int, high: int, per_day: int = 0) -> dict[str, Any]:
    return {"party": "ORGANISATION", "min_fen": low, "max_fen": high, "per_day_fen": per_day}


async def tier(graph: Any, ordered: str, corrected: str, **more: Any) -> dict[str, Any]:
    facts = {"party": "ORGANISATION", "orderedOn": ordered, "correctedOn": corrected, **more}
    return (await graph.ask("he-jun", TIER, point=POINT, facts=facts))["penaltyTier"]


async def test_a_published_standard_counts_from_its_day_and_reaches_back_when_lighter(
    bureau: WorkedBureau, graph: Any
) -> None:
    await bureau.at("2026-06-03 10:00")
    before = await tier(graph, "2026-04-10", "2026-04-22")
    assert (before["minFen"], before["standardVersion"]) == (24000, "DEMO-2026/1")
    await bureau.receive(on_discretion_standard_published, published(3000, 2))
    await bureau.receive(on_discretion_standard_published, published(3000, 2))
    old = await tier(graph, "2026-04-10", "2026-04-22")
    assert (old["minFen"], old["standardVersion"], old["applies"]) == (
        24000,
        "DEMO-2026/1",
        "IN_FORCE_AT_VIOLATION",
    )
    new = await tier(graph, "2026-05-22", "2026-06-03")
    assert (new["minFen"], new["standardVersion"]) == (36000, "DEMO-2026/2")
    await bureau.receive(on_discretion_standard_published, published(500, 3, "2026-06-01"))
    lighter = await tier(graph, "2026-04-10", "2026-04-22")
    assert (lighter["minFen"], lighter["applies"]) == (6000, "LIGHTER_AT_DECISION")
    grave = await tier(graph, "2026-06-01", "2026-06-02", circumstances={"grave": True})
    assert (grave["code"], grave["authority"], grave["procedure"]) == ("GRAVE", "BUREAU", "SUMMARY")
    facts = {"party": "ORGANISATION", "orderedOn": "2026-06-01", "circumstances": {"gravely": True}}
    assert await graph.refusal("he-jun", TIER, point=POINT, facts=facts) == "INVALID_INPUT"


async def test_another_bureau_has_its_own_standards(bureau: WorkedBureau) -> None:
    await bureau.receive(on_discretion_standard_published, published(3000))
    assert len(await bureau.seen("he-jun", lambda conn: stored.standards(conn, "D01"))) == 1
    assert await bureau.seen("he-jun", lambda conn: stored.standards(conn, "D02")) == []
