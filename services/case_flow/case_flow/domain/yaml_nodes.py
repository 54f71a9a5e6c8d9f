"""YAML text as nodes that remember their line, so that every fault can name it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from case_flow.domain.errors import InvalidDefinition, Problem


@dataclass
class Faults:
    """Collects faults instead of stopping at the first."""

    found: list[Problem] = field(default_factory=list[Problem])

    def add(self, line: int, code: str, message: str) -> None:
        self.found.append(Problem(line, code, message))

    def raise_if_any(self) -> None:
        if self.found:
            raise InvalidDefinition(tuple(sorted(self.found, key=lambda one: (one.line, one.code))))


@dataclass(frozen=True)
class Node:
    """A value with its place in the file."""

    raw: yaml.Node | None
    line: int
    faults: Faults
    name: str = "file"

    def fault(self, code: str, message: str) -> None:
        self.faults.add(self.line, code, message)

    def get(self, key: str) -> "Node":
        """The child `key`; an absent one keeps the parent's line."""
        for name, child in self.pairs():
            if name == key:
                return child
        return Node(None, self.line, self.faults, key)

    def pairs(self) -> Iterator[tuple[str, "Node"]]:
        if not isinstance(self.raw, yaml.MappingNode):
            return
        for key, value in self.raw.value:
            name = str(key.value)
            yield name, Node(value, key.start_mark.line + 1, self.faults, name)

    def items(self) -> list["Node"]:
        """The elements of a list; a single value counts as a list of one."""
        if self.raw is None:
            return []
        if not isinstance(self.raw, yaml.SequenceNode):
            return [self]
        return [Node(one, one.start_mark.line + 1, self.faults, self.name) for one in self.raw.value]

    def only(self, *allowed: str) -> None:
        """Report every key that the schema does not know: a typo must not be silently ignored."""
        seen: set[str] = set()
        for name, child in self.pairs():
            if name not in allowed:
                child.fault("UNKNOWN_KEY", f"unknown key {name!r}; known here: {', '.join(allowed)}")
            if name in seen:
                child.fault("DUPLICATE_KEY", f"{name!r} is given twice")
            seen.add(name)

    def text(self, default: str | None = None) -> str:
        """A scalar as text; without a default it must be there."""
        if isinstance(self.raw, yaml.ScalarNode) and self.raw.value != "":
            return str(self.raw.value)
        if default is None or self.raw is not None:
            self.fault("MISSING", f"{self.name!r} is needed, as text")
        return default or ""

    def texts(self) -> tuple[str, ...]:
        return tuple(one.text() for one in self.items())

    def integer(self, default: int | None = None, *, least: int = 0) -> int:
        """A whole number of at least `least`."""
        text = self.text("" if default is None else str(default)) if self.raw or default is not None else ""
        if text.lstrip("-").isdigit() and int(text) >= least:
            return int(text)
        self.fault("NOT_A_NUMBER", f"{self.name!r} must be a whole number of at least {least}")
        return least

    def flag(self) -> bool:
        """true or false; absent is false."""
        text = self.text("false")
        if text not in ("true", "false"):
            self.fault("NOT_A_FLAG", f"{self.name!r} must be true or false")
        return text == "true"


def read(text: str) -> Node:
    """Parse YAML into a node. Raises InvalidDefinition for text that is not YAML or not a mapping."""
    faults = Faults()
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        faults.add(mark.line + 1 if mark else 1, "NOT_YAML", f"not YAML: {error.problem}")
        root = None
    except yaml.YAMLError as error:
        faults.add(1, "NOT_YAML", f"not YAML: {type(error).__name__}")
        root = None
    faults.raise_if_any()
    if not isinstance(root, yaml.MappingNode):
        faults.add(1, "NOT_A_MAPPING", "the file must be a mapping that begins with `item:`")
    faults.raise_if_any()
    return Node(root, 1, faults)
