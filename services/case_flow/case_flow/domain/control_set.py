"""A bureau's own rules as one versioned set: controls it adds to steps (S2-034), and who decides how much (S2-027)."""

from collections.abc import Iterator

from plumbline_shared.errors import Refused

from case_flow.domain.authority import Authority
from case_flow.domain.definition import Citation, Control, Frozen
from case_flow.domain.parsing_authority import authorities
from case_flow.domain.parsing_controls import citation, control
from case_flow.domain.yaml_nodes import Node, read

_NODE = ("item", "step", "control")


class LocalControl(Frozen, frozen=True):
    """A control at a step of an item."""

    item: str
    step: str
    control: Control


class ControlSet(Frozen, frozen=True):
    """One version: what it rests on, its controls, and its rules of authority."""

    citation: Citation
    controls: tuple[LocalControl, ...] = ()
    authority: tuple[Authority, ...] = ()

    def at(self, item: str, step: str) -> Iterator[Control]:
        """Its controls at a step."""
        return (one.control for one in self.controls if (one.item, one.step) == (item, step))


def rules_for(item: str, own: ControlSet | None, shipped: ControlSet) -> tuple[Authority, ...]:
    """The rules of authority of an item, one for a step: the bureau's own before those that are shipped."""
    listed = (*(own.authority if own else ()), *shipped.authority)
    by_step = {one.step: one for one in reversed(listed) if one.item == item}
    return tuple(by_step[step] for step in sorted(by_step))


class ControlSetApproved(Refused):
    """An approved version never changes."""

    code = "CONTROL_SET_APPROVED"


def parse_control_set(text: str) -> ControlSet:
    """Read a set; each condition is compiled, each control and rule has its citation, amounts have no gap or overlap.

    Raises InvalidDefinition with every fault.
    """
    root = read(text)
    root.only("citation", "controls", "authority")
    found = ControlSet(
        citation=citation(root.get("citation")),
        controls=tuple(_local(one) for one in root.get("controls").items()),
        authority=authorities(root.get("authority")),
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
