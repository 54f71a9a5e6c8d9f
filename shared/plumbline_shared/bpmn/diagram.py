"""A flow diagram: events, tasks and gateways, and the ways between them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What a node is, by its BPMN element."""

    START = "startEvent"
    END = "endEvent"
    TASK = "userTask"
    PARALLEL = "parallelGateway"
    EXCLUSIVE = "exclusiveGateway"


@dataclass(frozen=True)
class Node:
    """One element. `said` is the text of its extension, kept by viewers; `lines` is what a picture writes on it."""

    id: str
    kind: Kind
    name: str = ""
    said: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Diagram:
    """A process: its nodes in the order of the document, and from which to which one goes."""

    id: str
    name: str
    nodes: tuple[Node, ...]
    flows: tuple[tuple[str, str], ...]
    said: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, Node]:
        """The nodes by their id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def ahead(self) -> Mapping[str, tuple[str, ...]]:
        """Where one goes from each node, in the order of the document."""
        return _grouped(self.nodes, self.flows)

    @cached_property
    def behind(self) -> Mapping[str, tuple[str, ...]]:
        """From where one comes to each node."""
        return _grouped(self.nodes, [(after, before) for before, after in self.flows])


def _grouped(nodes: Iterable[Node], pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {node.id: [] for node in nodes}
    for one, other in pairs:
        found.setdefault(one, []).append(other)
    return {one: tuple(others) for one, others in found.items()}
