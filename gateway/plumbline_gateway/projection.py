"""The answer a client asked for, out of everything that was fetched: its fields, order, types and null rules."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    is_abstract_type,
    is_composite_type,
)

from plumbline_gateway.conditions import included
from plumbline_gateway.operation import Operation
from plumbline_gateway.schema import ConsumerSchema
from plumbline_gateway.values import is_list, is_object

Trail = tuple[Any, str | int] | None
Complete = Callable[[Any, Trail, "list[Violation]"], Any]


class Violation(Exception):
    """A value that its type does not allow; it nulls the nearest nullable field around it."""

    def __init__(self, trail: Trail, message: str) -> None:
        super().__init__(message)
        self.message = message
        self.trail = trail

    @property
    def path(self) -> list[str | int]:
        """From the root of the answer."""
        path: list[str | int] = []
        trail = self.trail
        while trail is not None:
            trail, key = trail
            path.append(key)
        return path[::-1]


class Field:
    """One response key of one object type. `complete` is None for a scalar, which is taken as it is."""

    __slots__ = ("complete", "key", "label", "required", "typename")

    def __init__(
        self, key: str, label: str, required: bool, complete: Complete | None, typename: bool
    ) -> None:
        self.key = key
        self.label = label
        self.required = required
        self.complete = complete
        self.typename = typename


class Projection:
    """Of one operation, for one choice of its `@include` and `@skip` variables."""

    def __init__(self, consumer: ConsumerSchema, operation: Operation, variables: Mapping[str, Any]) -> None:
        root = consumer.schema.get_root_type(operation.kind)
        if root is None:
            raise ValueError(f"the schema has no {operation.kind.value}")
        self.consumer = consumer
        self.operation = operation
        self.choice = {name: variables.get(name) for name in operation.conditions}
        self._root = Selection(self, root.name, [operation.definition.selection_set])

    def project(self, data: dict[str, Any]) -> tuple[dict[str, Any] | None, list[Violation]]:
        """The `data` of the answer, and what broke its types."""
        violations: list[Violation] = []
        try:
            return self._root.complete(data, None, violations), violations
        except Violation as violation:
            return None, [*violations, violation]


class Selection:
    """The selection sets that one field has on one type; the fields per concrete type are found when first met."""

    __slots__ = ("_fields", "_parent", "_projection", "_sets", "_static")

    def __init__(self, projection: Projection, parent: str, sets: Sequence[SelectionSetNode]) -> None:
        abstract = is_abstract_type(projection.consumer.schema.type_map[parent])
        self._projection = projection
        self._static = None if abstract else parent
        self._parent = parent
        self._sets = sets
        self._fields: dict[str, tuple[Field, ...] | None] = {}

    def complete(self, value: Any, trail: Trail, violations: list[Violation]) -> Any:
        """One object. Raises Violation when a required field of it is null."""
        if not is_object(value):
            raise Violation(trail, "a subgraph gave something else than an object")
        # A plan leaves the type out where the interface's own fields are all that is asked for.
        typename = self._static or value.get("__typename") or self._parent
        fields = self._fields.get(typename) or self._collect(typename)
        if fields is None:
            return None
        answer: dict[str, Any] = {}
        for field in fields:
            key = field.key
            found = value.get(key)
            if found is None:
                if field.typename:
                    found = typename
                elif field.required:
                    raise Violation((trail, key), f"Cannot return null for non-nullable field {field.label}.")
            elif field.complete is not None:
                found = _complete(field, found, (trail, key), violations)
            answer[key] = found
        return answer

    def _collect(self, typename: Any) -> tuple[Field, ...] | None:
        """None for a type that clients cannot see: the object is hidden as a whole."""
        if typename not in self._fields:
            kind = self._projection.consumer.schema.type_map.get(typename)
            known = isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
            self._fields[typename] = self._compile(kind) if known else None
        return self._fields[typename]

    def _compile(self, kind: GraphQLObjectType | GraphQLInterfaceType) -> tuple[Field, ...]:
        grouped: dict[str, list[FieldNode]] = {}
        for one in self._sets:
            self._group(one.selections, kind.name, grouped, set())
        return tuple(self._field(kind, key, nodes) for key, nodes in grouped.items())

    def _group(
        self,
        selections: Sequence[SelectionNode],
        typename: str,
        into: dict[str, list[FieldNode]],
        seen: set[str],
    ) -> None:
        projection = self._projection
        for one in selections:
            if not included(one.directives, projection.choice):
                continue
            if isinstance(one, FieldNode):
                into.setdefault((one.alias or one.name).value, []).append(one)
                continue
            if isinstance(one, FragmentSpreadNode):
                if one.name.value in seen:
                    continue
                seen.add(one.name.value)
                one = projection.operation.fragments[one.name.value]
            assert isinstance(one, FragmentDefinitionNode | InlineFragmentNode)  # noqa: S101  there is no fourth kind
            condition = one.type_condition
            if condition is None or projection.consumer.satisfies(typename, condition.name.value):
                self._group(one.selection_set.selections, typename, into, seen)

    def _field(
        self, kind: GraphQLObjectType | GraphQLInterfaceType, key: str, nodes: Sequence[FieldNode]
    ) -> Field:
        name = nodes[0].name.value
        if name == "__typename":
            return Field(key, "__typename", False, None, True)
        if name.startswith("__"):
            return Field(key, name, False, None, False)
        declared, required = _nullable(kind.fields[name].type)
        sets = [node.selection_set for node in nodes if node.selection_set]
        complete = self._completer(declared, sets)
        return Field(key, f"{kind.name}.{name}", required, complete, False)

    def _completer(self, kind: Any, sets: Sequence[SelectionSetNode]) -> Complete | None:
        if isinstance(kind, GraphQLList):
            inner, required = _nullable(cast(Any, kind).of_type)
            return _list_completer(self._completer(inner, sets), required)
        if is_composite_type(kind):
            return Selection(self._projection, kind.name, sets).complete
        if isinstance(kind, GraphQLEnumType):
            return _enum_completer(kind)
        return None


def _nullable(kind: Any) -> tuple[Any, bool]:
    if isinstance(kind, GraphQLNonNull):
        return cast(Any, kind).of_type, True
    return kind, False


def _complete(field: Field, value: Any, trail: Trail, violations: list[Violation]) -> Any:
    assert field.complete is not None  # noqa: S101  asked by the caller
    try:
        found = field.complete(value, trail, violations)
    except Violation as violation:
        if field.required:
            raise
        violations.append(violation)
        return None
    if found is None and field.required:
        raise Violation(trail, f"Cannot return null for non-nullable field {field.label}.")
    return found


def _list_completer(complete: Complete | None, required: bool) -> Complete:
    def complete_list(value: Any, trail: Trail, violations: list[Violation]) -> Any:
        if not is_list(value):
            raise Violation(trail, "a subgraph gave something else than a list")
        if complete is None and not required:
            return value
        items: list[Any] = []
        for index, item in enumerate(value):
            try:
                found = (
                    item if item is None or complete is None else complete(item, (trail, index), violations)
                )
                if found is None and required:
                    raise Violation((trail, index), "Cannot return null for a non-nullable list item.")
            except Violation as violation:
                if required:
                    raise
                violations.append(violation)
                found = None
            items.append(found)
        return items

    return complete_list


def _enum_completer(kind: GraphQLEnumType) -> Complete:
    names = frozenset(kind.values)

    def complete_enum(value: Any, trail: Trail, violations: list[Violation]) -> Any:
        if value not in names:
            raise Violation(trail, f'Enum "{kind.name}" cannot represent a value that it does not declare.')
        return value

    return complete_enum
