"""An inquiry and its rectification through the subgraph: each step, each reader."""

from typing import Any

import pytest
from case_flow.testing import WorkedBureau
from case_flow.use_cases.raise_alert import raise_alert
from plumbline_shared.principal import system

PANEL = ["huang-zhen", "tang-li", "ma-qing", "luo-fang", "pan-yu", "xie-tao", "gu-ping", "deng-yi", "fan-ke"]
INQUIRY = """
query($id: ID!) { inquiry(id: $id) { number state carried publicationScope appealUntil
  respondents { person { id } part form } totals { votesFor votesAgainst } statements { kind body }
  panel { person { id } recused present } incident { id } } }
"""
ACTS = [
    {"personId": "D01.sun-hao", "capacity": "HANDLER"},
    {"personId": "D01.lin-jie", "capacity": "REVIEWER"},
    {"personId": "D01.chen-gang", "capacity": "APPROVER"},
]


@pytest.fixture
async def incident(bureau: WorkedBureau, graph: Any) -> str:
    """A confirmed procedural violation of POLICY, verified by Luo Fang."""

    async def act(uow: Any) -> str:
        return await raise_alert(
            uow,
            kind="PROCEDURAL_VIOLATION",
            at=bureau.clock.now(),
            subject_person_ids=["D01.lin-jie"],
            unit_ids=["D01.POLICY"],
            grade="MEDIUM",
        )

    alert_id = await bureau.within(system("D01"), act)
    await graph.do("chen-gang", "acknowledgeAlert", {"alertId": alert_id}, "alert { id }")
    draft = {"level": "ORDINARY", "rootCause": "DUTY_NEGLECTED", "acts": ACTS}
    verdict = {"alertId": alert_id, "verdict": "CONFIRMED", "evidence": "file", "incident": draft}
    return (await graph.do("luo-fang", "resolveAlert", verdict, "incident { id }"))["incident"]["id"]


async def decided(bureau: WorkedBureau, graph: Any, incident: str, scope: str = "BUREAU") -> str:
    """The whole way to a decision of five to two."""
    proposal = {"incidentId": incident, "reason": "steps were skipped"}
    inquiry = (await graph.do("zhou-min", "proposeInquiry", proposal, "inquiry { id }"))["inquiry"]["id"]
    of, panel = {"inquiryId": inquiry}, [f"D01.{name}" for name in PANEL]
    opened = await graph.do("huang-zhen", "openInquiry", {**of, "panel": panel}, "inquiry { number }")
    assert opened == {"inquiry": {"number": "AI-2026-01"}, "userErrors": []}
    await graph.do("ma-qing", "serveInquiryNotice", of, "inquiry { state }")
    for name in ("lin-jie", "sun-hao", "chen-gang"):
        await graph.do(name, "stateDefence", {**of, "statement": f"I am {name}"}, "inquiry { state }")
    await bureau.at("2026-04-10 09:00")
    hearing = await graph.do("ma-qing", "holdHearing", {**of, "present": panel[:8]}, "inquiry { state }")
    assert hearing == {"inquiry": {"state": "HEARING"}, "userErrors": []}
    voters = [name for name in PANEL[:8] if name != "luo-fang"]
    for index, name in enumerate(voters):
        choice = "FOR" if index < 5 else "AGAINST"
        await graph.do(name, "castRollCallVote", {**of, "choice": choice}, "inquiry { state }")
    done = await graph.do(
        "huang-zhen", "decideInquiry", {**of, "publicationScope": scope}, "inquiry { state }"
    )
    assert done == {"inquiry": {"state": "DECIDED"}, "userErrors": []}
    return inquiry


async def test_the_decision_and_who_reads_what_of_it(bureau: WorkedBureau, graph: Any, incident: str) -> None:
    inquiry = await decided(bureau, graph, incident)
    own = (await graph.ask("lin-jie", INQUIRY, id=inquiry))["inquiry"]
    assert own["totals"] == {"votesFor": 5, "votesAgainst": 2}
    assert {one["person"]["id"]: (one["part"], one["form"]) for one in own["respondents"]} == {
        "D01.lin-jie": ("PRIMARY", "WRITTEN_SELF_CRITICISM"),
        "D01.sun-hao": ("SECONDARY", "CRITICISM_EDUCATION"),
        "D01.chen-gang": ("SECONDARY", "CRITICISM_EDUCATION"),
    }
    assert len(own["statements"]) == 3
    barred = [one["person"]["id"] for one in own["panel"] if one["recused"]]
    assert barred == ["D01.luo-fang"]
    public = (await graph.ask("wu-yan", INQUIRY, id=inquiry))["inquiry"]
    assert (public["state"], public["totals"], public["statements"]) == ("DECIDED", None, [])
    assert (public["panel"], public["incident"]) == ([], None)


async def test_the_scope_bounds_who_reads_it(bureau: WorkedBureau, graph: Any, incident: str) -> None:
    inquiry = await decided(bureau, graph, incident, "PARTIES")
    for name, reads in (("wu-yan", False), ("qian-lu", False), ("chen-gang", True), ("ma-qing", True)):
        found = (await graph.ask(name, INQUIRY, id=inquiry))["inquiry"]
        assert (found is not None) is reads, name


async def test_faulty_panels_and_strangers_are_refused(
    bureau: WorkedBureau, graph: Any, incident: str
) -> None:
    proposal = {"incidentId": incident, "reason": "steps were skipped"}
    nobody = await graph.do("lin-jie", "proposeInquiry", proposal, "inquiry { id }")
    assert nobody["userErrors"][0]["code"] == "NOT_FOUND"
    inquiry = (await graph.do("zhou-min", "proposeInquiry", proposal, "inquiry { id }"))["inquiry"]["id"]
    twice = await graph.do("zhou-min", "proposeInquiry", proposal, "inquiry { id }")
    assert twice["userErrors"][0]["code"] == "INQUIRY_STATE"
    panel = [f"D01.{name}" for name in PANEL]
    faulty = {
        "PANEL_INVALID": [panel[:8], [*panel[:8], panel[0]], [*panel[:8], "D01.lin-jie"]],
        "INVALID_INPUT": [[*panel[:8], "D01.nobody"]],
    }
    for code, panels in faulty.items():
        for members in panels:
            given = {"inquiryId": inquiry, "panel": members}
            refused = await graph.do("huang-zhen", "openInquiry", given, "inquiry { id }")
            assert refused["userErrors"][0]["code"] == code
    early = await graph.do(
        "ma-qing", "holdHearing", {"inquiryId": inquiry, "present": panel}, "inquiry { id }"
    )
    assert early["userErrors"][0]["code"] == "INQUIRY_STATE"


async def test_an_order_goes_to_its_unit_and_comes_back_verified(graph: Any, incident: str) -> None:
    order = {"unitId": "D01.POLICY", "subject": "slips", "demand": "a ledger", "incidentId": incident}
    fields = "order { id state dueOn incident { id } }"
    issued = (await graph.do("ma-qing", "issueRectification", order, fields))["order"]
    assert (issued["state"], issued["incident"]) == ("ISSUED", {"id": incident})
    of = {"orderId": issued["id"]}
    assert (await graph.do("chen-gang", "takeOnRectification", of, "order { state }"))["order"] == {
        "state": "ACCEPTED"
    }
    evidence = {**of, "evidence": "the ledger"}
    assert (await graph.do("lin-jie", "submitRectification", evidence, "order { state }"))["order"] == {
        "state": "SUBMITTED"
    }
    own = await graph.do("chen-gang", "acceptRectification", {**of, "accepted": True}, "order { state }")
    assert own["userErrors"][0]["code"] == "SOD_ACCEPTOR_IS_RECTIFIER"
    done = await graph.do("luo-fang", "acceptRectification", {**of, "accepted": True}, "order { state }")
    assert done["order"] == {"state": "VERIFIED"}
    listed = "{ rectificationOrders { nodes { id state } } }"
    assert (await graph.ask("chen-gang", listed))["rectificationOrders"]["nodes"] == [
        {"id": issued["id"], "state": "VERIFIED"}
    ]
    assert (await graph.ask("pan-yu", listed))["rectificationOrders"]["nodes"] == []
