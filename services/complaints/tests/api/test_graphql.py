"""The subgraph: what each reader gets, and what nobody gets."""

from datetime import timedelta
from typing import Any

import pytest
from complaints.app import definition
from complaints.testing import PASSPHRASE, File, Officer, Settle, complaint, tip_off
from plumbline_shared.clock import ManualClock
from plumbline_shared.runtime import Runtime

FILE = """
mutation ($input: FileIntakeInput!) {
  fileIntake(input: $input) {
    result { receipt { receiptNo receivedAt promisedBy } complaintId } userErrors { code path }
  }
}
"""
READ = "query ($id: ID!) { complaint(id: $id) { id text contact { name phone } unit { id } person { id } } }"
ENTITY = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Complaint { id text } } }"


def about_chen(**changes: Any) -> dict[str, Any]:
    fields = {
        "clientMutationId": "m1",
        "bureauId": "D01",
        "regime": "STAFF_REPORT",
        "subjectId": "D01.chen-gang",
        "text": "他收了红包",
        "caller": {"name": "李会计", "phone": "13911112222"},
    }
    return {"input": fields | changes}


async def test_an_operator_files_and_sees_nothing_of_it(
    with_keys: Runtime, officer: Officer, graphql: Any
) -> None:
    operator = officer("operator-07")
    answer = await graphql(with_keys, operator, FILE, about_chen())
    result = answer["data"]["fileIntake"]["result"]
    assert result["receipt"]["promisedBy"] == "2026-06-05"
    assert result["complaintId"] is None
    listing = (
        "{ sealedReports { id } handedReports { id } identityOpenings { id } complaints { nodes { id } } }"
    )
    seen = await graphql(with_keys, operator, listing)
    assert seen["data"] == {
        "sealedReports": [],
        "handedReports": [],
        "identityOpenings": [],
        "complaints": {"nodes": []},
    }
    for code, count in (("ma-qing", 1), ("huang-zhen", 1), ("zhou-min", 0), ("chen-gang", 0), ("fan-ke", 0)):
        seen = await graphql(with_keys, officer(code), "{ sealedReports { id } }")
        assert len(seen["data"]["sealedReports"]) == count, code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"regime": "PETITION"}, "OTHER_REGIME"),
        ({"regime": "SERVICE_COMPLAINT"}, "INVALID_INPUT"),
        ({"subjectId": "D01.tang-li"}, "CONTENT_MUST_NOT_BE_TYPED"),
        ({"bureauId": "D02"}, "NOT_FOUND"),
        ({"clientMutationId": ""}, "INVALID_INPUT"),
    ],
)
async def test_refusals_are_user_errors(
    with_keys: Runtime, officer: Officer, graphql: Any, changes: dict[str, Any], code: str
) -> None:
    answer = await graphql(with_keys, officer("operator-07"), FILE, about_chen(**changes))
    assert answer["data"]["fileIntake"]["result"] is None
    assert [one["code"] for one in answer["data"]["fileIntake"]["userErrors"]] == [code]


async def test_text_and_contact_are_for_whom_the_matrix_names(
    runtime: Runtime, officer: Officer, file: File, graphql: Any
) -> None:
    case = (await file(complaint(), caller=officer("operator-07"))).complaint_id
    for code, text, contact in (
        ("fan-ke", True, True),
        ("ma-qing", True, False),
        ("operator-07", True, False),
        ("wu-yan", False, False),
        ("chen-gang", False, False),
    ):
        answer = await graphql(runtime, officer(code), READ, {"id": case})
        found = answer["data"]["complaint"]
        assert (found is not None) == text, code
        if found:
            assert found["text"] == "窗口人员态度差"
            assert (found["contact"] is not None) == contact, code
        entity = await graphql(
            runtime, officer(code), ENTITY, {"r": [{"__typename": "Complaint", "id": case}]}
        )
        assert (entity["data"]["_entities"][0] is not None) == text, code


async def test_a_sealed_case_through_the_api(
    with_keys: Runtime, officer: Officer, file: File, graphql: Any
) -> None:
    await file(tip_off())
    ma, bai = officer("ma-qing"), officer("bai-xue")
    case = (await graphql(with_keys, ma, "{ sealedReports { id } }"))["data"]["sealedReports"][0]["id"]

    async def do(who: Any, field: str, kind: str, answer: str, **fields: str) -> Any:
        document = f"mutation ($i: {kind}!) {{ r: {field}(input: $i) {{ {answer} userErrors {{ code }} }} }}"
        done = await graphql(with_keys, who, document, {"i": {"clientMutationId": field, **fields}})
        return done["data"]["r"]

    read = await do(
        ma,
        "openSealedReport",
        "OpenSealedReportInput",
        "content { text }",
        reportId=case,
        passphrase=PASSPHRASE,
    )
    assert read["content"]["text"] == "他收了红包"
    asked = await do(ma, "requestIdentity", "RequestIdentityInput", "openingId", reportId=case, reason="核实")
    waiting = await graphql(with_keys, bai, "{ identityOpenings { id requestedBy approvedBy reason } }")
    assert waiting["data"]["identityOpenings"] == [
        {"id": asked["openingId"], "requestedBy": "D01.ma-qing", "approvedBy": None, "reason": "核实"}
    ]
    both = {"openingId": asked["openingId"], "passphrase": PASSPHRASE}
    await do(bai, "approveIdentity", "OpenIdentityInput", "openingId", **both)
    opened = await do(ma, "openIdentity", "OpenIdentityInput", "informant { name }", **both)
    assert opened["informant"]["name"] == "李会计"
    disposed = await do(
        ma,
        "disposeSealedReport",
        "DisposeSealedReportInput",
        "report { disposition }",
        reportId=case,
        disposition="PRELIMINARY_VERIFICATION",
    )
    assert disposed["report"]["disposition"] == "PRELIMINARY_VERIFICATION"
    refused = await do(
        officer("chen-gang"), "notifyInformant", "NoteSealedReportInput", "report { id }", reportId=case
    )
    absent = await do(
        officer("chen-gang"), "notifyInformant", "NoteSealedReportInput", "report { id }", reportId="sr_0"
    )
    assert refused == absent == {"report": None, "userErrors": [{"code": "NOT_FOUND"}]}
    log = await graphql(with_keys, ma, f'{{ sealedLog(reportId: "{case}") {{ actor action }} }}')
    assert [one["action"] for one in log["data"]["sealedLog"]] == [
        "READ_CONTENT",
        "REQUEST_IDENTITY",
        "APPROVE_IDENTITY",
        "READ_IDENTITY",
        "DISPOSE",
    ]
    hidden = await graphql(
        with_keys, officer("chen-gang"), f'{{ sealedLog(reportId: "{case}") {{ action }} }}'
    )
    assert hidden["data"]["sealedLog"] == []


async def test_wrong_passphrases_are_kept_and_counted(
    with_keys: Runtime, officer: Officer, file: File, graphql: Any, clock: ManualClock
) -> None:
    await file(tip_off())
    ma = officer("ma-qing")
    case = (await graphql(with_keys, ma, "{ sealedReports { id } }"))["data"]["sealedReports"][0]["id"]
    document = (
        "mutation ($i: OpenSealedReportInput!) { r: openSealedReport(input: $i) { userErrors { code } } }"
    )

    async def attempt(passphrase: str) -> list[str]:
        given = {"clientMutationId": "x", "reportId": case, "passphrase": passphrase}
        answer = await graphql(with_keys, ma, document, {"i": given})
        return [one["code"] for one in answer["data"]["r"]["userErrors"]]

    for _ in range(5):
        assert await attempt("not this one") == ["WRONG_PASSPHRASE"]
    assert await attempt(PASSPHRASE) == ["TOO_MANY_ATTEMPTS"]
    log = await graphql(with_keys, ma, f'{{ sealedLog(reportId: "{case}") {{ action }} }}')
    assert [one["action"] for one in log["data"]["sealedLog"]] == ["WRONG_PASSPHRASE"] * 5
    clock.advance(timedelta(hours=1))
    assert await attempt(PASSPHRASE) == []


async def test_whoever_holds_the_receipt_learns_how_far_it_is(
    with_keys: Runtime, officer: Officer, file: File, graphql: Any, settle: Settle
) -> None:
    receipt = (await file(tip_off())).receipt_no
    ask = "query ($r: String!) { intakeStatus(receiptNo: $r) { state receivedOn promisedBy } }"
    expected = {"state": "RECEIVED", "receivedOn": "2026-05-16", "promisedBy": "2026-06-05"}
    for _ in range(2):
        answer = await graphql(with_keys, officer("wu-yan"), ask, {"r": receipt})
        assert answer["data"]["intakeStatus"] == expected
        await settle()
    for wrong in (receipt[:-4] + "0000", "T-2026-0007", "x" * 5000):
        answer = await graphql(with_keys, officer("wu-yan"), ask, {"r": wrong})
        assert answer == {"data": {"intakeStatus": None}}


def test_no_type_leads_from_a_person_to_a_tip_off() -> None:
    sdl = definition.schema.as_str()
    person = sdl.split("type Person ", 1)[1].split("}", 1)[0]
    assert person.split("{", 1)[1].split() == ["id:", "ID!"]
    sealed = sdl.split("type SealedReport {", 1)[1].split("}", 1)[0]
    for word in ("Person", "subject", "informant", "Unit", "RiskPoint"):
        assert word not in sealed
    assert "union _Entity = Complaint" in sdl
