"""BPMN 2.0: what goes out comes in again, risk bindings and ways included."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plumbline_shared.deadline import DayUnit
from plumbline_shared.errors import Invalid
from risk_registry.documents.bpmn import BPMN, Bound, export_bpmn, import_bpmn
from risk_registry.domain.processes import Activity, Graph, Step, StepFunction
from risk_registry.testing_reform import NEW

TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=12)
POINT = st.from_regex(r"RP-[A-Z]{1,4}-[0-9]{2}", fullmatch=True)


@st.composite
def bound(draw: st.DrawFn) -> Bound:
    codes = draw(st.lists(TEXT, min_size=1, max_size=7, unique=True))
    ways = draw(st.booleans())
    steps = tuple(
        Step(
            code, draw(TEXT), draw(st.sampled_from(StepFunction)), draw(TEXT), draw(TEXT), draw(TEXT), draw(TEXT),
            draw(TEXT), draw(st.integers(0, 90)),
            tuple(draw(st.lists(st.sampled_from(codes), unique=True, max_size=3))) if ways else (),
            draw(st.just("") | TEXT), tuple(draw(st.lists(TEXT, max_size=2))),
        )
        for code in codes
    )  # fmt: skip
    unit = draw(st.sampled_from(DayUnit))
    activities = tuple(draw(st.lists(st.sampled_from(Activity), unique=True)))
    graph = Graph(draw(TEXT), steps, draw(st.integers(1, 200)), unit, draw(TEXT), draw(TEXT), activities)
    risks = draw(st.dictionaries(st.sampled_from(codes), st.lists(POINT, min_size=1, unique=True).map(tuple)))
    return Bound(graph, risks)


@settings(deadline=None)
@given(bound())
def test_a_round_trip_keeps_steps_ways_and_risks(given_: Bound) -> None:
    back = import_bpmn(export_bpmn(given_))
    assert back.risks == given_.risks
    assert {(a.code, b.code) for a, b in back.graph.edges()} == {
        (a.code, b.code) for a, b in given_.graph.edges()
    }
    assert back.graph.activities == given_.graph.activities
    assert [(each.declares, each.replaces) for each in back.graph.steps] == [
        (each.declares, each.replaces) for each in given_.graph.steps
    ]
    assert export_bpmn(back) == export_bpmn(given_)


@settings(deadline=None)
@given(bound())
def test_every_flow_is_named_at_both_its_ends(given_: Bound) -> None:
    root = ET.fromstring(export_bpmn(given_))  # noqa: S314
    ends = {tag: [each.text for each in root.iter(f"{{{BPMN}}}{tag}")] for tag in ("incoming", "outgoing")}
    flows = [each.get("id") for each in root.iter(f"{{{BPMN}}}sequenceFlow")]
    assert sorted(map(str, ends["incoming"])) == sorted(map(str, ends["outgoing"])) == sorted(map(str, flows))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (b'code="accept"', b'code="review"', "twice"),
        (b'function="ACCEPT"', b'function="GUESS"', "GUESS"),
        (b'limitDays="20"', b'limitDays="soon"', "limit"),
        (b"</bpmn:definitions>", b"", "no XML"),
        (b"<bpmn:definitions", b'<!DOCTYPE x [<!ENTITY a "b">]><bpmn:definitions', "DTD"),
        (b"bpmn:process ", b"bpmn:prozess ", "no XML"),
    ],
)
def test_a_broken_file_is_refused_and_says_why(old: bytes, new: bytes, says: str) -> None:
    good = export_bpmn(Bound(NEW))
    assert old in good
    with pytest.raises(Invalid, match=says):
        import_bpmn(good.replace(old, new, 1))


def test_a_way_through_gateways_and_events_is_a_way() -> None:
    drawn = export_bpmn(Bound(NEW, {"accept": ("RP-1",)})).decode()
    through = """
      <bpmn:startEvent id="start"/><bpmn:exclusiveGateway id="either"/><bpmn:endEvent id="end"/>
      <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="step_0"/>
      <bpmn:sequenceFlow id="b" sourceRef="step_3" targetRef="either"/>
      <bpmn:sequenceFlow id="c" sourceRef="either" targetRef="step_1"/>
      <bpmn:sequenceFlow id="d" sourceRef="either" targetRef="either"/>
      <bpmn:sequenceFlow id="e" sourceRef="step_4" targetRef="end"/></bpmn:process>"""
    back = import_bpmn(drawn.replace("</bpmn:process>", through).encode())
    assert {(a.code, b.code) for a, b in back.graph.edges()} == {
        *((a.code, b.code) for a, b in NEW.edges()),
        ("approve", "investigate"),
    }
    assert back.risks == {"accept": ("RP-1",)}


def test_a_task_that_says_nothing_of_post_and_basis_is_refused_by_name() -> None:
    drawn = export_bpmn(Bound(NEW)).decode()
    added = drawn.replace("</bpmn:process>", '<bpmn:task id="t" name="补充核查"/></bpmn:process>')
    with pytest.raises(Invalid, match="补充核查"):
        import_bpmn(added.encode())
