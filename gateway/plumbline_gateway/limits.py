"""Refuse what is too large before validating it: tokens, depth, aliases, root fields, fields after expansion."""

from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from plumbline_gateway.errors import RequestError
from plumbline_gateway.settings import Limits


@dataclass(frozen=True, slots=True)
class Size:
    """Of one selection with its fragments expanded; every number saturates just above its limit."""

    depth: int = 0
    aliases: int = 0
    fields: int = 0

    def beside(self, other: "Size", cap: int) -> "Size":
        """Both in one selection set."""
        return Size(
            max(self.depth, other.depth),
            min(self.aliases + other.aliases, cap),
            min(self.fields + other.fields, cap),
        )


class Measure:
    """Sizes of the fragments are computed once each, so a pyramid of fragments costs its text, not its expansion."""

    def __init__(self, document: DocumentNode, limits: Limits) -> None:
        self._limits = limits
        self._cap = max(limits.max_fields, limits.max_aliases) + 1
        self._fragments = {
            one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
        }
        self._known: dict[str, Size] = {}
        self._open: set[str] = set()

    def check(self, operation: OperationDefinitionNode) -> int:
        """The cost: the number of fields. Raises RequestError with the limit that is passed."""
        limits, size = self._limits, self._set(operation.selection_set, 0)
        roots = self._roots(operation.selection_set)
        _require(size.depth <= limits.max_depth, "QUERY_TOO_DEEP", "levels", limits.max_depth)
        _require(size.aliases <= limits.max_aliases, "TOO_MANY_ALIASES", "aliases", limits.max_aliases)
        _require(
            roots <= limits.max_root_fields, "TOO_MANY_ROOT_FIELDS", "root fields", limits.max_root_fields
        )
        _require(size.fields <= limits.max_fields, "QUERY_TOO_LARGE", "fields", limits.max_fields)
        return size.fields

    def _roots(self, selections: SelectionSetNode, seen: frozenset[str] = frozenset()) -> int:
        count = 0
        for selection in selections.selections:
            if isinstance(selection, FieldNode):
                count += 1
            elif isinstance(selection, FragmentSpreadNode):
                name = selection.name.value
                fragment = self._fragments.get(name)
                if fragment is not None and name not in seen:
                    count += self._roots(fragment.selection_set, seen | {name})
            elif isinstance(selection, InlineFragmentNode):
                count += self._roots(selection.selection_set, seen)
            if count > self._limits.max_root_fields:
                break
        return count

    def _set(self, selections: SelectionSetNode, nesting: int) -> Size:
        _require(nesting <= 4 * self._limits.max_depth, "QUERY_TOO_DEEP", "levels", self._limits.max_depth)
        size = Size()
        for selection in selections.selections:
            if isinstance(selection, FieldNode):
                found = self._field(selection, nesting)
            elif isinstance(selection, FragmentSpreadNode):
                found = self._fragment(selection.name.value, nesting)
            elif isinstance(selection, InlineFragmentNode):
                found = self._set(selection.selection_set, nesting + 1)
            else:
                continue
            size = size.beside(found, self._cap)
        return size

    def _field(self, field: FieldNode, nesting: int) -> Size:
        below = self._set(field.selection_set, nesting + 1) if field.selection_set else Size()
        named = 1 if field.alias is not None else 0
        return Size(below.depth + 1, min(below.aliases + named, self._cap), min(below.fields + 1, self._cap))

    def _fragment(self, name: str, nesting: int) -> Size:
        fragment = self._fragments.get(name)
        if fragment is None or name in self._open:
            return Size()  # unknown or circular: validation names it
        if name not in self._known:
            self._open.add(name)
            self._known[name] = self._set(fragment.selection_set, nesting + 1)
            self._open.discard(name)
        return self._known[name]


def _require(holds: bool, code: str, what: str, limit: int) -> None:
    if not holds:
        raise RequestError.of(
            code, f"the operation has more than {limit} {what}; ask for less at once", limit=limit
        )
