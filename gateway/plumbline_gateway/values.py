"""JSON values of unknown shape: the checks that tell the type checker, too, what they are."""

from typing import Any, TypeGuard

JsonObject = dict[str, Any]
JsonList = list[Any]


def is_object(value: object) -> TypeGuard[JsonObject]:
    """As `orjson` makes it: exactly a dict."""
    return type(value) is dict


def is_list(value: object) -> TypeGuard[JsonList]:
    """As `orjson` makes it: exactly a list."""
    return type(value) is list
