"""Parallel blocks: the strict ones are read, every crossing has its line."""

import pytest
from case_flow.domain.errors import InvalidDefinition
from case_flow.domain.parsing import Places, parse

HEAD = """\
item: JOINT
version: 1
name: {zh: 会办, en: Joint}
citation: {source: a rule}
steps:
"""
SOUND = """\
  - {code: take, name: {zh: 收, en: Take}, role: WINDOW_CLERK, unit: HALL, split: [law, levy]}
  - {code: law, name: {zh: 法, en: Law}, role: LEGAL_OFFICER, unit: LEGAL, next: [law2, law]}
  - {code: law2, name: {zh: 法二, en: Law 2}, role: LEGAL_OFFICER, unit: LEGAL, next: meet}
  - {code: levy, name: {zh: 征, en: Levy}, role: REVIEWER, unit: LEVY, split: [in1, in2]}
  - {code: in1, name: {zh: 一, en: One}, role: REVIEWER, unit: LEVY, next: inner}
  - {code: in2, name: {zh: 二, en: Two}, role: REVIEWER, unit: POLICY, next: inner}
  - {code: inner, name: {zh: 合, en: Inner}, role: REVIEWER, unit: LEVY, join: levy, next: meet}
  - {code: meet, name: {zh: 会, en: Meet}, role: SECTION_CHIEF, unit: POLICY, join: take, next: [done, take]}
  - {code: done, name: {zh: 毕, en: Done}, role: WINDOW_CLERK, unit: HALL, end: true}
"""
LINES = {
    line.split("code: ")[1].split(",")[0]: number for number, line in enumerate(SOUND.splitlines(), start=6)
}


def faults(text, places=None):
    with pytest.raises(InvalidDefinition) as caught:
        parse(text, places)
    return [(one.line, one.code) for one in caught.value.problems]


def test_blocks_are_read_inner_ones_first():
    definition = parse(HEAD + SOUND)
    inner, outer = definition.blocks
    assert (inner.split, inner.join, inner.branches) == (
        "levy", "inner", {"in1": frozenset({"in1"}), "in2": frozenset({"in2"})},
    )  # fmt: skip
    assert outer.branches["law"] == {"law", "law2"}
    assert outer.branches["levy"] == {"levy", "in1", "in2", "inner"}
    assert definition.parallel("law2", "in1")
    assert definition.parallel("in1", "in2")
    assert not definition.parallel("levy", "in1")
    assert not definition.parallel("take", "law")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("join: take, ", "", [("take", "SPLIT_WITHOUT_JOIN")]),
        ("join: levy", "join: law", [("inner", "JOIN_WITHOUT_SPLIT"), ("levy", "SPLIT_WITHOUT_JOIN")]),
        ("join: levy", "join: take", [("inner", "DUPLICATE_JOIN"), ("meet", "DUPLICATE_JOIN")]),
        ("join: levy", "join: nothing", [("inner", "UNKNOWN_STEP")]),
        ("split: [in1, in2]", "split: [in1, zzz]", [("levy", "UNKNOWN_STEP"), ("in2", "UNREACHABLE_STEP")]),
        ("split: [in1, in2]", "split: in1", [("levy", "TOO_FEW_BRANCHES"), ("in2", "UNREACHABLE_STEP")]),
        ("split: [in1, in2]", "split: [in1, in1]", [("levy", "TOO_FEW_BRANCHES")]),
        ("split: [in1, in2]", "split: [in1, in2], next: inner", [("levy", "SPLIT_AND_NEXT")]),
        ("next: [law2, law]", "next: [law2, in2]", [("in2", "BRANCHES_MEET"), ("levy", "BRANCH_CROSSED")]),
        ("next: [law2, law]", "next: [law2, done]", [("law", "BRANCH_CROSSED")]),
        ("next: [law2, law]", "next: [law2, take]", [("law", "BRANCH_CROSSED")]),
        ("next: [done, take]", "next: [done, law2]", [("law", "BRANCH_CROSSED")]),
        ("next: [done, take]", "next: [done, law]", [("take", "BRANCH_CROSSED")]),
        ("unit: LEGAL, next: meet", "unit: LEGAL, next: inner", [("inner", "BRANCHES_MEET")]),
        ("unit: POLICY, next: inner", "unit: POLICY, next: in1", [("in1", "BRANCHES_MEET")]),
        ("unit: POLICY, next: inner", "unit: POLICY, end: true", [("in2", "END_IN_BRANCH")]),
        ("unit: LEGAL, next: meet", "unit: LEGAL, decides: true, next: meet", [("law2", "DECIDES_IN_BRANCH")]),
        (
            "unit: LEGAL, next: meet",
            "unit: LEGAL, facts: discretion, next: meet",
            [("law2", "DECIDES_IN_BRANCH")],
        ),
        ("unit: LEVY, join: levy", "join: levy", [("inner", "MISSING")]),
        ("unit: LEGAL, next: meet", "unit: LEGAL, next: law", [("law", "CYCLE_WITHOUT_EXIT"), ("law2", "CYCLE_WITHOUT_EXIT")]),
        ("join: take, next: [done, take]", "join: take, next: take", [("take", "CYCLE_WITHOUT_EXIT"), ("done", "UNREACHABLE_STEP")]),
        ("code: done, name: {zh: 毕, en: Done}, role: WINDOW_CLERK", "code: done, name: {zh: 毕, en: Done}, role: KING", [("done", "UNKNOWN_ROLE")]),
    ],
)  # fmt: skip
def test_every_fault_of_a_block_has_its_line(old, new, expected):
    assert old in SOUND
    found = faults(HEAD + SOUND.replace(old, new, 1))
    assert {(LINES[step], code) for step, code in expected} <= set(found)


def test_a_free_order_has_no_blocks():
    found = faults(HEAD.replace("steps:", "order: FREE\nsteps:") + SOUND)
    assert [code for _line, code in found] == ["BLOCK_IN_FREE_ORDER", "BLOCK_IN_FREE_ORDER"]


def test_all_faults_of_a_file_are_told_at_once_each_with_its_line():
    """An unreachable step, a cycle without exit, an unknown role, an unknown post, a crossed branch: one answer."""
    text = HEAD + SOUND.replace("next: [law2, law]", "next: [law2, done]").replace("unit: LEVY, next: inner", "unit: LEVY, next: in1") + (
        "  - {code: lost, name: {zh: 失, en: Lost}, role: KING, next: lost}\n"
        "  - {code: gone, name: {zh: 失, en: Gone}, post: HALL.king, next: done}\n"
    )  # fmt: skip
    places = Places(frozenset({"HALL", "LEGAL", "LEVY", "POLICY"}), frozenset({"HALL.chief"}))
    assert set(faults(text, places)) == {
        (LINES["law"], "BRANCH_CROSSED"),
        (LINES["in1"], "CYCLE_WITHOUT_EXIT"),
        (15, "UNREACHABLE_STEP"),
        (15, "UNKNOWN_ROLE"),
        (16, "UNREACHABLE_STEP"),
        (16, "UNKNOWN_POST"),
    }


@pytest.mark.parametrize("value", ["", "[]", "[a, b]", "{a: b}", "null"])
@pytest.mark.parametrize("key", ["split", "join", "next"])
def test_no_value_of_a_key_breaks_the_reader(key, value):
    text = HEAD + f"  - {{code: a, name: {{zh: 甲, en: A}}, role: REVIEWER, {key}: {value}}}\n"
    assert faults(text)
