"""Definition files: what ships is sound, and every fault is reported with its line."""

from importlib.resources import files

import pytest
from case_flow.domain.definition import Order
from case_flow.domain.errors import InvalidDefinition
from case_flow.domain.parsing import Places, parse
from case_flow.use_cases.publish_item import content_hash
from hypothesis import given
from hypothesis import strategies as st

SHIPPED = sorted(one for one in files("case_flow").joinpath("items").iterdir() if one.name.endswith(".yaml"))

SOUND = """\
item: PERMIT
version: 1
name: {zh: 许可, en: Permit}
citation: {source: 行政许可法, locator: Art 42}
limit: {length: 5, citation: {source: 行政许可法}}
steps:
  - {code: a, name: {zh: 甲, en: A}, role: WINDOW_CLERK, next: b}
  - {code: b, name: {zh: 乙, en: B}, role: REVIEWER, unit: POLICY, next: [a, c]}
  - {code: c, name: {zh: 丙, en: C}, post: POLICY.chief, end: true}
"""


def faults(text, places=None):
    with pytest.raises(InvalidDefinition) as caught:
        parse(text, places)
    return [(one.line, one.code) for one in caught.value.problems]


@pytest.mark.parametrize("file", SHIPPED, ids=lambda one: one.name)
def test_what_ships_is_sound(file):
    definition = parse(file.read_text(encoding="utf-8"))
    assert definition.by_code[definition.start]
    assert definition.citation.source


def test_a_sound_definition_is_read_whole():
    definition = parse(SOUND, Places(frozenset({"POLICY"}), frozenset({"POLICY.chief"})))
    assert definition.order is Order.STRICT
    assert [step.code for step in definition.steps] == ["a", "b", "c"]
    assert definition.by_code["b"].next == ("a", "c")
    assert definition.rule().length == 5


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("next: b}", "next: z}", [(7, "UNKNOWN_STEP")]),
        ("role: REVIEWER", "role: KING", [(8, "UNKNOWN_ROLE")]),
        (", post: POLICY.chief", "", [(9, "MISSING")]),
        ("citation: {source: 行政许可法, locator: Art 42}\n", "", [(1, "MISSING_CITATION")]),
        (", citation: {source: 行政许可法}}", "}", [(5, "MISSING_CITATION")]),
        (
            "next: [a, c]",
            "next: a",
            [(7, "CYCLE_WITHOUT_EXIT"), (8, "CYCLE_WITHOUT_EXIT"), (9, "UNREACHABLE_STEP")],
        ),
        ("end: true", "end: false", [(7, "CYCLE_WITHOUT_EXIT"), (8, "CYCLE_WITHOUT_EXIT"), (9, "DEAD_END")]),
        (
            "next: b}",
            "nxt: b}",
            [(7, "DEAD_END"), (7, "UNKNOWN_KEY"), (8, "UNREACHABLE_STEP"), (9, "UNREACHABLE_STEP")],
        ),
        ("length: 5", "length: five", [(5, "NOT_A_NUMBER")]),
        ("version: 1", "version: 0", [(2, "NOT_A_NUMBER")]),
        ("code: b", "code: a", [(7, "UNKNOWN_STEP"), (8, "DUPLICATE_STEP")]),
        ("end: true", "end: true, next: a", [(9, "END_GOES_ON")]),
        ("en: Permit", "fr: Permis", [(3, "MISSING"), (3, "UNKNOWN_KEY")]),
        ("steps:", "order: SOMEHOW\nsteps:", [(6, "UNKNOWN_VALUE")]),
    ],
)
def test_every_fault_has_its_line(old, new, expected):
    assert old in SOUND
    assert set(expected) <= set(faults(SOUND.replace(old, new, 1)))


def test_all_faults_are_reported_at_once():
    text = SOUND.replace("role: REVIEWER", "role: KING").replace("version: 1", "version: x")
    assert {code for _line, code in faults(text)} == {"UNKNOWN_ROLE", "NOT_A_NUMBER"}


def test_units_and_posts_must_exist_in_the_bureau():
    found = faults(SOUND, Places(frozenset({"HALL"}), frozenset()))
    assert found == [(8, "UNKNOWN_UNIT"), (9, "UNKNOWN_POST")]


@pytest.mark.parametrize("text", ["", "- a\n- b", "item: [", "item: \t x", "!!python/object:os.system {}"])
def test_what_is_no_definition_is_refused_with_a_line(text):
    assert faults(text)[0][0] >= 1


CONTROL = """
    controls:
      - id: CT-1
        phase: IN_PROCESS
        action: BLOCK
        when: {when}
        message: {{zh: 不可, en: Not so}}
        citation: {{source: x}}
"""


@pytest.mark.parametrize("when", ["facts.amount >", "amount > 1", "1 + 1"])
def test_a_condition_with_a_fault_is_not_published(when):
    step = f"  - code: c\n    name: {{zh: 丙, en: C}}\n    role: REVIEWER\n    end: true{CONTROL.format(when=when)}"
    text = SOUND[: SOUND.index("  - {code: c")] + step
    line = next(number for number, one in enumerate(text.splitlines(), start=1) if "when:" in one)
    assert (line, "BAD_CONDITION") in faults(text)


def test_the_hash_is_of_the_content_not_of_the_layout():
    other = "# a comment\n" + SOUND.replace("{zh: 许可, en: Permit}", "\n  zh: 许可\n  en: Permit")
    assert content_hash(parse(SOUND)) == content_hash(parse(other))
    assert content_hash(parse(SOUND)) != content_hash(parse(SOUND.replace("length: 5", "length: 6")))


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text):
    problems = ()
    try:
        parse(text)
    except InvalidDefinition as refused:
        problems = refused.problems
    assert all(one.line >= 1 for one in problems)
