"""One operation of a client, ready to run: parsed, measured, validated. Kept in bounded caches."""

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    Visitor,
    get_operation_ast,
    parse,
    print_ast,
    strip_ignored_characters,
    validate,
    visit,
)
from graphql.language import NameNode

from plumbline_gateway.conditions import condition_variables
from plumbline_gateway.errors import RequestError
from plumbline_gateway.limits import Measure
from plumbline_gateway.schema import ConsumerSchema
from plumbline_gateway.settings import Limits

INTROSPECTION = frozenset({"__schema", "__type"})
MAX_ERRORS = 20


@dataclass(frozen=True, eq=False)
class Operation:
    """`planned` is what the planner sees, without introspection; None when nothing else is asked for."""

    document: DocumentNode
    definition: OperationDefinitionNode
    planned: str | None
    cost: int
    introspects: bool
    conditions: tuple[str, ...]
    fragments: Mapping[str, FragmentDefinitionNode]

    @property
    def kind(self) -> OperationType:
        return self.definition.operation

    @property
    def name(self) -> str | None:
        return self.definition.name.value if self.definition.name else None


def read_operation(query: str, name: str | None, consumer: ConsumerSchema, limits: Limits) -> Operation:
    """Parse, measure and validate. Raises RequestError with everything that is wrong."""
    document = _parse(query, limits)
    definition = get_operation_ast(document, name)
    if definition is None:
        raise RequestError.of("OPERATION_RESOLUTION_FAILURE", _which(document, name))
    cost = Measure(document, limits).check(definition)
    errors = validate(consumer.schema, document, max_errors=MAX_ERRORS)
    if errors:
        raise RequestError.graphql("GRAPHQL_VALIDATION_FAILED", errors)
    fragments = {
        one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
    }
    remover = _Remover()
    planned = visit(document, remover)
    return Operation(
        document=document,
        definition=definition,
        planned=_planned(planned, definition),
        cost=cost,
        introspects=remover.found,
        conditions=condition_variables(document),
        fragments=fragments,
    )


def _parse(query: str, limits: Limits) -> DocumentNode:
    try:
        return parse(query, max_tokens=limits.max_tokens)
    except GraphQLError as error:
        if "tokens" in error.message:
            raise RequestError.of(
                "TOO_MANY_TOKENS",
                f"the document has more than {limits.max_tokens} tokens",
                limit=limits.max_tokens,
            ) from None
        if "nested too deeply" in error.message:
            raise RequestError.of("QUERY_TOO_DEEP", "the document is nested too deeply to be read") from None
        raise RequestError.graphql("GRAPHQL_PARSE_FAILED", [error]) from None


def _which(document: DocumentNode, name: str | None) -> str:
    if name is not None:
        return f'the document has no operation "{name}"'
    if any(isinstance(one, OperationDefinitionNode) for one in document.definitions):
        return "the document has several operations: name one in operationName"
    return "the document has no operation"


class _Remover(Visitor):
    """Takes `__schema` and `__type` out: the gateway answers them itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found = False

    def enter_field(self, node: FieldNode, *_: object) -> object:
        if node.name.value in INTROSPECTION:
            self.found = True
            return self.REMOVE
        return None

    def leave_selection_set(self, node: SelectionSetNode, *_: object) -> SelectionSetNode | None:
        if node.selections:
            return None
        return SelectionSetNode(selections=(FieldNode(name=NameNode(value="__typename")),))


def _planned(document: DocumentNode, definition: OperationDefinitionNode) -> str | None:
    wanted = definition.name.value if definition.name else None
    rest = get_operation_ast(document, wanted)
    if rest is None or _only_typename(rest.selection_set):
        return None
    kept = [
        one for one in document.definitions if one is rest or not isinstance(one, OperationDefinitionNode)
    ]
    return strip_ignored_characters(print_ast(DocumentNode(definitions=tuple(kept))))


def _only_typename(selections: SelectionSetNode) -> bool:
    return all(isinstance(one, FieldNode) and one.name.value == "__typename" for one in selections.selections)
