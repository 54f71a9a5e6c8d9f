"""Verify one issuer's tokens: issuer, audience, algorithm and type are pinned, `exp` is required."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.util import urlsafe_b64decode

from plumbline_shared.auth.claims import CallerKind, Claims, caller_kind, json_object, scopes, text
from plumbline_shared.auth.keys import JwksCache
from plumbline_shared.clock import Clock, SystemClock
from plumbline_shared.errors import Unauthenticated

MAX_TOKEN = 8192
LEEWAY = timedelta(seconds=30)
REMEMBERED = 2048
OIDC_ALGORITHMS = ("RS256", "ES256", "PS256", "Ed25519", "EdDSA")
OIDC_TYPES = frozenset({"JWT", "at+jwt", "application/at+jwt"})
# A header that points at keys is ignored; one that demands an extension cannot be ignored (RFC 7515 §4.1.11).
UNDERSTOOD = frozenset({"alg", "kid", "typ", "jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256"})


def refuse(reason: str) -> Unauthenticated:
    """The same class for every failure; the reason never quotes the token."""
    return Unauthenticated(f"the token does not hold: {reason}; sign in again")


class TokenVerifier:
    """Raises Unauthenticated for every token that does not hold, Unavailable when no keys can be had."""

    def __init__(
        self,
        *,
        issuer: str,
        audience: str,
        keys: JwksCache,
        algorithms: tuple[str, ...] = OIDC_ALGORITHMS,
        types: frozenset[str] = OIDC_TYPES,
        kind: Callable[[Mapping[str, object]], CallerKind | None] = caller_kind,
        clock: Clock | None = None,
        leeway: timedelta = LEEWAY,
    ) -> None:
        """`clock` is real time by default: a token's life is never measured on the suite's settable clock."""
        self.issuer = issuer
        self._audience = audience
        self._keys = keys
        self._algorithms = algorithms
        self._types = frozenset(t.lower() for t in types)
        self._kind = kind
        self._clock = clock or SystemClock()
        self._leeway = leeway
        self._seen: OrderedDict[tuple[int, bytes], Claims] = OrderedDict()

    async def verify(self, token: str) -> Claims:
        """The token's claims. A token seen before costs a hash; a change of keys forgets them all."""
        if len(token) > MAX_TOKEN:
            raise refuse("too long")
        digest = hashlib.sha256(token.encode()).digest()
        claims = self._seen.get((self._keys.generation, digest)) if self._keys.fresh else None
        if claims is None:
            claims = await self._verify(token)
            self._remember((self._keys.generation, digest), claims)
        if claims.expires_at + self._leeway <= self._clock.now():
            raise refuse("expired")
        return claims

    def _remember(self, key: tuple[int, bytes], claims: Claims) -> None:
        self._seen[key] = claims
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)

    async def _verify(self, token: str) -> Claims:
        kid = self._check_header(_header(token))
        key = await self._keys.key(kid)
        if key is None:
            raise refuse("unknown key")
        try:
            payload = jws.deserialize_compact(token, key, algorithms=list(self._algorithms)).payload
            claims = json_object(payload)
        except (JoseError, ValueError, TypeError) as error:
            raise refuse("bad signature") from error
        if claims is None:
            raise refuse("no claims")
        return self._check_claims(claims)

    def _check_header(self, header: Mapping[str, Any]) -> str:
        if header.get("alg") not in self._algorithms:
            raise refuse("algorithm not allowed")
        if str(header.get("typ", "JWT")).lower() not in self._types:
            raise refuse("wrong type")
        if not header.keys() <= UNDERSTOOD:
            raise refuse("header not understood")
        kid = text(header, "kid")
        if kid is None:
            raise refuse("no key id")
        return kid

    def _check_claims(self, claims: Mapping[str, Any]) -> Claims:
        if claims.get("iss") != self.issuer:
            raise refuse("foreign issuer")
        audience = claims.get("aud")
        if self._audience not in (audience if isinstance(audience, list) else [audience]):
            raise refuse("foreign audience")
        expires_at = _instant(claims, "exp")
        if expires_at is None:
            raise refuse("no expiry")
        not_before = _instant(claims, "nbf")
        if not_before is not None and not_before - self._leeway > self._clock.now():
            raise refuse("not valid yet")
        sub, kind = text(claims, "sub"), self._kind(claims)
        if sub is None or kind is None:
            raise refuse("no subject")
        return Claims(sub, text(claims, "bureau"), kind, scopes(claims), expires_at)


def _header(token: str) -> Mapping[str, Any]:
    try:
        header = json_object(urlsafe_b64decode(token.split(".", 1)[0].encode()))
    except ValueError as error:
        raise refuse("not a token") from error
    if header is None:
        raise refuse("not a token")
    return header


def _instant(claims: Mapping[str, Any], name: str) -> datetime | None:
    value = claims.get(name)
    if value is None:
        return None
    try:
        return datetime.fromtimestamp(float(value), UTC)
    except (OverflowError, OSError, TypeError, ValueError) as error:
        raise refuse(f"{name} is not a time") from error
