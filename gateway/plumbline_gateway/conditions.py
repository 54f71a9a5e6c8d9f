"""`@include` and `@skip`: their variables decide the shape of an answer, so a projection is compiled per choice."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphql import BooleanValueNode, DirectiveNode, DocumentNode, VariableNode, Visitor, visit


def condition_variables(document: DocumentNode) -> tuple[str, ...]:
    """The names of the variables that `@include` and `@skip` look at, each once."""
    collector = _Collector()
    visit(document, collector)
    return tuple(sorted(collector.names))


def included(directives: Sequence[DirectiveNode] | None, variables: Mapping[str, Any]) -> bool:
    """Whether a selection with these directives takes part."""
    for directive in directives or ():
        name = directive.name.value
        if name in ("include", "skip") and _condition(directive, variables) is (name == "skip"):
            return False
    return True


def _condition(directive: DirectiveNode, variables: Mapping[str, Any]) -> bool:
    value = next(argument.value for argument in directive.arguments or ())
    if isinstance(value, VariableNode):
        return bool(variables.get(value.name.value))
    return isinstance(value, BooleanValueNode) and value.value


class _Collector(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_directive(self, node: DirectiveNode, *_: object) -> None:
        if node.name.value in ("include", "skip") and node.arguments:
            value = node.arguments[0].value
            if isinstance(value, VariableNode):
                self.names.add(value.name.value)
