"""Controls that a bureau adds to steps of its items, as one versioned set (S2-034: local controls beside the national ones)."""

from collections.abc import Iterator

from plumbline_shared.errors import Refused

from case_flow.domain.definition import Citation, Control, Frozen
from case_flow.domain.parsing_controls import citation, control
from case_flow.domain.yaml_nodes import Node, read

_NODE = ("item", "step", "control")


class LocalControl(Frozen, frozen=True):
    """A control at a step of an item."""

    item: str
    step: str
    control: Control


class ControlSet(Frozen, frozen=True):
    """One version: what it rests on, and its controls."""

    citation: Citation
    controls: tuple[LocalControl, ...] = ()

    def at(self, item: str, step: str) -> Iterator[Control]:
        """Its controls at a step."""
        return (one.control for one in self.controls if (one.item, one.step) == (item, step))


class AuthorApproves(Refused):
    """Whoever drafted rules does not approve them (SoD-6)."""

    code = "SOD_AUTHOR_APPROVES"


class ControlSetApproved(Refused):
    """An approved version never changes."""

    code = "CONTROL_SET_APPROVED"


def parse_control_set(text: str) -> ControlSet:
    """Read a set; each condition is compiled, each control has its citation. Raises InvalidDefinition with every fault."""
    root = read(text)
    root.only("citation", "controls")
    found = ControlSet(
        citation=citation(root.get("citation")),
        controls=tuple(_local(one) for one in root.get("controls").items()),
    )
    seen = set[str]()
    for node, one in zip(root.get("controls").items(), found.controls, strict=True):
        if one.control.id in seen:
            node.fault("DUPLICATE_CODE", f"{one.control.id!r} is given twice")
        seen.add(one.control.id)
    root.faults.raise_if_any()
    return found


def _local(node: Node) -> LocalControl:
    node.only(*_NODE)
    return LocalControl(
        item=node.get("item").text(), step=node.get("step").text(), control=control(node.get("control"))
    )
