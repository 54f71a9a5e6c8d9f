"""Diagrams: what is written is read again, and what is drawn lies on nothing else."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plumbline_shared.bpmn.diagram import Diagram, Kind, Node
from plumbline_shared.bpmn.layout import laid_out
from plumbline_shared.bpmn.names import BPMN, DI
from plumbline_shared.bpmn.picture import picture
from plumbline_shared.bpmn.reading import read
from plumbline_shared.bpmn.writing import written
from plumbline_shared.errors import Invalid, TooLarge
from plumbline_shared.xml_in import parsed

NAMES = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=12
)


@st.composite
def diagrams(draw):
    """Any nodes with any ways between them, cycles and loose ends too."""
    number = draw(st.integers(1, 9))
    nodes = tuple(
        Node(
            f"n{one}",
            draw(st.sampled_from(list(Kind))),
            draw(NAMES),
            draw(NAMES).strip("\n"),
            (draw(NAMES), "line"),
        )
        for one in range(number)
    )
    ends = st.sampled_from([node.id for node in nodes])
    flows = draw(st.lists(st.tuples(ends, ends), max_size=14, unique=True))
    return Diagram("p", draw(NAMES), nodes, tuple(flows), "said: 所言")


@settings(max_examples=60, deadline=None)
@given(diagrams())
def test_what_is_written_is_read_again(diagram):
    found = read(written(diagram).encode())
    assert found.strange == ()
    assert found.diagram.flows == diagram.flows
    plain = [(node.id, node.kind, node.name, node.said) for node in diagram.nodes]
    assert [(node.id, node.kind, node.name, node.said) for node in found.diagram.nodes] == plain
    assert (found.diagram.name, found.diagram.said) == (diagram.name, diagram.said)


@settings(max_examples=60, deadline=None)
@given(diagrams())
def test_nothing_lies_on_anything_else_and_all_is_within_the_picture(diagram):
    layout = laid_out(diagram)
    assert set(layout.boxes) == {node.id for node in diagram.nodes}
    for one, other in combinations(layout.boxes.values(), 2):
        apart = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y
    corners = [corner for way in layout.ways for corner in way]
    assert all(0 <= x <= layout.width and 0 <= y <= layout.height for x, y in corners)
    for way in layout.ways:
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(way))
    assert parsed(picture(diagram).encode()).tag.endswith("svg")


def _row(*ids):
    return tuple(Node(one, Kind.TASK, one) for one in ids)


def test_branches_get_rows_of_their_own_and_what_follows_goes_on_in_the_first():
    flows = (("a", "b"), ("a", "c"), ("b", "d"), ("c", "e"), ("e", "d"), ("d", "f"), ("a", "d"))
    boxes = laid_out(Diagram("p", "", _row("a", "b", "c", "d", "e", "f"), flows)).boxes
    rows = {one: box.y for one, box in boxes.items()}
    assert rows["a"] == rows["b"] == rows["d"] == rows["f"] < rows["c"] == rows["e"]
    assert boxes["b"].x == boxes["c"].x < boxes["e"].x < boxes["d"].x < boxes["f"].x


def test_what_is_not_known_is_named():
    text = f"""<d:definitions xmlns:d="{BPMN}"><d:process id="p"><d:subProcess id="sub"/><d:userTask/>
      <d:task id="t"/><d:task id="t"/><d:sequenceFlow id="f" sourceRef="t" targetRef="x"/>
      <d:sequenceFlow id="g" sourceRef="t" targetRef="sub"/><d:laneSet/></d:process></d:definitions>"""
    found = read(text.encode())
    assert [one.element for one in found.strange] == ["sub", "userTask", "t", "f"]
    assert [node.id for node in found.diagram.nodes] == ["t"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<a/>",
        f'<d xmlns="{BPMN}"/>',
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        f'<d xmlns="{DI}"><process/></d>',
    ],
)
def test_what_is_no_process_is_refused(text):
    with pytest.raises(Invalid):
        read(text.encode())


def test_what_is_too_large_is_refused():
    with pytest.raises(TooLarge):
        read(b"<a>" + b" " * 2_000_001)
