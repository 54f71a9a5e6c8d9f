"""Join what subgraphs know of the same object."""

from typing import Any

from plumbline_gateway.values import is_list, is_object


def merge(into: dict[str, Any], found: dict[str, Any]) -> None:
    """Deep and in place. A null never hides what another subgraph knows already."""
    for key, value in found.items():
        known = into.get(key)
        if known is None:
            into[key] = value
        elif is_object(value) and is_object(known):
            merge(known, value)
        elif is_list(value) and is_list(known):
            _merge_lists(known, value)
        elif value is not None:
            into[key] = value


def copy(value: Any) -> Any:
    """Containers of JSON data, new; leaves shared."""
    if is_object(value):
        return {key: copy(item) for key, item in value.items()}
    if is_list(value):
        return [copy(item) for item in value]
    return value


def _merge_lists(into: list[Any], found: list[Any]) -> None:
    if len(into) != len(found):
        into[:] = found
        return
    for index, value in enumerate(found):
        known = into[index]
        if is_object(value) and is_object(known):
            merge(known, value)
        elif is_list(value) and is_list(known):
            _merge_lists(known, value)
        elif value is not None:
            into[index] = value
