"""Where a plan step works inside the data fetched so far."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from plumbline_gateway.values import is_list, is_object

Location = tuple[str | int, ...]
Target = tuple[dict[str, Any], Location]
Satisfies = Callable[[str, str], bool]


class FlattenPath:
    """A plan's path such as `products @ reviews @ product|[Book]`, ready to be walked."""

    def __init__(self, segments: Sequence[Any], satisfies: Satisfies) -> None:
        self._segments = [_read(segment) for segment in segments]
        self._satisfies = satisfies

    @property
    def prefix(self) -> Location:
        """The response keys before the first list: where an error belongs that concerns all targets."""
        keys: list[str] = []
        for kind, value in self._segments:
            if kind == "list":
                break
            if kind == "field":
                keys.append(value)
        return tuple(keys)

    def targets(self, data: Any) -> list[Target]:
        """Every object at this path with its place in the answer."""
        found: list[Target] = []
        self._walk(data, 0, (), found)
        return found

    def _walk(self, data: Any, depth: int, at: Location, found: list[Target]) -> None:
        if is_list(data):
            step = 1 if depth < len(self._segments) and self._segments[depth][0] == "list" else 0
            for index, item in enumerate(data):
                self._walk(item, depth + step, (*at, index), found)
            return
        if not is_object(data):
            return
        if depth == len(self._segments):
            found.append((data, at))
            return
        kind, value = self._segments[depth]
        if kind == "field":
            self._walk(data.get(value), depth + 1, (*at, value), found)
        elif kind == "type" and self._is_one_of(data, value):
            self._walk(data, depth + 1, at, found)

    def _is_one_of(self, data: Mapping[str, Any], conditions: Sequence[str]) -> bool:
        typename = data.get("__typename")
        return typename is None or any(self._satisfies(typename, condition) for condition in conditions)


def _read(segment: Any) -> tuple[str, Any]:
    if segment == "@":
        return "list", None
    if "Field" in segment:
        return "field", segment["Field"]
    return "type", segment["TypeCondition"]
