"""Definitions as BPMN 2.0: drawn and read back they are the same, and every fault names its element."""

from importlib.resources import files

import pytest
from case_flow.cli import main
from case_flow.domain.bpmn_in import parse_bpmn, parse_either
from case_flow.domain.bpmn_out import diagram_of
from case_flow.domain.definition_file import yaml_of
from case_flow.domain.errors import InvalidDefinition
from case_flow.domain.parsing import Places, parse
from case_flow.testing_blocks import SHAPES, definition_file
from hypothesis import given, settings
from hypothesis import strategies as st
from plumbline_shared.bpmn.names import BPMN
from plumbline_shared.bpmn.writing import written
from plumbline_shared.errors import Invalid

SHIPPED = sorted(one for one in files("case_flow").joinpath("items").iterdir() if one.name.endswith(".yaml"))
PLACES = Places(frozenset({"HALL", "LEGAL", "POLICY", "TO-3"}), frozenset())

JOINT = """
item: JOINT
version: 3
name: {zh: 会办 & <会签>, en: Joint "review"}
citation: {source: a rule}
effective_from: 2026-06-01
migrates: [{from: 2, steps: {old: take}}]
checks: {time_limit: [{id: x, from: take, to: "@last", length: 3, by: instant}]}
steps:
  - {code: take, name: {zh: 收, en: Take}, role: WINDOW_CLERK, unit: HALL, split: [law, 查]}
  - {code: law, name: {zh: 法, en: Law}, role: LEGAL_OFFICER, unit: LEGAL, activity: [law, 法审], next: [meet, law]}
  - {code: 查, name: {zh: 查, en: Look}, role: INVESTIGATOR, unit: "@office", budget: 0, next: meet}
  - {code: meet, name: {zh: 会, en: Meet}, role: SECTION_CHIEF, unit: POLICY, join: take, decides: true, end: true}
"""


def drawn(text):
    return written(diagram_of(parse(text)))


def faults(text, places=None):
    with pytest.raises(InvalidDefinition) as caught:
        parse_bpmn(text, places)
    return {(one.element, one.code) for one in caught.value.problems}


@pytest.mark.parametrize("file", SHIPPED, ids=lambda one: one.name)
def test_what_ships_comes_back_from_its_drawing_and_from_its_file(file):
    definition = parse(file.read_text(encoding="utf-8"))
    assert parse(yaml_of(definition)) == definition
    assert parse_either(written(diagram_of(definition))) == definition


@settings(max_examples=30, deadline=None)
@given(SHAPES, st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=4))
def test_any_well_formed_flow_comes_back(shape, pairs):
    definition = parse(definition_file(shape, pairs))
    assert parse_bpmn(written(diagram_of(definition))) == definition
    assert parse(yaml_of(definition)) == definition


def test_names_dates_and_codes_of_every_kind_come_back():
    definition = parse(JOINT)
    text = drawn(JOINT)
    assert 'id="step_law"' in text
    assert 'id="task_2"' in text
    assert parse_bpmn(text) == definition


def test_a_changed_drawing_is_another_definition():
    """As a person leaves it in an editor: a name, a way, a step moved from one gateway to another."""
    text = drawn(JOINT).replace('name="法"', 'name="法制审核"')
    assert parse_bpmn(text).by_code["law"].name.zh == "法制审核"
    assert parse_bpmn(text).by_code["law"].name.en == "Law"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("role:\n- LEGAL_OFFICER", "role:\n- KING", ("step_law", "UNKNOWN_ROLE")),
        ("unit: LEGAL", "unit: NOWHERE", ("step_law", "UNKNOWN_UNIT")),
        ("unit: LEGAL", "unit: &amp;a LEGAL\npost: *a", ("step_law", "NOT_YAML")),
        ("unit: LEGAL", "unit: [", ("step_law", "NOT_YAML")),
        ("unit: LEGAL", "unti: LEGAL", ("step_law", "UNKNOWN_KEY")),
        ("version: 3", "version: three", ("process", "NOT_A_NUMBER")),
        ('name="查"', 'name=""', ("task_2", "MISSING")),
        ("bpmn:userTask", "bpmn:subProcess", ("step_law", "UNKNOWN_ELEMENT")),
        ('sourceRef="start"', 'sourceRef="step_law"', ("process", "UNKNOWN_FLOW")),
        ('sourceRef="start"', 'sourceRef="nothing"', ("flow_0", "UNKNOWN_ELEMENT")),
        ('sourceRef="split_step_take" targetRef="task_2"', 'sourceRef="step_law" targetRef="task_2"', ("step_law", "UNKNOWN_FLOW")),
        ('targetRef="join_step_meet"', 'targetRef="step_meet"', ("step_take", "SPLIT_WITHOUT_JOIN")),
        ('sourceRef="join_step_meet" targetRef="step_meet"', 'sourceRef="join_step_meet" targetRef="end_step_meet"', ("join_step_meet", "UNKNOWN_FLOW")),
        ('targetRef="step_law"', 'targetRef="step_take"', ("step_law", "UNREACHABLE_STEP")),
    ],
)  # fmt: skip
def test_every_fault_names_its_element(old, new, expected):
    text = drawn(JOINT)
    assert old in text
    assert expected in faults(text.replace(old, new), PLACES)


def test_faults_of_the_drawing_and_of_what_it_says_are_told_together():
    text = drawn(JOINT).replace("role:\n- LEGAL_OFFICER", "role:\n- KING").replace("version: 3", "version: x")
    text = text.replace('sourceRef="start"', 'sourceRef="nothing"')
    assert {
        ("step_law", "UNKNOWN_ROLE"),
        ("process", "NOT_A_NUMBER"),
        ("flow_0", "UNKNOWN_ELEMENT"),
    } <= faults(text)


FOREIGN = f"""<?xml version="1.0"?>
<definitions xmlns="{BPMN}"><process id="Process_1" name="许可">
  <startEvent id="S"/><task id="Activity_1" name="受理"/><parallelGateway id="G"/><task id="Activity_2" name="审核"/>
  <serviceTask id="Activity_3" name="会审"/><parallelGateway id="H"/><userTask id="Activity_4" name="决定"/><endEvent id="E"/>
  <sequenceFlow id="f1" sourceRef="S" targetRef="Activity_1"/><sequenceFlow id="f2" sourceRef="Activity_1" targetRef="G"/>
  <sequenceFlow id="f3" sourceRef="G" targetRef="Activity_2"/><sequenceFlow id="f4" sourceRef="G" targetRef="Activity_3"/>
  <sequenceFlow id="f5" sourceRef="Activity_2" targetRef="H"/><sequenceFlow id="f6" sourceRef="Activity_3" targetRef="H"/>
  <sequenceFlow id="f7" sourceRef="H" targetRef="Activity_4"/><sequenceFlow id="f8" sourceRef="Activity_4" targetRef="E"/>
</process></definitions>"""


def test_a_drawing_of_another_tool_is_read_as_far_as_it_goes_and_told_what_it_lacks():
    found = faults(FOREIGN)
    assert {element for element, _ in found} == {
        "Process_1",
        "Activity_1",
        "Activity_2",
        "Activity_3",
        "Activity_4",
    }
    assert {code for _, code in found} == {"MISSING", "MISSING_CITATION", "NOT_A_NUMBER"}


def test_a_drawing_of_another_tool_with_what_it_lacked_is_a_definition():
    said = '<extensionElements><p:said xmlns:p="urn:plumbline:bpmn:1">{}</p:said></extensionElements>'
    head = said.format("item: P\nversion: 1\nname: {en: Permit}\ncitation: {source: a rule}")
    text = FOREIGN.replace('name="许可">', f'name="许可">{head}')
    for number, unit in enumerate(("HALL", "LEVY", "LEGAL", "POLICY"), start=1):
        for tag in ("task", "serviceTask", "userTask"):
            old = f'<{tag} id="Activity_{number}" name="'
            place = text.find(old)
            if place >= 0:
                end = text.index("/>", place)
                more = said.format(f"unit: {unit}\nrole: REVIEWER\nname: {{en: Step}}")
                text = f"{text[:end]}>{more}</{tag}>{text[end + 2 :]}"
    definition = parse_bpmn(text)
    assert definition.by_code["Activity_1"].split == ("Activity_2", "Activity_3")
    assert definition.by_code["Activity_4"].join == "Activity_1"
    assert definition.by_code["Activity_4"].end


@pytest.mark.parametrize("text", ["<", "<a/>", "<!DOCTYPE a []><a/>"])
def test_what_is_no_bpmn_is_refused(text):
    with pytest.raises(Invalid):
        parse_either(text)


def test_the_command_line_draws_an_item_reads_it_back_and_names_the_elements_of_its_faults(tmp_path, capsys):
    item, drawing, again = (tmp_path / f"joint.{one}" for one in ("yaml", "bpmn", "again.yaml"))
    item.write_text(JOINT, encoding="utf-8")
    main(["draw", str(item), "--out", str(drawing)])
    main(["draw", str(drawing), "--out", str(again)])
    assert parse(again.read_text(encoding="utf-8")) == parse(JOINT)
    main(["draw", str(item), "--out", str(tmp_path / "joint.svg")])
    assert (tmp_path / "joint.svg").read_text(encoding="utf-8").startswith("<svg")
    drawing.write_text(drawing.read_text(encoding="utf-8").replace("INVESTIGATOR", "KING"), encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["check", str(drawing)])
    assert f"{drawing}:task_2: UNKNOWN_ROLE" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="ends in"):
        main(["draw", str(item), "--out", str(tmp_path / "joint.pdf")])
