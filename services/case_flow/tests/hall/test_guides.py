"""S1-044: guides and hot issues are read without an account, in both languages, and say nothing of risks."""

import json
import re

import pytest
from case_flow.app import definition
from case_flow.domain.guide import guide_of, offered
from case_flow.domain.parsing import parse
from case_flow.rules import GUIDE_RULES
from case_flow.testing import FOLDER
from case_flow.testing_hall import hall_org, publish_forms
from plumbline_shared.ids import new_id
from plumbline_shared.principal import ANONYMOUS
from plumbline_shared.runtime import Runtime
from plumbline_shared.settings import load
from plumbline_shared.testing.plugin import run_graphql

LABEL = "{ zh en }"
GUIDE = f"""code version name {LABEL} basis method {LABEL} limitDays limitUnit limitBasis extensionDays pauses {LABEL}
  stages {{ name {LABEL} unit {LABEL} posts {LABEL} days present }} form {LABEL} formRef
  documents {{ name {LABEL} when {LABEL} }} withdrawable"""
ONE = f"query($b: ID!, $c: String!, $v: Int) {{ itemGuide(bureau: $b, code: $c, version: $v) {{ {GUIDE} }} }}"
ALL = "query($b: ID!) { itemGuides(bureau: $b) { code } }"
HOT = """query($b: ID!, $d: Date) { hotIssues(bureau: $b, asOf: $d) {
  code question { zh en } answer { zh en } basis items since } }"""
QUESTION = {"zh": "发票增量要多久?", "en": "How long does a larger quantity take?"}
ANSWER = {"zh": "受理后五个工作日。", "en": "Five working days from acceptance."}
ITEMS = ("invoice_quantity_increase", "invoice_check", "tax_deferral_v1", "registration_penalty", "tax_audit", "finance_expenditure")  # fmt: skip


@pytest.fixture
async def door(bureau):
    await publish_forms(bureau, "invoice_quantity", "finance_precontrol")
    await bureau.publish(*ITEMS)
    settings = load(definition.settings, {"DATABASE_URL": "postgresql://unused", "MODE": "test"})
    bureau.runtime = Runtime(definition, settings, bureau.db, bureau.clock)
    return bureau


async def ask(door, who, query, **variables):
    answer = await run_graphql(door.runtime, door.who(who) if who else ANONYMOUS, query, variables)
    assert "errors" not in answer, answer
    return next(iter(answer["data"].values()))


async def do(door, who, mutation, **fields):
    kind = mutation[0].upper() + mutation[1:] + "Input"
    query = f"mutation($i: {kind}!) {{ {mutation}(input: $i) {{ version userErrors {{ code }} }} }}"
    made = await ask(door, who, query, i={"clientMutationId": new_id("cm"), **fields})
    return made["version"] or [one["code"] for one in made["userErrors"]]


async def test_nobody_needs_an_account_to_read_how_long_it_takes_and_who_answers(door):
    guide = await ask(door, None, ONE, b="D01", c="INVOICE-QUANTITY-INCREASE")
    assert (guide["version"], guide["limitDays"], guide["limitUnit"]) == (1, 5, "WORKING_DAY")
    assert [one["name"]["zh"] for one in guide["stages"]] == [
        "导税预审",
        "前台初审",
        "后台审批",
        "值班局长签批",
    ]
    assert [one["posts"][0]["en"] for one in guide["stages"]] == ["Guide", "Window clerk", "Section chief", "Duty director"]  # fmt: skip
    assert [one["present"] for one in guide["stages"]] == [True, True, False, False]
    assert guide["method"][0]["zh"].startswith("先到导税台")
    assert guide["formRef"] == "INVOICE-QUANTITY/1"
    assert [(one["name"]["en"], one["when"] and one["when"]["en"]) for one in guide["documents"]][2:] == [
        ("Bank statement", None), ("Sales contract", "Kind of invoice: Special VAT invoice"),
    ]  # fmt: skip


async def test_only_what_the_hall_takes_in_has_a_guide(door):
    assert [one["code"] for one in await ask(door, None, ALL, b="D01")] == [
        "INVOICE-CHECK", "INVOICE-QUANTITY-INCREASE", "TAX-DEFERRAL",
    ]  # fmt: skip
    assert await ask(door, None, ONE, b="D01", c="REGISTRATION-PENALTY") is None


async def test_a_version_keeps_its_guide(door):
    await door.publish("tax_deferral_v2")
    await door.at("2026-07-01 09:00")
    now = await ask(door, None, ONE, b="D01", c="TAX-DEFERRAL")
    before = await ask(door, None, ONE, b="D01", c="TAX-DEFERRAL", v=1)
    assert [(one["version"], one["limitDays"], len(one["stages"])) for one in (before, now)] == [(1, 60, 12), (2, 20, 5)]  # fmt: skip


async def test_what_is_not_there_looks_alike(door):
    for bureau, code, version in (("D09", "TAX-DEFERRAL", None), ("D01", "NONE", None), ("D01", "TAX-DEFERRAL", 9), ("D01", "TAX-DEFERRAL", 2**40 % 2**31), ("' or 1=1", "TAX-DEFERRAL", None)):  # fmt: skip
        assert await ask(door, None, ONE, b=bureau, c=code, v=version) is None
    assert await ask(door, None, ALL, b="D09") == await ask(door, None, HOT, b="D09") == []
    assert await ask(door, None, ALL, b="x" * 999) == await ask(door, None, HOT, b="x" * 999) == []


def test_no_guide_names_a_risk_point_a_control_or_a_person():
    org = hall_org()
    people = "|".join(sorted(one.removeprefix("D01.") for one in org.persons))
    told = 0
    for path in sorted((FOLDER / "items").glob("*.yaml")):
        item = parse(path.read_text(encoding="utf-8"))
        if offered(item, org):
            text = json.dumps(str(guide_of(item, None, org, GUIDE_RULES.shipped())))
            assert not re.search(rf"RP-|CT-|incompatible|facts|\b(?:{people})\b", text), path.name
            told += 1
    assert told >= 5


async def test_an_answer_counts_from_its_day_until_it_is_withdrawn(door):
    issue = {"code": "INVOICE-LIMIT", "question": QUESTION, "answer": ANSWER, "basis": "GUIDE-2026", "items": ["INVOICE-CHECK"]}  # fmt: skip
    assert await do(door, "huang-zhen", "publishHotIssue", **issue, fromOn="2026-04-10", rank=2) == 1
    assert await do(door, "huang-zhen", "publishHotIssue", **issue, fromOn="2026-04-10", rank=2) == 1
    first = {**issue, "code": "A-FIRST", "rank": 1, "fromOn": "2026-04-10"}
    assert await do(door, "huang-zhen", "publishHotIssue", **first) == 1
    assert await ask(door, None, HOT, b="D01") == []
    seen = await ask(door, None, HOT, b="D01", d="2026-04-10")
    assert [one["code"] for one in seen] == ["A-FIRST", "INVOICE-LIMIT"]
    assert seen[1] == {**{key: issue[key] for key in ("code", "question", "answer", "basis", "items")}, "since": "2026-04-10"}  # fmt: skip
    gone = {"code": "INVOICE-LIMIT", "fromOn": "2026-05-01"}
    assert await do(door, "huang-zhen", "withdrawHotIssue", **gone) == 2
    assert [one["code"] for one in await ask(door, None, HOT, b="D01", d="2026-05-01")] == ["A-FIRST"]
    assert len(await ask(door, None, HOT, b="D01", d="2026-04-30")) == 2
    early = {**issue, "fromOn": "2026-04-30"}
    assert await do(door, "huang-zhen", "publishHotIssue", **early) == ["INVALID_INPUT"]


async def test_only_who_approves_rules_answers_in_public(door):
    issue = {"code": "X", "question": QUESTION, "answer": ANSWER, "basis": "b", "fromOn": "2026-04-10"}
    for other in ("he-xin", "wu-yan", "zhou-min"):
        assert await do(door, other, "publishHotIssue", **issue) == ["NOT_FOUND"]
        assert await do(door, other, "withdrawHotIssue", code="X", fromOn="2026-04-10") == ["NOT_FOUND"]
    for wrong in ({"answer": {"zh": "是", "en": " "}}, {"basis": ""}, {"rank": 0}, {"code": ""}):
        assert await do(door, "huang-zhen", "publishHotIssue", **{**issue, **wrong}) == ["INVALID_INPUT"]
    assert await do(door, "huang-zhen", "publishHotIssue", **{**issue, "items": ["NONE"]}) == ["NOT_FOUND"]
    assert await do(door, "huang-zhen", "withdrawHotIssue", code="X", fromOn="2026-04-10") == ["NOT_FOUND"]
