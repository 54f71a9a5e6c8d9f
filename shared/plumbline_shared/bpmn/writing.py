"""A diagram as a BPMN 2.0 document with its layout. Every flow is also <incoming> and <outgoing>: viewers need them."""

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from plumbline_shared.bpmn.diagram import Diagram
from plumbline_shared.bpmn.layout import Layout, laid_out
from plumbline_shared.bpmn.names import BPMN, DC, DD, DI, OURS, PREFIXES

_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(diagram: Diagram) -> str:
    """The document; ids of nodes and of the diagram must be XML names."""
    for prefix, uri in PREFIXES.items():
        ET.register_namespace(prefix, uri)
    root = ET.Element(f"{{{BPMN}}}definitions", {"id": "definitions", "targetNamespace": OURS})
    said = {"id": diagram.id, "name": diagram.name, "isExecutable": "false"}
    process = ET.SubElement(root, f"{{{BPMN}}}process", said)
    _say(process, diagram.said)
    for node in diagram.nodes:
        element = ET.SubElement(process, f"{{{BPMN}}}{node.kind}", {"id": node.id, "name": node.name})
        _say(element, node.said)
        for tag, end in (("incoming", 1), ("outgoing", 0)):
            for number, flow in enumerate(diagram.flows):
                if flow[end] == node.id:
                    ET.SubElement(element, f"{{{BPMN}}}{tag}").text = f"flow_{number}"
    for number, (source, target) in enumerate(diagram.flows):
        ends = {"id": f"flow_{number}", "sourceRef": source, "targetRef": target}
        ET.SubElement(process, f"{{{BPMN}}}sequenceFlow", ends)
    _draw(root, diagram, laid_out(diagram))
    ET.indent(root)
    return _NO_XML.sub("", ET.tostring(root, encoding="unicode", xml_declaration=True)) + "\n"


def _say(element: ET.Element, text: str) -> None:
    if text:
        extension = ET.SubElement(element, f"{{{BPMN}}}extensionElements")
        ET.SubElement(extension, f"{{{OURS}}}said").text = text


def _draw(root: ET.Element, diagram: Diagram, layout: Layout) -> None:
    drawing = ET.SubElement(root, f"{{{DI}}}BPMNDiagram", {"id": "diagram"})
    plane = ET.SubElement(drawing, f"{{{DI}}}BPMNPlane", {"id": "plane", "bpmnElement": diagram.id})
    for node, box in layout.boxes.items():
        shape = ET.SubElement(plane, f"{{{DI}}}BPMNShape", {"id": f"shape_{node}", "bpmnElement": node})
        sides = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
        ET.SubElement(shape, f"{{{DC}}}Bounds", {name: str(value) for name, value in sides.items()})
    for number, corners in enumerate(layout.ways):
        edge = ET.SubElement(
            plane, f"{{{DI}}}BPMNEdge", {"id": f"edge_{number}", "bpmnElement": f"flow_{number}"}
        )
        _corner(edge, corners)


def _corner(edge: ET.Element, corners: Iterable[tuple[int, int]]) -> None:
    for x, y in corners:
        ET.SubElement(edge, f"{{{DD}}}waypoint", {"x": str(x), "y": str(y)})
