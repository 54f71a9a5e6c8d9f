"""What a subgraph needs to know an entity again: its type, its key, and the fields that it requires."""

from collections.abc import Sequence
from typing import Any

import orjson

from plumbline_gateway.paths import Satisfies, Target
from plumbline_gateway.rewrites import Rewrite
from plumbline_gateway.values import is_list, is_object

Requirement = tuple[str, str, "Requires | None"]

BARE: list[Requirement] = []  # the type alone is the whole key


class Requires:
    """A `requires` selection. The fields are found once for each concrete type."""

    def __init__(self, selections: Sequence[dict[str, Any]], satisfies: Satisfies) -> None:
        self._selections = selections
        self._satisfies = satisfies
        self._known: dict[str | None, list[Requirement]] = {}
        self._bare = len(selections) == 1 and selections[0].get("name") == "__typename"

    def project(self, entity: dict[str, Any]) -> dict[str, Any] | None:
        """The representation, or None where nothing but the type is known of the entity."""
        typename = entity.get("__typename")
        fields = self._known.get(typename)
        if fields is None:
            fields = self._known[typename] = self._collect(self._selections, typename)
        found = {} if typename is None else {"__typename": typename}
        bare = len(found)
        for name, key, below in fields:
            if name in entity:
                value = entity[name]
                found[key] = value if below is None else _project_value(value, below)
            elif key in entity:
                found[key] = entity[key] if below is None else _project_value(entity[key], below)
        return found if len(found) > bare or fields is BARE or self._bare else None

    def _collect(self, selections: Sequence[dict[str, Any]], typename: str | None) -> list[Requirement]:
        fields: list[Requirement] = []
        for one in selections:
            if one["kind"] == "Field":
                if one["name"] != "__typename":
                    fields.append(self._field(one))
            elif self._applies(typename, one["typeCondition"]):
                below = self._collect(one["selections"], typename)
                if below is BARE or [field["name"] for field in one["selections"] if "name" in field] == [
                    "__typename"
                ]:
                    return BARE
                fields += below
        return fields

    def _field(self, one: dict[str, Any]) -> Requirement:
        below = one.get("selections")
        requires = Requires(below, self._satisfies) if below else None
        return one["name"], one.get("alias") or one["name"], requires

    def _applies(self, typename: str | None, condition: str) -> bool:
        return (
            typename is None or self._satisfies(typename, condition) or self._satisfies(condition, typename)
        )


def _project_value(value: Any, requires: Requires) -> Any:
    if is_list(value):
        return [_project_value(item, requires) for item in value]
    if is_object(value):
        return requires.project(value)
    return value


class Batch:
    """The representations of one fetch, each once, with every place in the data that waits for it."""

    def __init__(self) -> None:
        self._index: dict[bytes, int] = {}
        self.waiting: list[list[Target]] = []

    def __len__(self) -> int:
        return len(self.waiting)

    def add(self, targets: Sequence[Target], requires: Requires, rewrites: Sequence[Rewrite]) -> None:
        """Collect the entities at `targets`."""
        for target in targets:
            found = requires.project(target[0])
            if found is None:
                continue
            for rewrite in rewrites:
                rewrite(found)
            self._put(orjson.dumps(found), target)

    def _put(self, representation: bytes, target: Target) -> None:
        number = self._index.setdefault(representation, len(self.waiting))
        if number == len(self.waiting):
            self.waiting.append([target])
        else:
            self.waiting[number].append(target)

    def json(self) -> bytes:
        """The list for the `representations` variable."""
        return b"[" + b",".join(self._index) + b"]"
