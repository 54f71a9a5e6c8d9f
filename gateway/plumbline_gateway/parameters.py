"""A GraphQL request out of a JSON body, a query string or a WebSocket message."""

from typing import Any
from urllib.parse import parse_qs

import orjson

from plumbline_gateway.errors import RequestError
from plumbline_gateway.gateway import Request
from plumbline_gateway.values import is_list, is_object

BAD = "BAD_REQUEST"


def from_json(raw: bytes | str) -> Request:
    """Raises RequestError for anything but one JSON object with a `query`."""
    try:
        given = orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise RequestError.of(BAD, "the body is not JSON") from None
    return from_object(given)


def from_object(given: Any) -> Request:
    """Raises RequestError that names the parameter that is wrong."""
    if is_list(given):
        raise RequestError.of(BAD, "batches are not taken: send one operation in one request")
    if not is_object(given):
        raise RequestError.of(BAD, "the body is not a JSON object")
    query, name = given.get("query"), given.get("operationName")
    variables, extensions = given.get("variables"), given.get("extensions")
    if type(query) is not str:
        raise RequestError.of(BAD, "query is missing or not a string")
    if name is not None and type(name) is not str:
        raise RequestError.of(BAD, "operationName is not a string")
    if variables is not None and not is_object(variables):
        raise RequestError.of(BAD, "variables is not an object")
    if extensions is not None and not is_object(extensions):
        raise RequestError.of(BAD, "extensions is not an object")
    return Request(query, name or None, variables or {})


def from_query_string(raw: bytes) -> Request:
    """`query`, `operationName`, and `variables` and `extensions` as JSON. Raises RequestError."""
    try:
        found = parse_qs(raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=10)
    except ValueError:
        raise RequestError.of(BAD, "the query string cannot be read") from None
    given: dict[str, Any] = {name: values[-1] for name, values in found.items()}
    for name in ("variables", "extensions"):
        if given.get(name):
            given[name] = _json(name, given[name])
        else:
            given.pop(name, None)
    return from_object(given)


def _json(name: str, text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise RequestError.of(BAD, f"{name} is not JSON") from None
