"""`__schema` and `__type`, answered here from the consumer schema: no subgraph is asked."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    execute_sync,  # pyright: ignore[reportUnknownVariableType]  its middleware is not typed
)

from plumbline_gateway.conditions import included
from plumbline_gateway.operation import INTROSPECTION, Operation
from plumbline_gateway.schema import ConsumerSchema


def introspect(
    consumer: ConsumerSchema, operation: Operation, variables: Mapping[str, Any]
) -> ExecutionResult:
    """The introspection fields of `operation`, by response key."""
    nodes = tuple(_introspection_fields(operation, operation.definition.selection_set, variables))
    if not nodes:
        return ExecutionResult(data={})
    only = OperationDefinitionNode(
        operation=OperationType.QUERY,
        variable_definitions=operation.definition.variable_definitions,
        directives=(),
        selection_set=SelectionSetNode(selections=nodes),
    )
    document = DocumentNode(definitions=(only, *operation.fragments.values()))
    return execute_sync(consumer.schema, document, variable_values=dict(variables))


def _introspection_fields(
    operation: Operation, selections: SelectionSetNode, variables: Mapping[str, Any]
) -> Iterator[FieldNode]:
    for one in selections.selections:
        if not included(one.directives, variables):
            continue
        if isinstance(one, FieldNode):
            if one.name.value in INTROSPECTION:
                yield one
            continue
        below = operation.fragments[one.name.value] if isinstance(one, FragmentSpreadNode) else one
        if isinstance(below, FragmentDefinitionNode | InlineFragmentNode):
            yield from _introspection_fields(operation, below.selection_set, variables)
