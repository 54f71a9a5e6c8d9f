"""Rules, reform and exports over GraphQL: who may ask, and what comes back."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from plumbline_org.grades import RiskGrade
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.testing import description, put_point
from risk_registry.testing_reform import AT, CHIEF, DAY, HEAD, NEW, PROCESS, YEAR, nine_points, old_version
from risk_registry.use_cases.draft_process import DraftProcess, draft_process

As = Callable[[str], Principal]
Ask = Callable[..., Any]
WHAT_IF = """
query ($id: ID!, $on: Date!) {
  processWhatIf(versionId: $id, effectiveFrom: $on) {
    before { steps limitDays } after { steps limitDays } removedSteps affected { id }
    problems { code subject } totalsBefore { size } totalsAfter { size }
  }
}
"""
PUBLISH = """
mutation ($input: PublishProcessVersionInput!) {
  publishProcessVersion(input: $input) { processVersion { id } userErrors { code } }
}
"""
DISPOSE = """
mutation ($input: DisposeRiskPointInput!) {
  disposeRiskPoint(input: $input) {
    processVersion { dispositions { pointId kind } } userErrors { code path }
  }
}
"""
EXPORT = "query ($format: RegisterFormat!) { registerExport(format: $format) { name contentBase64 sha256 } }"
PREVIEW = """
query ($file: RegisterFileInput!, $on: Date!) {
  registerImportPreview(file: $file, effectiveFrom: $on) {
    created changed unchanged missing badCells { row column code } badTotals { what }
  }
}
"""


@pytest.fixture
def ask(runtime: Runtime, act_as: As, graphql: RunGraphQL) -> Ask:
    """`await ask("D01.huang-zhen", QUERY, **variables)` gives the whole answer."""

    async def run(who: str, query: str, **variables: object) -> Any:
        return await graphql(runtime, act_as(who), query, variables)

    return run


async def drafted(runtime: Runtime, act_as: As) -> tuple[str, list[str]]:
    """A draft of the reform, and the nine points that it touches."""
    await old_version(runtime, act_as)
    points = await nine_points(runtime)
    done = await runtime.execute(act_as(CHIEF), draft_process, DraftProcess(PROCESS, "D01.POLICY", NEW))
    return done.version_id, points


async def test_a_what_if_tells_each_reader_what_they_may_know(runtime: Runtime, act_as: As, ask: Ask) -> None:
    version, points = await drafted(runtime, act_as)
    head = (await ask(HEAD, WHAT_IF, id=version, on="2026-06-01"))["data"]["processWhatIf"]
    assert (head["before"], head["after"]) == ({"steps": 12, "limitDays": 60}, {"steps": 5, "limitDays": 20})
    assert [each["id"] for each in head["affected"]] == points
    assert {each["code"] for each in head["problems"]} == {"DISPOSITION_MISSING"}
    assert (head["totalsBefore"]["size"], len(head["removedSteps"])) == (9, 7)
    chief = (await ask(CHIEF, WHAT_IF, id=version, on="2026-06-01"))["data"]["processWhatIf"]
    assert [each["id"] for each in chief["affected"]] == points
    assert chief["totalsBefore"] is None
    for stranger in ("D01.pan-yu", "D01.lin-jie", "D02.huang-zhen"):
        answer = await ask(stranger, WHAT_IF, id=version, on="2026-06-01")
        assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_publication_is_refused_as_data_and_writes_nothing(
    runtime: Runtime, act_as: As, ask: Ask
) -> None:
    version, _points = await drafted(runtime, act_as)
    given = {"clientMutationId": "p-1", "versionId": version, "effectiveFrom": "2026-06-01"}
    answer = (await ask(HEAD, PUBLISH, input=given))["data"]["publishProcessVersion"]
    assert answer == {"processVersion": None, "userErrors": [{"code": "DISPOSITION_MISSING"}]}


async def test_a_disposition_is_seen_by_whom_it_concerns(runtime: Runtime, act_as: As, ask: Ask) -> None:
    version, points = await drafted(runtime, act_as)
    given = {
        "clientMutationId": "d-1", "versionId": version, "pointId": points[0], "kind": "TRANSFERRED_TO_POST",
        "toStep": "accept", "receiver": "HALL.window-23",
    }  # fmt: skip
    answer = (await ask(CHIEF, DISPOSE, input=given))["data"]["disposeRiskPoint"]
    assert answer["userErrors"] == []
    assert answer["processVersion"]["dispositions"] == [{"pointId": points[0], "kind": "TRANSFERRED_TO_POST"}]
    accept = "mutation ($input: AcceptTransferInput!) { acceptTransfer(input: $input) { accepted } }"
    taken = {"clientMutationId": "a-1", "versionId": version, "pointId": points[0]}
    assert (await ask("D01.lin-jie", accept, input=taken))["data"]["acceptTransfer"] == {"accepted": False}
    assert (await ask("D01.wu-yan", accept, input=taken))["data"]["acceptTransfer"] == {"accepted": True}


async def test_processes_are_open_to_the_bureau_and_drafts_are_not(
    runtime: Runtime, act_as: As, ask: Ask
) -> None:
    await drafted(runtime, act_as)
    query = "query ($p: String!) { processes { number metrics { steps } } processVersions(process: $p) { number } }"
    clerk = (await ask("D01.wu-yan", query, p=PROCESS))["data"]
    assert clerk == {
        "processes": [{"number": 1, "metrics": {"steps": 12}}],
        "processVersions": [{"number": 1}],
    }
    assert len((await ask(CHIEF, query, p=PROCESS))["data"]["processVersions"]) == 2
    assert (await ask("D02.huang-zhen", query, p=PROCESS))["data"]["processes"] == []


async def test_an_exported_register_changes_nothing_when_it_comes_in_again(
    runtime: Runtime, act_as: As, ask: Ask
) -> None:
    async with runtime.db.transaction(system("D01")) as conn:
        for number, grade in enumerate(RiskGrade):
            text = description(["D01.POLICY.reviewer"], "D01.POLICY", title_zh=f"风险{number}")
            await put_point(conn, f"RP-{number}", grade, text, YEAR, AT)
    file = (await ask(HEAD, EXPORT, format="XLSX"))["data"]["registerExport"]
    given = {"name": file["name"], "contentBase64": file["contentBase64"]}
    seen = (await ask(HEAD, PREVIEW, file=given, on=DAY.isoformat()))["data"]["registerImportPreview"]
    assert seen == {
        "created": 0, "changed": 0, "unchanged": 3, "missing": [], "badCells": [], "badTotals": [],
    }  # fmt: skip
    oscal = (await ask(HEAD, EXPORT, format="OSCAL"))["data"]["registerExport"]
    assert base64.b64decode(oscal["contentBase64"]).count(b'"risk-uuid"') == 3
    for stranger in (CHIEF, "D01.gu-ping"):
        assert (await ask(stranger, EXPORT, format="XLSX"))["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_a_pack_is_loaded_and_its_entries_read(runtime: Runtime, ask: Ask) -> None:
    load = """mutation ($l: LoadCataloguePackInput!, $a: AdoptCatalogueInput!) {
      loadCataloguePack(input: $l) { id entries } adoptCatalogue(input: $a) { entries userErrors { code } }
    }"""
    adopt = {
        "clientMutationId": "a", "urn": "urn:plumbline:published", "version": "2026.1",
        "effectiveFrom": "2026-04-01",
    }  # fmt: skip
    pack = {"clientMutationId": "l", "name": "published"}
    done = (await ask(HEAD, load, l=pack, a=adopt))["data"]
    assert done["loadCataloguePack"] == {"id": "urn:plumbline:published@2026.1", "entries": 173}
    assert done["adoptCatalogue"] == {"entries": 173, "userErrors": []}
    read = "{ catalogueEntries(kind: SOD_RULE) { code title urn body } }"
    assert len((await ask(HEAD, read))["data"]["catalogueEntries"]) == 5
    entries = """query { controlCoverage { powersPercent clauses } }"""
    assert (await ask(HEAD, entries))["data"]["controlCoverage"] == {"powersPercent": 100, "clauses": 0}
    assert (await ask("D01.lin-jie", entries))["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_findings_and_cycles_over_the_graph(runtime: Runtime, ask: Ask) -> None:
    scan = 'mutation { scanSegregation(input: {clientMutationId: "s"}) { opened userErrors { code } } }'
    assert (await ask(HEAD, scan))["data"]["scanSegregation"] == {"opened": 0, "userErrors": []}
    assert (await ask(HEAD, "{ segregationFindings { id } }"))["data"] == {"segregationFindings": []}
    cycle = """mutation { openIdentificationCycle(
      input: {clientMutationId: "c", title: "排查", dueOn: "2026-06-30"}) { id userErrors { code } } }"""
    opened = (await ask(HEAD, cycle))["data"]["openIdentificationCycle"]
    submit = (
        "mutation ($i: SubmitSelfCheckInput!) { submitSelfCheck(input: $i) { pointIds userErrors { code } } }"
    )
    given = {
        "clientMutationId": "i", "cycleId": opened["id"], "post": "TO-5.administrator",
        "items": [{"title": "x", "process": "p", "step": "s", "cause": "c"}],
    }  # fmt: skip
    done = (await ask("D01.he-jun", submit, i=given))["data"]["submitSelfCheck"]
    assert len(done["pointIds"]) == 1
    listed = "{ identificationCycles { stage completion { person { id } submitted pointIds } } }"
    (mine,) = (await ask("D01.he-jun", listed))["data"]["identificationCycles"]
    assert mine == {
        "stage": "IDENTIFY",
        "completion": [{"person": {"id": "D01.he-jun"}, "submitted": True, "pointIds": done["pointIds"]}],
    }
    (whole,) = (await ask(HEAD, listed))["data"]["identificationCycles"]
    assert sum(each["submitted"] for each in whole["completion"]) == 1
    assert len(whole["completion"]) > 20
