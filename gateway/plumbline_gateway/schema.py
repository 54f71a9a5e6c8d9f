"""What a supergraph file says: the schema that clients see, where subgraphs are, which types stand for which."""

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import (
    DefinitionNode,
    DirectiveDefinitionNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    StringValueNode,
    TypeDefinitionNode,
    Visitor,
    assert_valid_schema,
    build_ast_schema,
    is_abstract_type,
    is_object_type,
    parse,
    specified_directives,
    specified_scalar_types,
    visit,
)
from graphql.language.ast import ConstDirectiveNode

from plumbline_gateway.planner import BadSupergraph


@dataclass(frozen=True)
class ConsumerSchema:
    """`possible` maps a type to the names of all object types that it stands for, itself included."""

    schema: GraphQLSchema
    possible: Mapping[str, frozenset[str]]

    def satisfies(self, typename: str, condition: str) -> bool:
        """Whether an object of `typename` is a `condition`."""
        return typename == condition or typename in self.possible.get(condition, ())


def read_consumer_schema(sdl: str) -> ConsumerSchema:
    """The planner's consumer schema, checked. Raises BadSupergraph."""
    try:
        schema = build_ast_schema(_without_builtins(parse(sdl, no_location=True)))
        assert_valid_schema(schema)
    except (GraphQLError, TypeError) as error:
        raise BadSupergraph(f"the consumer schema is not valid: {error}") from error
    return ConsumerSchema(schema, _possible_types(schema))


def read_subgraph_urls(sdl: str) -> dict[str, str]:
    """`{name: url}` from `enum join__Graph`. Raises BadSupergraph."""
    try:
        document = parse(sdl, no_location=True)
    except GraphQLError as error:
        raise BadSupergraph(error.message) from error
    urls = dict(_graphs(document))
    if not urls:
        raise BadSupergraph("no enum join__Graph: this is not a federation v2 supergraph")
    return urls


def _without_builtins(document: DocumentNode) -> DocumentNode:
    """The planner writes out what every GraphQL schema has anyway; graphql-core brings its own."""
    kept = [one for one in document.definitions if not _is_builtin(one)]
    return visit(DocumentNode(definitions=tuple(kept)), _IntrospectionFields())


def _is_builtin(definition: DefinitionNode) -> bool:
    if not isinstance(definition, TypeDefinitionNode | DirectiveDefinitionNode):
        return False
    name = definition.name.value
    if isinstance(definition, DirectiveDefinitionNode):
        return name in {one.name for one in specified_directives}
    return name.startswith("__") or name in specified_scalar_types


class _IntrospectionFields(Visitor):
    def enter_field_definition(self, node: FieldDefinitionNode, *_: object) -> object:
        return self.REMOVE if node.name.value.startswith("__") else None


def _graphs(document: DocumentNode) -> list[tuple[str, str]]:
    return [
        _graph(directive)
        for definition in document.definitions
        if isinstance(definition, EnumTypeDefinitionNode) and definition.name.value == "join__Graph"
        for value in definition.values or ()
        for directive in value.directives or ()
        if directive.name.value == "join__graph"
    ]


def _graph(directive: ConstDirectiveNode) -> tuple[str, str]:
    given = {
        argument.name.value: argument.value.value
        for argument in directive.arguments or ()
        if isinstance(argument.value, StringValueNode)
    }
    return given.get("name", ""), given.get("url", "")


def _possible_types(schema: GraphQLSchema) -> dict[str, frozenset[str]]:
    possible: dict[str, frozenset[str]] = {}
    for name, kind in schema.type_map.items():
        if is_abstract_type(kind):
            possible[name] = frozenset({name, *(one.name for one in schema.get_possible_types(kind))})
        elif is_object_type(kind):
            possible[name] = frozenset({name})
    return possible
