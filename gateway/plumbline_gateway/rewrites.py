"""Small changes that a plan asks for: set a value before a fetch, rename a key after it."""

from collections.abc import Callable, Sequence
from typing import Any

from plumbline_gateway.paths import Satisfies
from plumbline_gateway.values import is_list, is_object

Rewrite = Callable[[Any], None]


def compile_rewrites(rewrites: Sequence[dict[str, Any]] | None, satisfies: Satisfies) -> list[Rewrite]:
    """One function for each rewrite of the plan; each changes the value in place."""
    return [_compile(rewrite, satisfies) for rewrite in rewrites or ()]


def _compile(rewrite: dict[str, Any], satisfies: Satisfies) -> Rewrite:
    if "KeyRenamer" in rewrite:
        renamer = rewrite["KeyRenamer"]
        return _Walk(renamer["path"], _rename(renamer["renameKeyTo"]), satisfies)
    setter = rewrite.get("ValueSetter", rewrite)
    return _Walk(setter["path"], _set(setter["setValueTo"]), satisfies)


def _rename(new: str) -> Callable[[dict[str, Any], str], None]:
    def change(parent: dict[str, Any], key: str) -> None:
        parent[new] = parent.pop(key)

    return change


def _set(value: str) -> Callable[[dict[str, Any], str], None]:
    def change(parent: dict[str, Any], key: str) -> None:
        parent[key] = value

    return change


class _Walk:
    """Calls `change(parent, key)` at the end of the path, for every object on the way."""

    def __init__(
        self,
        path: Sequence[dict[str, Any]],
        change: Callable[[dict[str, Any], str], None],
        satisfies: Satisfies,
    ) -> None:
        self._path = path
        self._change = change
        self._satisfies = satisfies

    def __call__(self, value: Any) -> None:
        self._at(value, 0)

    def _at(self, value: Any, depth: int) -> None:
        if is_list(value):
            for item in value:
                self._at(item, depth)
        elif is_object(value) and depth < len(self._path):
            segment = self._path[depth]
            if "TypenameEquals" in segment:
                if self._matches(value, segment["TypenameEquals"]):
                    self._at(value, depth + 1)
            elif segment["Key"] in value:
                self._key(value, segment["Key"], depth)

    def _key(self, value: dict[str, Any], key: str, depth: int) -> None:
        if depth == len(self._path) - 1:
            self._change(value, key)
        else:
            self._at(value[key], depth + 1)

    def _matches(self, value: dict[str, Any], conditions: Sequence[str]) -> bool:
        typename = value.get("__typename")
        return typename is None or any(self._satisfies(typename, condition) for condition in conditions)
