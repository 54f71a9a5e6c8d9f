"""BPMN 2.0 out and in (S2-005): every flow is also <incoming> and <outgoing>, or viewers draw no edges.

What BPMN has no word for (post, monitor, basis, limit, the risk points bound to a step) is an extension element, so
that a diagram that was opened and saved elsewhere comes back with it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from plumbline_shared.bpmn.names import BPMN, DC, DD, DI, OURS, PREFIXES
from plumbline_shared.deadline import DayUnit
from plumbline_shared.errors import Invalid
from plumbline_shared.xml_in import parsed

from risk_registry.domain.processes import Activity, Graph, Step, StepFunction, check_graph

PLAIN = ("title_en", "post", "monitor", "basis", "procedure", "declares")
ACTIVITIES = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "scriptTask",
        "businessRuleTask",
    }
    | {"callActivity", "subProcess"}
)
WIDTH, HEIGHT, GAP = 160, 60, 60
LEFT, TOP = 120, 40
Bindings = Mapping[str, Sequence[str]]


def _nothing() -> Bindings:
    return {}


@dataclass(frozen=True)
class Bound:
    """A process with the codes of the risk points on each step."""

    graph: Graph
    risks: Bindings = field(default_factory=_nothing)


def export_bpmn(bound: Bound) -> bytes:
    """A BPMN 2.0 document with its layout, steps from top to bottom."""
    for prefix, uri in PREFIXES.items():
        ET.register_namespace(prefix, uri)
    root = ET.Element(f"{{{BPMN}}}definitions", {"id": "definitions", "targetNamespace": OURS})
    process = ET.SubElement(
        root, f"{{{BPMN}}}process", {"id": "process", "name": bound.graph.title_zh, "isExecutable": "false"}
    )
    _extend(process, "process", _said_of_graph(bound.graph), ())
    flows = _flows(bound.graph)
    for place, step in enumerate(bound.graph.steps):
        _add_task(process, place, step, flows, bound.risks.get(step.code, ()))
    for number, (source, target) in enumerate(flows):
        ends = {"id": f"flow_{number}", "sourceRef": f"step_{source}", "targetRef": f"step_{target}"}
        ET.SubElement(process, f"{{{BPMN}}}sequenceFlow", ends)
    _lay_out(root, len(bound.graph.steps), flows)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def import_bpmn(content: bytes) -> Bound:
    """The process of a BPMN document; gateways and events between tasks are ways. Raises Invalid for what is missing."""
    process = parsed(content).find(f"{{{BPMN}}}process")
    if process is None:
        raise Invalid("the file holds no BPMN 2.0 process", path=("file",))
    said = _said(process, "process")
    tasks = [each for each in process if each.tag.rpartition("}")[2] in ACTIVITIES]
    for each in tasks:
        if not _said(each, "step"):
            name = each.get("name") or each.get("id")
            raise Invalid(f"task “{name}” has no plumbline:step in its extension elements", path=("file",))
    codes = {each.get("id", ""): _said(each, "step").get("code", "") for each in tasks}
    follow = _ways(process)
    steps = tuple(_step(each, tuple(_next(each.get("id", ""), follow, codes))) for each in tasks)
    graph = _graph(process, said, steps)
    check_graph(graph)
    return Bound(graph, {codes[each.get("id", "")]: risks for each in tasks if (risks := _risks(each))})


def _ways(process: ET.Element) -> Mapping[str, list[str]]:
    """Each node with those that its flows lead to."""
    found: dict[str, list[str]] = {}
    for flow in process.iter(f"{{{BPMN}}}sequenceFlow"):
        found.setdefault(flow.get("sourceRef", ""), []).append(flow.get("targetRef", ""))
    return found


def _next(task: str, follow: Mapping[str, list[str]], codes: Mapping[str, str]) -> Iterator[str]:
    """The codes of the steps after a task, each once, through whatever lies between."""
    ahead, seen = list(follow.get(task, ())), set[str]()
    while ahead:
        node = ahead.pop(0)
        if node in seen:
            continue
        seen.add(node)
        if node in codes:
            yield codes[node]
        else:
            ahead = [*follow.get(node, ()), *ahead]


def _flows(graph: Graph) -> list[tuple[int, int]]:
    """Ways as places in the list of steps."""
    places = {step.code: place for place, step in enumerate(graph.steps)}
    return [(places[before.code], places[after.code]) for before, after in graph.edges()]


def _add_task(
    process: ET.Element, place: int, step: Step, flows: Sequence[tuple[int, int]], risks: Sequence[str]
) -> None:
    task = ET.SubElement(process, f"{{{BPMN}}}userTask", {"id": f"step_{place}", "name": step.title_zh})
    said = {name: str(getattr(step, name)) for name in PLAIN}
    said |= {"code": step.code, "function": step.function, "limitDays": str(step.limit_days)}
    ours = _extend(task, "step", said, risks)
    for code in step.replaces:
        ET.SubElement(ours, f"{{{OURS}}}replaces", {"step": code})
    for tag, end in (("incoming", 1), ("outgoing", 0)):
        for number, flow in enumerate(flows):
            if flow[end] == place:
                ET.SubElement(task, f"{{{BPMN}}}{tag}").text = f"flow_{number}"


def _said_of_graph(graph: Graph) -> dict[str, str]:
    return {
        "title_en": graph.title_en,
        "processClass": graph.process_class,
        "limitDays": str(graph.limit_days),
        "limitUnit": graph.limit_unit,
        "activities": " ".join(graph.activities),
    }


def _extend(element: ET.Element, tag: str, said: Mapping[str, str], risks: Sequence[str]) -> ET.Element:
    extension = ET.SubElement(element, f"{{{BPMN}}}extensionElements")
    ours = ET.SubElement(extension, f"{{{OURS}}}{tag}", dict(said))
    for code in risks:
        ET.SubElement(ours, f"{{{OURS}}}risk", {"point": code})
    return ours


def _lay_out(root: ET.Element, steps: int, flows: Sequence[tuple[int, int]]) -> None:
    diagram = ET.SubElement(root, f"{{{DI}}}BPMNDiagram", {"id": "diagram"})
    plane = ET.SubElement(diagram, f"{{{DI}}}BPMNPlane", {"id": "plane", "bpmnElement": "process"})
    for place in range(steps):
        shape = ET.SubElement(
            plane, f"{{{DI}}}BPMNShape", {"id": f"shape_{place}", "bpmnElement": f"step_{place}"}
        )
        top = str(TOP + place * (HEIGHT + GAP))
        ET.SubElement(
            shape, f"{{{DC}}}Bounds", {"x": str(LEFT), "y": top, "width": str(WIDTH), "height": str(HEIGHT)}
        )
    aside = [flow for flow in flows if flow[1] != flow[0] + 1]
    for number, flow in enumerate(flows):
        edge = ET.SubElement(
            plane, f"{{{DI}}}BPMNEdge", {"id": f"edge_{number}", "bpmnElement": f"flow_{number}"}
        )
        for x, y in _way(*flow, aside.index(flow) if flow in aside else 0):
            ET.SubElement(edge, f"{{{DD}}}waypoint", {"x": str(x), "y": str(y)})


def _way(source: int, target: int, lane: int) -> Iterator[tuple[int, int]]:
    """Straight down to the next step; around the right side, in a lane of its own, to any other."""
    leaves, enters = (TOP + place * (HEIGHT + GAP) for place in (source, target))
    if target == source + 1:
        yield from ((LEFT + WIDTH // 2, leaves + HEIGHT), (LEFT + WIDTH // 2, enters))
        return
    right, turn = LEFT + WIDTH, LEFT + WIDTH + 30 + 15 * lane
    out, back = leaves + HEIGHT * 2 // 3, enters + HEIGHT // 3
    yield from ((right, out), (turn, out), (turn, back), (right, back))


def _said(element: ET.Element, tag: str) -> Mapping[str, str]:
    ours = element.find(f"{{{BPMN}}}extensionElements/{{{OURS}}}{tag}")
    return ours.attrib if ours is not None else {}


def _risks(task: ET.Element) -> tuple[str, ...]:
    found = task.iterfind(f"{{{BPMN}}}extensionElements/{{{OURS}}}step/{{{OURS}}}risk")
    return tuple(each.get("point", "") for each in found)


def _replaced(task: ET.Element) -> tuple[str, ...]:
    found = task.iterfind(f"{{{BPMN}}}extensionElements/{{{OURS}}}step/{{{OURS}}}replaces")
    return tuple(each.get("step", "") for each in found)


def _step(task: ET.Element, follow: tuple[str, ...]) -> Step:
    said = _said(task, "step")
    try:
        return Step(
            code=said["code"], title_zh=task.get("name", ""), function=StepFunction(said["function"]),
            limit_days=int(said.get("limitDays", "0")), next=follow, replaces=_replaced(task),
            **{name: said.get(name, "") for name in PLAIN},
        )  # fmt: skip
    except (KeyError, ValueError) as error:
        raise Invalid(f"step {said.get('code', task.get('id'))}: {error}", path=("file",)) from None


def _graph(process: ET.Element, said: Mapping[str, str], steps: tuple[Step, ...]) -> Graph:
    try:
        return Graph(
            process.get("name", ""), steps, int(said["limitDays"]), DayUnit(said["limitUnit"]),
            said.get("title_en", ""), said.get("processClass", ""),
            tuple(map(Activity, said.get("activities", "").split())),
        )  # fmt: skip
    except (KeyError, ValueError) as error:
        raise Invalid(f"the process has no valid limit or activity: {error}", path=("file",)) from None
