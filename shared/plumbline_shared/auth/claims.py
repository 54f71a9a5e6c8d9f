"""What a verified token says, and nothing of the token itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, cast, get_args

import orjson

CallerKind = Literal["person", "client", "anonymous"]
NEVER = datetime.max.replace(tzinfo=UTC)


def _none() -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True)
class Claims:
    """`sub` is the person id or the client id; `kind` says which; `bureau` is the tenant, if the token has one."""

    sub: str
    bureau: str | None
    kind: CallerKind
    scopes: frozenset[str] = field(default_factory=_none)
    expires_at: datetime = NEVER


ANONYMOUS_CLAIMS = Claims(sub="anonymous", bureau=None, kind="anonymous")


def text(claims: Mapping[str, object], name: str) -> str | None:
    """The claim if it is a non-empty string."""
    value = claims.get(name)
    return value if isinstance(value, str) and value else None


def json_object(raw: bytes) -> dict[str, Any] | None:
    """The JSON object in `raw`, or None if it is another kind of value. Raises ValueError for no JSON."""
    value: object = orjson.loads(raw)
    return cast(dict[str, Any], value) if isinstance(value, dict) else None


def scopes(claims: Mapping[str, object]) -> frozenset[str]:
    """RFC 8693 `scope`: space-separated."""
    return frozenset((text(claims, "scope") or "").split())


def caller_kind(claims: Mapping[str, object]) -> CallerKind:
    """RFC 9068 §5: a client that acts for itself has its own id as subject; everybody else is a person."""
    sub = text(claims, "sub")
    return "client" if sub in (text(claims, "client_id"), text(claims, "azp")) else "person"


def stated_kind(claims: Mapping[str, object]) -> CallerKind | None:
    """The `kind` that the gateway writes into its own tokens."""
    kind = text(claims, "kind")
    return cast(CallerKind, kind) if kind in get_args(CallerKind) else None
