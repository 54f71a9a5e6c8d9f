"""Alerts and incidents through the subgraph: what each reader gets of scenario 1."""

from typing import Any

from case_flow.control_subscriptions import on_risk_point_published
from case_flow.testing import WorkedBureau, point
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from plumbline_contracts.case_flow.v1 import IncidentConfirmed

ALERTS = """
query($filter: AlertFilter, $first: Int! = 50, $after: String) {
  alerts(filter: $filter, first: $first, after: $after) {
    edges { cursor node { id kind label(lang: EN) phase state grade riskPoint { id } units { id }
      subjects { id } verifier { id } verifyDue acknowledgeDue
      viewers { person { id } basis } history { act actor note } matter { id }
      dossier { dueOn wouldBeDueOn extensionDays custody { fromUnit } } } }
    pageInfo { hasNextPage endCursor }
    totals { phase total visible suppressed }
  }
}
"""
ENTITY = "query($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Alert { id } ... on Incident { id } } }"
ACTS = [
    {"personId": "D01.sun-hao", "capacity": "HANDLER"},
    {"personId": "D01.lin-jie", "capacity": "REVIEWER"},
]
INCIDENT = {"level": "ORDINARY", "rootCause": "CUSTODY_GAP", "acts": ACTS}


async def overdue(bureau: WorkedBureau) -> None:
    """A relief matter of POLICY whose limit has passed."""
    await bureau.publish("relief_approval")
    await bureau.receive(on_risk_point_published, point("RP-RELIEF-TIME-02", "MEDIUM"))
    command = AcceptMatter("RELIEF-APPROVAL", "a foundry", office_id="D01.TO-3")
    await bureau.do("wu-yan", accept_matter, command)
    await bureau.at("2026-05-01 00:00")


async def missed(graph: Any, name: str) -> dict[str, Any]:
    found = await graph.ask(name, ALERTS, filter={"kind": "DEADLINE_MISSED"})
    return found["alerts"]["edges"][0]["node"]


async def test_a_viewer_reads_the_alert_with_its_dossier(bureau: WorkedBureau, graph: Any) -> None:
    await overdue(bureau)
    alert = await missed(graph, "sun-hao")
    assert (alert["label"], alert["phase"], alert["grade"]) == ("Deadline missed", "EX_POST", "MEDIUM")
    assert alert["riskPoint"] == {"id": "D01.RP-RELIEF-TIME-02"}
    assert (alert["dossier"]["dueOn"], alert["dossier"]["wouldBeDueOn"]) == ("2026-04-30", "2026-05-18")
    assert (alert["verifier"], alert["verifyDue"]) == ({"id": "D01.luo-fang"}, "2026-05-11")
    assert {one["person"]["id"] for one in alert["viewers"]} >= {"D01.sun-hao", "D01.luo-fang"}


async def test_the_verifier_reads_the_dossier_without_the_matter(bureau: WorkedBureau, graph: Any) -> None:
    await overdue(bureau)
    alert = await missed(graph, "luo-fang")
    assert alert["matter"] is None
    assert alert["dossier"]["dueOn"] == "2026-04-30"


async def test_others_get_suppressed_counts_and_no_alert(bureau: WorkedBureau, graph: Any) -> None:
    await overdue(bureau)
    found = (await graph.ask("gu-ping", ALERTS))["alerts"]
    assert found["edges"] == []
    assert found["totals"] == [
        {"phase": "EX_ANTE", "total": None, "visible": 0, "suppressed": True},
        {"phase": "EX_POST", "total": None, "visible": 0, "suppressed": True},
    ]


async def test_large_counts_are_told_and_small_remainders_are_not(bureau: WorkedBureau, graph: Any) -> None:
    await bureau.publish("relief_approval")
    command = AcceptMatter("RELIEF-APPROVAL", "a foundry", office_id="D01.TO-3")
    for _ in range(6):
        await bureau.do("wu-yan", accept_matter, command)
    await bureau.at("2026-05-01 00:00")
    totals = {one["phase"]: one for one in (await graph.ask("gu-ping", ALERTS))["alerts"]["totals"]}
    assert totals["EX_POST"] == {"phase": "EX_POST", "total": 6, "visible": 0, "suppressed": False}
    seen = {one["phase"]: one for one in (await graph.ask("sun-hao", ALERTS))["alerts"]["totals"]}
    assert seen["EX_POST"] == {"phase": "EX_POST", "total": 6, "visible": 6, "suppressed": False}


async def test_pages_follow_one_another_without_gaps(bureau: WorkedBureau, graph: Any) -> None:
    await overdue(bureau)
    first = (await graph.ask("sun-hao", ALERTS, first=1))["alerts"]
    assert first["pageInfo"]["hasNextPage"] is True
    whole = (await graph.ask("sun-hao", ALERTS))["alerts"]["edges"]
    rest = (await graph.ask("sun-hao", ALERTS, after=first["pageInfo"]["endCursor"]))["alerts"]["edges"]
    assert [one["node"]["id"] for one in first["edges"] + rest] == [one["node"]["id"] for one in whole]
    assert await graph.refusal("sun-hao", ALERTS, after="not-a-cursor") == "INVALID_INPUT"
    assert await graph.refusal("sun-hao", ALERTS, first=0) == "INVALID_INPUT"


async def test_acknowledge_explain_and_resolve(bureau: WorkedBureau, graph: Any) -> None:
    await overdue(bureau)
    alert_id = (await missed(graph, "sun-hao"))["id"]
    done = await graph.do("sun-hao", "acknowledgeAlert", {"alertId": alert_id}, "alert { state }")
    assert done == {"alert": {"state": "VERIFYING"}, "userErrors": []}
    again = await graph.do("sun-hao", "acknowledgeAlert", {"alertId": alert_id}, "alert { state }")
    assert again["userErrors"][0]["code"] == "ALERT_STATE"
    nobody = await graph.do("gu-ping", "acknowledgeAlert", {"alertId": alert_id}, "alert { state }")
    assert nobody == {"alert": None, "userErrors": [{"code": "NOT_FOUND", "path": ["alertId"]}]}
    verdict = {"alertId": alert_id, "verdict": "CONFIRMED", "evidence": "the file", "incident": INCIDENT}
    fields = "alert { state } incident { id kind acts { person { id } capacity } withExtension { dueOn } }"
    resolved = await graph.do("luo-fang", "resolveAlert", verdict, fields)
    assert resolved["userErrors"] == []
    assert resolved["alert"] == {"state": "CONFIRMED"}
    assert resolved["incident"]["withExtension"] == {"dueOn": "2026-05-18"}
    assert [one["capacity"] for one in resolved["incident"]["acts"]] == ["HANDLER", "REVIEWER"]


FAULTY: list[dict[str, Any]] = [
    {"evidence": " "},
    {"incident": None},
    {"verdict": "EXPLAINED"},
    {"incident": {**INCIDENT, "acts": []}},
    {"incident": {**INCIDENT, "kind": "NO_SUCH_KIND"}},
    {"incident": {**INCIDENT, "occurredOn": "2027-01-01"}},
    {"incident": {**INCIDENT, "acts": [{"personId": "D02.x", "capacity": "HANDLER"}]}},
]


async def test_a_faulty_verdict_is_refused_whole(bureau: WorkedBureau, graph: Any) -> None:
    await overdue(bureau)
    alert_id = (await missed(graph, "sun-hao"))["id"]
    await graph.do("sun-hao", "acknowledgeAlert", {"alertId": alert_id}, "alert { state }")
    verdict = {"alertId": alert_id, "verdict": "CONFIRMED", "evidence": "the file", "incident": INCIDENT}
    for change in FAULTY:
        refused = await graph.do("luo-fang", "resolveAlert", {**verdict, **change}, "alert { id }")
        assert refused["userErrors"][0]["code"] == "INVALID_INPUT", change
        assert (await missed(graph, "luo-fang"))["state"] == "VERIFYING"


async def test_explained_and_false_alerts_are_closed(bureau: WorkedBureau, graph: Any) -> None:
    await overdue(bureau)
    alert_id = (await missed(graph, "sun-hao"))["id"]
    await graph.do("sun-hao", "acknowledgeAlert", {"alertId": alert_id}, "alert { state }")
    verdict = {"alertId": alert_id, "verdict": "EXPLAINED", "evidence": "the taxpayer asked to wait"}
    resolved = await graph.do("luo-fang", "resolveAlert", verdict, "alert { state verdict } incident { id }")
    assert resolved["alert"] == {"state": "CLOSED", "verdict": "EXPLAINED"}
    assert resolved["incident"] is None


async def test_entities_open_only_for_viewers(bureau: WorkedBureau, graph: Any) -> None:
    await overdue(bureau)
    alert_id = (await missed(graph, "sun-hao"))["id"]
    wanted = [{"__typename": "Alert", "id": alert_id}]
    assert (await graph.ask("luo-fang", ENTITY, r=wanted))["_entities"] == [
        {"__typename": "Alert", "id": alert_id}
    ]
    for name in ("huang-zhen", "gu-ping", "pan-yu", "wu-yan"):
        assert (await graph.ask(name, ENTITY, r=wanted))["_entities"] == [None], name


async def test_a_repeated_verdict_is_one_incident(bureau: WorkedBureau, graph: Any) -> None:
    await overdue(bureau)
    alert_id = (await missed(graph, "sun-hao"))["id"]
    await graph.do("sun-hao", "acknowledgeAlert", {"alertId": alert_id}, "alert { state }")
    verdict = {
        "clientMutationId": "once",
        "alertId": alert_id,
        "verdict": "CONFIRMED",
        "evidence": "the file",
        "incident": INCIDENT,
    }
    first = await graph.do("luo-fang", "resolveAlert", verdict, "incident { id }")
    assert await graph.do("luo-fang", "resolveAlert", verdict, "incident { id }") == first
    assert len(await bureau.events(IncidentConfirmed)) == 1
    other = {**verdict, "evidence": "another file"}
    refused = await graph.do("luo-fang", "resolveAlert", other, "incident { id }")
    assert refused["userErrors"][0]["code"] == "IDEMPOTENCY_MISMATCH"
