"""The applicant's door: what it tells, that it tells nothing else, and that codes cannot be tried out."""

import re
from datetime import timedelta
from typing import Any

import pytest
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.assign_work import AssignWork, assign_work
from plumbline_shared.principal import ANONYMOUS
from plumbline_shared.testing.plugin import run_graphql

WHOLE = """
query ($n: String!, $c: String!) { matterByReceipt(receiptNo: $n, code: $c) {
  receiptNo state stage { zh en } stages { zh en } responsibleUnit responsibleRoles responsible { zh en } acceptedOn dueOn closedOn outcome late reason
  missing notice { zh en } } }
"""
WITHDRAW = """
mutation ($i: WithdrawByReceiptInput!) { withdrawByReceipt(input: $i) { userErrors { code } } }
"""
FIELDS = 'query { __type(name: "MatterStatus") { fields { name } } }'
PAIR = ("D01.li-wei", "D01.zhao-qiang")


@pytest.fixture
async def door(graph: Any) -> Any:
    """Nobody asks, with a receipt; how many read the row is beside the point."""
    await graph.bureau.publish("relief_approval")
    accepted = await graph.bureau.do(
        "wu-yan", accept_matter, AcceptMatter("RELIEF-APPROVAL", "Linjiang Foundry", "D01.TO-3")
    )
    await graph.bureau.do("sun-hao", assign_work, AssignWork(accepted.matter_id, "investigate", PAIR))

    async def ask(code: str = accepted.receipt_code, number: str = accepted.receipt_no) -> Any:
        answer = await run_graphql(graph.runtime, ANONYMOUS, WHOLE, {"n": number, "c": code})
        if "errors" in answer:
            return answer["errors"][0]["extensions"]["code"]
        return answer["data"]["matterByReceipt"]

    ask.number = accepted.receipt_no  # pyright: ignore[reportFunctionMemberAccess]
    return ask


async def test_it_tells_stage_post_due_date_and_what_is_missing_and_nothing_else(
    door: Any, graph: Any
) -> None:
    told = await door()
    assert told == {
        "receiptNo": door.number, "state": "IN_HAND", "stage": {"zh": "调查", "en": "Investigate"},
        "stages": [{"zh": "调查", "en": "Investigate"}], "responsibleUnit": "D01.TO-3",
        "responsibleRoles": ["INVESTIGATOR"],
        "responsible": [{"zh": "TO-3调查人员", "en": "Investigator, TO-3"}], "acceptedOn": "2026-04-01", "dueOn": "2026-04-30", "closedOn": None,
        "outcome": None, "late": False, "reason": None, "missing": ["report"], "notice": None,
    }  # fmt: skip
    named = (await graph.ask("huang-zhen", FIELDS))["__type"]["fields"]
    assert {one["name"] for one in named} == set(told)
    people = "|".join(one.partition(".")[2] for one in graph.bureau.org.persons)
    assert not re.search(people, str(told))


async def test_ten_wrong_codes_and_even_the_right_one_waits(door: Any, graph: Any) -> None:
    assert [await door(f"WRONG2345{n}") for n in range(10)] == [None] * 10
    assert await door() == await door("WRONG23456") == "TOO_MANY_ATTEMPTS"
    graph.bureau.clock.advance(timedelta(minutes=61))
    assert (await door())["state"] == "IN_HAND"


async def test_a_number_that_is_none_answers_alike(door: Any) -> None:
    other = "D01-20260401-ZZZZZZ"
    assert [await door(number=other) for _ in range(10)] == [None] * 10
    assert await door(number=other) == "TOO_MANY_ATTEMPTS"
    assert [await door(number=one) for one in ("", "D02-x", "D01-2026-04-01", "x" * 9999)] == [None] * 4


async def test_what_is_done_with_a_receipt_counts_too(door: Any, graph: Any) -> None:
    async def withdraw(n: int) -> str:
        entry = {"clientMutationId": f"w{n}", "receiptNo": door.number, "code": "WRONG23456", "reason": "x"}
        answer = await run_graphql(graph.runtime, ANONYMOUS, WITHDRAW, {"i": entry})
        return answer["data"]["withdrawByReceipt"]["userErrors"][0]["code"]

    assert [await withdraw(n) for n in range(11)] == ["NOT_FOUND"] * 10 + ["TOO_MANY_ATTEMPTS"]
