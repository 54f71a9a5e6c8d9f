"""The hall in the graph: what the applicant, the hall and others learn."""

import pytest
from case_flow.app import definition
from case_flow.testing_hall import QUEUE, presented, publish_forms
from case_flow.use_cases.set_up_windows import SetUpWindows, set_up_windows
from plumbline_shared.ids import new_id
from plumbline_shared.runtime import Runtime
from plumbline_shared.settings import load
from plumbline_shared.testing.plugin import run_graphql

STATUS = """query($no: String!, $code: String!) { matterByReceipt(receiptNo: $no, code: $code) {
  state acceptedOn dueOn missing responsibleRoles notice { zh en } } }"""
BOARD = """query($at: DateTime) { hallWindows(asOf: $at) { code serves servesLabel { en } }
  windowSwitches { window fromClass toClass by } windowProposals { decision waiting } }"""
FORMS = "{ forms { edges { node { ref retiredFrom fields { code kind } documents { en } } } } }"


@pytest.fixture
async def hall(bureau):
    await publish_forms(bureau, "invoice_quantity")
    await bureau.publish("invoice_quantity_increase")
    await bureau.at("2026-10-09 09:05")
    await bureau.do("huang-zhen", set_up_windows, SetUpWindows("D01.HALL"))
    settings = load(definition.settings, {"DATABASE_URL": "postgresql://unused", "MODE": "test"})
    bureau.runtime = Runtime(definition, settings, bureau.db, bureau.clock)
    return bureau


async def ask(hall, who, query, **variables):
    principal = hall.who(who) if isinstance(who, str) else who
    answer = await run_graphql(hall.runtime, principal, query, variables)
    assert "errors" not in answer, answer
    return answer["data"]


async def do(hall, who, mutation, input, fields):
    kind = mutation[0].upper() + mutation[1:] + "Input"
    query = f"mutation($i: {kind}!) {{ {mutation}(input: $i) {{ {fields} userErrors {{ code path }} }} }}"
    return (await ask(hall, who, query, i={"clientMutationId": new_id("cm"), **input}))[mutation]


async def test_the_applicant_follows_from_the_first_visit_to_acceptance(hall):
    item = {"item": "INVOICE-QUANTITY-INCREASE", "title": "Linjiang Foundry"}
    lacking = presented(documents=["LICENCE_COPY", "INVOICE_BOOK"])
    fields = (
        "receiptNo receiptCode preReview { id missing { code } notice { en } visits { missing { code } } }"
    )
    told = await do(hall, "gao-yun", "preReviewApplication", {**item, "payload": lacking}, fields)
    assert told["userErrors"] == []
    review = told["preReview"]["id"]
    keys = {"no": told["receiptNo"], "code": told["receiptCode"]}
    before = (await ask(hall, "wu-bin", STATUS, **keys))["matterByReceipt"]
    assert (before["state"], before["acceptedOn"], before["dueOn"]) == ("SUPPLEMENT_REQUIRED", None, None)
    assert before["missing"] == ["BANK_STATEMENT"]
    assert "Bank statement" in before["notice"]["en"]
    assert (await ask(hall, "wu-bin", STATUS, **{**keys, "code": "WRONG"}))["matterByReceipt"] is None
    again = {"preReviewId": review, "payload": presented()}
    assert (await do(hall, "gao-yun", "presentAgain", again, "receiptCode"))["receiptCode"] is None
    accepted = await do(
        hall, "wu-yan", "acceptMatter", {**item, "preReviewId": review}, "receiptNo matter { steps { step } }"
    )
    assert accepted["receiptNo"] == told["receiptNo"]
    assert [one["step"] for one in accepted["matter"]["steps"]] == ["pre_review", "front_check"]
    after = (await ask(hall, "wu-bin", STATUS, **keys))["matterByReceipt"]
    assert (after["acceptedOn"], after["dueOn"], after["notice"]) == ("2026-10-09", "2026-10-15", None)
    query = "query($id: ID!) { preReview(id: $id) { id } preReviews { edges { node { id } } } }"
    assert (await ask(hall, "wu-yan", query, id=review))["preReview"] == {"id": review}
    assert (await ask(hall, "wu-bin", query, id=review))["preReview"] is None


async def test_the_board_and_its_log(hall):
    made = await do(
        hall, QUEUE, "reportQueue", {"queue": "INVOICE", "waiting": 14}, "proposal { id windows }"
    )
    proposal = made["proposal"]["id"]
    decided = await do(
        hall, "he-xin", "decideSwitch", {"proposalId": proposal, "confirm": True}, "proposal { decision }"
    )
    assert decided == {"proposal": {"decision": "CONFIRMED"}, "userErrors": []}
    board = await ask(hall, "lin-jie", BOARD)
    serves = {one["code"]: one["serves"] for one in board["hallWindows"]}
    assert [serves[one] for one in made["proposal"]["windows"]] == ["INVOICE", "INVOICE"]
    assert [one["by"] for one in board["windowSwitches"]] == ["D01.he-xin", "D01.he-xin"]
    ticket = {"number": "I-1", "queue": "INVOICE", "window": "W-01"}
    refused = await do(hall, "wu-yan", "callTicket", ticket, "window")
    assert [one["code"] for one in refused["userErrors"]] == ["WRONG_WINDOW"]


async def test_forms_are_listed_for_the_bureau(hall):
    [edge] = (await ask(hall, "lin-jie", FORMS))["forms"]["edges"]
    assert edge["node"]["ref"] == "INVOICE-QUANTITY/1"
    assert {"code": "monthly_turnover", "kind": "MONEY_FEN"} in edge["node"]["fields"]
