"""The inspection run in the graph: planned, committed, frozen, with a proof; nothing for outsiders."""

from typing import Any

from case_flow.domain.draw import commitment

KEEPERS = {"LEGAL_OFFICER": "luo-fang", "DISCIPLINE_LEAD": "ma-qing", "SUPERVISION_OFFICE": "gu-ping"}
PLAN = {
    "code": "INS-1",
    "leadUnitId": "D01.LEGAL",
    "periodFrom": "2025-01-01",
    "periodTo": "2025-12-31",
    "reportDueOn": "2026-06-30",
    "strata": [{"code": "A", "quota": 2}],
}
RUN = """query($id: ID!) { inspectionRun(id: $id) { state strata { code quota drawn short }
  drawProof { frameRoot frameText seed reveals { role secret } tickets { unit } } files { unit } } }"""
VERIFY = "query($id: ID!) { verifyDraw(runId: $id) { holds faults } }"


async def planned(graph: Any) -> str:
    payload = await graph.do("luo-fang", "planInspection", PLAN, "run { id state }")
    assert payload["userErrors"] == []
    return payload["run"]["id"]


async def test_the_frame_is_frozen_with_its_proof_and_refusals_have_codes(graph: Any) -> None:
    run_id = await planned(graph)
    for role, name in KEEPERS.items():
        made = {"runId": run_id, "role": role, "commitment": commitment(run_id, 1, role, name)}
        assert (await graph.do(name, "commitDrawSeed", made))["userErrors"] == []
    units = [{"stratum": "A", "unit": "f-1", "officeId": "D01.TO-1", "touched": ["D01.sun-hao"]}]
    await graph.do("luo-fang", "freezeInspectionFrame", {"runId": run_id, "units": units})
    early = await graph.do("luo-fang", "drawInspectionSample", {"runId": run_id})
    assert [one["code"] for one in early["userErrors"]] == ["DRAW_SEED"]
    for role, name in KEEPERS.items():
        await graph.do(name, "revealDrawSeed", {"runId": run_id, "role": role, "secret": name})
    short = await graph.do("luo-fang", "drawInspectionSample", {"runId": run_id})
    assert [one["code"] for one in short["userErrors"]] == ["INSPECTORS_SHORT"]
    run = (await graph.ask("gu-ping", RUN, id=run_id))["inspectionRun"]
    assert run["state"] == "PLANNED"
    assert run["strata"] == [{"code": "A", "quota": 2, "drawn": None, "short": False}]
    assert run["drawProof"]["frameText"] == "A|f-1|D01.TO-1|D01.sun-hao\n"
    assert {one["role"]: one["secret"] for one in run["drawProof"]["reveals"]} == KEEPERS
    assert (await graph.ask("luo-fang", VERIFY, id=run_id))["verifyDraw"] is None


async def test_others_neither_see_nor_plan_a_run(graph: Any) -> None:
    run_id = await planned(graph)
    for name in ("sun-hao", "zhou-min", "wu-yan"):
        assert (await graph.ask(name, RUN, id=run_id))["inspectionRun"] is None
        refused = await graph.do(name, "planInspection", {**PLAN, "code": "INS-2"}, "run { id }")
        assert [one["code"] for one in refused["userErrors"]] == ["NOT_FOUND"]
