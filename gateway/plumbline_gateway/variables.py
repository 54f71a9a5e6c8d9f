"""Variables, checked against their types: a short way for the plain ones, graphql-core for all others and errors."""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    GraphQLSchema,
    NamedTypeNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    VariableDefinitionNode,
    get_variable_values,
)

from plumbline_gateway.errors import RequestError

MAX_ERRORS = 20
INT_LIMIT = 2**31
PLAIN: Mapping[str, Callable[[Any], bool]] = {
    "String": lambda value: type(value) is str,
    "ID": lambda value: type(value) is str,
    "Boolean": lambda value: type(value) is bool,
    "Int": lambda value: type(value) is int and -INT_LIMIT <= value < INT_LIMIT,
}


class Variables:
    """Of one operation."""

    def __init__(self, schema: GraphQLSchema, definition: OperationDefinitionNode) -> None:
        self._schema = schema
        self._definitions = definition.variable_definitions or ()
        checks = {one.variable.name.value: _plain(one) for one in self._definitions}
        plain = {name: check for name, check in checks.items() if check is not None}
        self._plain = plain if len(plain) == len(checks) else None

    def read(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """With defaults; what the operation does not declare is left out. Raises RequestError BAD_USER_INPUT."""
        if not self._definitions:
            return {}
        if self._plain is not None and all(
            name in given and check(given[name]) for name, check in self._plain.items()
        ):
            return {name: given[name] for name in self._plain}
        found = get_variable_values(self._schema, self._definitions, dict(given), max_errors=MAX_ERRORS)
        if isinstance(found, list):
            raise RequestError.graphql("BAD_USER_INPUT", found)
        return found.coerced


def _plain(definition: VariableDefinitionNode) -> Callable[[Any], bool] | None:
    kind = definition.type
    named = kind.type if isinstance(kind, NonNullTypeNode) else kind
    return PLAIN.get(named.name.value) if isinstance(named, NamedTypeNode) else None
