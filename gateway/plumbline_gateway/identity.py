"""Who asks, and what a subgraph is told about it: never the user's own token, never a header of the client."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from plumbline_shared.auth import (
    ANONYMOUS_CLAIMS,
    Authenticator,
    Claims,
    InternalTokens,
    JwksCache,
    TokenVerifier,
    http_jwks,
)
from plumbline_shared.errors import PlumblineError

from plumbline_gateway.errors import RequestError
from plumbline_gateway.settings import Settings


@dataclass(frozen=True, slots=True)
class Caller:
    """`key` names the principal for the rate limit; without `tokens` (open mode) subgraphs get no identity."""

    key: str
    claims: Claims = ANONYMOUS_CLAIMS
    tokens: InternalTokens | None = None
    trace: str | None = None

    def headers(self, service: str) -> Mapping[str, str]:
        """What the subgraph receives: a token for it alone and the trace, nothing else."""
        headers: dict[str, str] = {}
        if self.tokens is not None:
            headers["authorization"] = f"Bearer {self.tokens.mint(self.claims, service)}"
        if self.trace is not None:
            headers["traceparent"] = self.trace
        return headers

    def traced(self, trace: str) -> "Caller":
        """The same caller inside of a trace."""
        return Caller(self.key, self.claims, self.tokens, trace)

    @property
    def seconds_left(self) -> float:
        """How long the caller's own token still holds."""
        return (self.claims.expires_at - datetime.now(UTC)).total_seconds()


class Identity(Protocol):
    """Turns the `Authorization` of a request into a caller."""

    async def identify(self, authorization: str | None, address: str) -> Caller:
        """Raises RequestError UNAUTHENTICATED for a token that does not hold."""
        ...

    def jwks(self) -> dict[str, list[dict[str, Any]]]:
        """The public keys with which subgraphs check the gateway's tokens."""
        ...


class OpenDoor:
    """No identity: for any supergraph whose subgraphs ask for none."""

    async def identify(self, authorization: str | None, address: str) -> Caller:
        """Everybody is nobody; the rate limit goes by address."""
        return Caller(key=address)

    def jwks(self) -> dict[str, list[dict[str, Any]]]:
        """None."""
        return {"keys": []}


class VerifiedDoor:
    """OpenID Connect in, one short token per subgraph out. No token is an anonymous caller."""

    def __init__(self, authenticator: Authenticator, tokens: InternalTokens) -> None:
        self._authenticator = authenticator
        self._tokens = tokens

    async def identify(self, authorization: str | None, address: str) -> Caller:
        """The rate limit goes by subject, or by address for an anonymous caller."""
        try:
            claims = await self._authenticator.authenticate(authorization)
        except PlumblineError as refused:
            raise RequestError.plumbline(refused) from None
        key = address if claims.kind == "anonymous" else f"{claims.kind}:{claims.sub}"
        return Caller(key, claims, self._tokens)

    def jwks(self) -> dict[str, list[dict[str, Any]]]:
        """The key of this gateway."""
        return self._tokens.jwks()


def make_identity(settings: Settings) -> Identity:
    """Open, or verified by the configured issuer. The key file lets several gateways share one key."""
    if settings.open:
        return OpenDoor()
    verifier = TokenVerifier(
        issuer=settings.oidc_issuer,
        audience=settings.oidc_audience,
        keys=JwksCache(http_jwks(settings.oidc_jwks_url)),
    )
    key_file = settings.internal_key_file
    tokens = InternalTokens.from_pem(Path(key_file).read_bytes()) if key_file else InternalTokens.generate()
    return VerifiedDoor(Authenticator(verifier, anonymous=True), tokens)
