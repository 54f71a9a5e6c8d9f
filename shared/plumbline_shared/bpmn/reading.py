"""A BPMN 2.0 document as a diagram, with everything in it that a diagram here cannot hold, named by its element."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from plumbline_shared.bpmn.diagram import Diagram, Kind, Node
from plumbline_shared.bpmn.names import BPMN, OURS
from plumbline_shared.errors import Invalid
from plumbline_shared.xml_in import parsed

_KINDS = {str(kind): kind for kind in Kind if kind is not Kind.TASK}
_QUIET = frozenset(
    {
        *("sequenceFlow", "laneSet", "textAnnotation", "association", "documentation", "extensionElements"),
        *("group", "dataObject", "dataObjectReference", "dataStoreReference", "ioSpecification", "property"),
    }
)


@dataclass(frozen=True)
class Strange:
    """An element that cannot be read: its id, and why."""

    element: str
    message: str


@dataclass(frozen=True)
class Read:
    """The diagram, and what was left out of it."""

    diagram: Diagram
    strange: tuple[Strange, ...]


def read(content: bytes) -> Read:
    """Raises TooLarge, and Invalid for what is no XML or holds no process or several."""
    processes = parsed(content).findall(f"{{{BPMN}}}process")
    if len(processes) != 1:
        raise Invalid(f"the file holds {len(processes)} BPMN 2.0 processes: one is needed", path=("file",))
    [process] = processes
    strange, nodes, known = list[Strange](), list[Node](), set[str]()
    for element in process:
        if (tag := element.tag.rpartition("}")[2]) in _QUIET:
            continue
        kind = _KINDS.get(tag) or (Kind.TASK if tag.lower().endswith("task") else None)
        if kind is None or not element.get("id") or element.get("id") in known:
            why = f"<{tag}> is not known here" if kind is None else f"<{tag}> needs an id of its own"
            strange.append(Strange(element.get("id", tag), why))
            continue
        known.add(element.get("id", ""))
        nodes.append(Node(element.get("id", ""), kind, element.get("name", ""), _said(element)))
    flows = list(_flows(process, known, strange))
    diagram = Diagram(
        process.get("id", ""), process.get("name", ""), tuple(nodes), tuple(flows), _said(process)
    )
    return Read(diagram, tuple(strange))


def _flows(process: ET.Element, known: set[str], strange: list[Strange]) -> Iterator[tuple[str, str]]:
    for flow in process.findall(f"{{{BPMN}}}sequenceFlow"):
        ends = (flow.get("sourceRef", ""), flow.get("targetRef", ""))
        if known.issuperset(ends):
            yield ends
        elif not ({one.element for one in strange} - known).intersection(ends):
            strange.append(
                Strange(flow.get("id", "sequenceFlow"), f"it goes from {ends[0]!r} to {ends[1]!r}")
            )


def _said(element: ET.Element) -> str:
    ours = element.find(f"{{{BPMN}}}extensionElements/{{{OURS}}}said")
    return (ours.text or "").strip("\n") if ours is not None else ""
