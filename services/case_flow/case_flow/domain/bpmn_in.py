"""A BPMN 2.0 document as a definition. It becomes a definition file first, so that one set of rules reads both.

Every fault names the element that it is about; a fault of the whole names the process.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

import yaml
from plumbline_shared.bpmn.diagram import Diagram, Kind, Node
from plumbline_shared.bpmn.reading import read

from case_flow.domain.blocks import reachable
from case_flow.domain.bpmn_out import DRAWN
from case_flow.domain.definition import ItemDefinition
from case_flow.domain.definition_file import yaml_text
from case_flow.domain.errors import InvalidDefinition, Problem
from case_flow.domain.parsing import Places, parse

GATEWAYS = (Kind.PARALLEL, Kind.EXCLUSIVE)


def is_bpmn(text: str) -> bool:
    """Whether a definition was given as XML."""
    return text.lstrip("\ufeff \t\r\n").startswith("<")


def parse_either(text: str, places: Places | None = None) -> ItemDefinition:
    """A definition file or a BPMN document. Raises InvalidDefinition with every fault, by line or by element."""
    return parse_bpmn(text, places) if is_bpmn(text) else parse(text, places)


def parse_bpmn(text: str, places: Places | None = None) -> ItemDefinition:
    """The definition that a document draws. Raises InvalidDefinition; Invalid for what is no BPMN, TooLarge."""
    found = read(text.encode())
    faults = [Problem(0, "UNKNOWN_ELEMENT", one.message, one.element) for one in found.strange]
    written = _Writer(found.diagram, faults).file()
    try:
        definition = parse(written.text, places)
    except InvalidDefinition as error:
        faults += [replace(one, line=0, element=written.element_at(one.line)) for one in error.problems]
        raise InvalidDefinition(tuple(faults)) from None
    if faults:
        raise InvalidDefinition(tuple(faults))
    return definition


@dataclass(frozen=True)
class Written:
    """A definition file, and for each element the line (1-based) at which what it says begins."""

    text: str
    begins: tuple[tuple[int, str], ...]

    def element_at(self, line: int) -> str:
        """The element that says what is on a line."""
        return [element for begin, element in self.begins if begin <= line][-1]


@dataclass
class _Writer:
    """Reads the ways of a diagram back as `next`, `split`, `join` and `end`, and notes what they cannot be."""

    diagram: Diagram
    faults: list[Problem]
    codes: dict[str, str] = field(default_factory=dict[str, str])

    def file(self) -> Written:
        """The definition file that the diagram says."""
        tasks = [node for node in self.diagram.nodes if node.kind is Kind.TASK]
        said = {node.id: self._said(node.id, node.said) for node in tasks}
        self.codes = {id: str(one.get("code") or id) for id, one in said.items()}
        head = {**self._said(self.diagram.id, self.diagram.said), "start": self._start()}
        text = yaml_text(_named(head, self.diagram.name)) + "steps:\n"
        begins = [(1, self.diagram.id)]
        for node in tasks:
            begins.append((text.count("\n") + 1, node.id))
            step = {"code": self.codes[node.id], **_named(said[node.id], node.name), **self._ways(node)}
            text += yaml_text([step])
        self._gateways()
        return Written(text, tuple(begins))

    def _fault(self, element: str, message: str) -> None:
        self.faults.append(Problem(0, "UNKNOWN_FLOW", message, element))

    def _said(self, element: str, text: str) -> dict[str, Any]:
        """What an extension says, without what the drawing says; references would let a small text say endlessly much."""
        try:
            if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
                raise yaml.YAMLError("references (*name) are not read here")
            said: object = yaml.safe_load(text) or {}
        except (yaml.YAMLError, ValueError) as error:
            self.faults.append(Problem(0, "NOT_YAML", f"what it says is not YAML: {error}", element))
            return {}
        if not isinstance(said, dict):
            self.faults.append(Problem(0, "NOT_A_MAPPING", "what it says must be a mapping", element))
            return {}
        return {
            key: one
            for key, one in cast(dict[str, Any], said).items()
            if key not in (*DRAWN, "steps", "start")
        }

    def _start(self) -> str:
        starts = [node for node in self.diagram.nodes if node.kind is Kind.START]
        tasks = [one for node in starts for one in self.diagram.ahead[node.id] if one in self.codes]
        if len(starts) != 1 or len(tasks) != 1:
            self._fault(self.diagram.id, "one start event is needed, with one way, to the first step")
        return self.codes[tasks[0]] if tasks else "-"

    def _ways(self, task: Node) -> dict[str, Any]:
        """`next`, `split`, `join` and `end` of a step."""
        ways: dict[str, Any] = {}
        following = self.diagram.ahead[task.id]
        if len(following) > 1:
            self._fault(
                task.id, "more than one way leaves it: put a gateway after it that says which are taken"
            )
        only = self.diagram.by_id[following[0]] if len(following) == 1 else None
        if only and only.kind is Kind.END:
            ways["end"] = True
        elif only and only.kind is Kind.PARALLEL and not self._joins(only.id):
            ways["split"] = [self.codes[one] for one in self._heads(only.id)]
        else:
            ways["next"] = list(dict.fromkeys(self.codes[one] for one in self._reached(task.id, frozenset())))
        for gateway in self.diagram.behind[task.id]:
            if self.diagram.by_id[gateway].kind is Kind.PARALLEL and self._joins(gateway):
                ways |= self._joined(gateway)
        return {key: value for key, value in ways.items() if value}

    def _joins(self, gateway: str) -> bool:
        return len(self.diagram.behind[gateway]) > 1

    def _heads(self, gateway: str) -> Iterator[str]:
        """The first step of each branch."""
        for one in self.diagram.ahead[gateway]:
            if one in self.codes:
                yield one
            else:
                self._fault(gateway, f"a branch begins with a step, not with {one!r}")

    def _reached(self, node: str, seen: frozenset[str]) -> Iterator[str]:
        """The steps that a choice leads to; a gateway that joins stands for the step behind it."""
        for one in self.diagram.ahead[node]:
            kind = self.diagram.by_id[one].kind
            if one in self.codes:
                yield one
            elif kind is Kind.EXCLUSIVE and one not in seen:
                yield from self._reached(one, seen | {one})
            elif kind is Kind.PARALLEL and self._joins(one):
                yield from (after for after in self.diagram.ahead[one] if after in self.codes)
            else:
                self._fault(one, f"a step must stand between {node!r} and it")

    def _joined(self, gateway: str) -> dict[str, str]:
        """The innermost split all of whose branches come to this gateway, and nothing else does."""
        forward = {node: frozenset(after) for node, after in self.diagram.ahead.items()}
        found: list[tuple[int, str]] = []
        for split in self.diagram.nodes:
            tasks = [one for one in self.diagram.behind[split.id] if one in self.codes]
            if split.kind is not Kind.PARALLEL or self._joins(split.id) or len(tasks) != 1:
                continue
            within = [reachable(forward, [head], without=[gateway, split.id]) for head in forward[split.id]]
            every = frozenset[str]().union(*within)
            came = frozenset(self.diagram.behind[gateway])
            if came <= every and all(came & steps for steps in within):
                found.append((len(every), tasks[0]))
        if not found:
            self._fault(gateway, "no gateway opens the branches that it joins")
            return {}
        return {"join": self.codes[min(found)[1]]}

    def _gateways(self) -> None:
        """A gateway either divides or brings together; one that joins leads to one step."""
        for node in self.diagram.nodes:
            before, after = self.diagram.behind[node.id], self.diagram.ahead[node.id]
            if node.kind not in GATEWAYS:
                continue
            if not before or not after or (node.kind is Kind.PARALLEL and len(before) > 1 and len(after) > 1):
                self._fault(node.id, "a gateway has one way in and several out, or several in and one out")
            elif node.kind is Kind.PARALLEL and len(before) > 1 and not self.codes.keys() & set(after):
                self._fault(node.id, "where branches join a step follows")


def _named(said: Mapping[str, Any], name: str) -> dict[str, Any]:
    """What is said, with the Chinese name that the drawing shows."""
    known = said.get("name")
    english = cast(dict[str, Any], known) if isinstance(known, dict) else {}
    return {**said, "name": {"zh": name, **{key: one for key, one in english.items() if key != "zh"}}}
