"""The gateway's own tokens: one subgraph, one minute, Ed25519."""

from collections import OrderedDict
from datetime import timedelta
from typing import Any

from joserfc import jwt
from joserfc.jwk import OKPKey

from plumbline_shared.auth.claims import Claims
from plumbline_shared.clock import Clock, SystemClock

GATEWAY_ISSUER = "plumbline-gateway"
INTERNAL_TYP = "plumbline+jwt"
INTERNAL_ALGORITHM = "Ed25519"  # RFC 9864's name for EdDSA over edwards25519
LIFETIME = timedelta(seconds=60)
REUSE = timedelta(seconds=30)
REMEMBERED = 4096


class InternalTokens:
    """Mints what `Authenticator` of a subgraph accepts. A token is reused while half of its life is left."""

    def __init__(self, key: OKPKey, clock: Clock | None = None) -> None:
        self._key = key
        self._kid = key.thumbprint()
        self._clock = clock or SystemClock()
        self._minted: OrderedDict[tuple[Claims, str], tuple[str, Any]] = OrderedDict()

    @classmethod
    def generate(cls, clock: Clock | None = None) -> "InternalTokens":
        """A key of this process only: its JWKS says so to the subgraphs."""
        return cls(OKPKey.generate_key("Ed25519"), clock)

    @classmethod
    def from_pem(cls, pem: bytes, clock: Clock | None = None) -> "InternalTokens":
        """The key several gateways share, as an Ed25519 private key in PEM."""
        return cls(OKPKey.import_key(pem), clock)

    def mint(self, claims: Claims, subgraph: str) -> str:
        """A token for `subgraph` alone. It never outlives the user's own token."""
        now = self._clock.now()
        known = self._minted.get((claims, subgraph))
        if known is not None and now < known[1]:
            return known[0]
        expires_at = min(now + LIFETIME, claims.expires_at)
        token = self._sign(claims, subgraph, int(now.timestamp()), int(expires_at.timestamp()))
        self._minted[claims, subgraph] = (token, min(now + REUSE, claims.expires_at))
        self._minted.move_to_end((claims, subgraph))
        if len(self._minted) > REMEMBERED:
            self._minted.popitem(last=False)
        return token

    def jwks(self) -> dict[str, list[dict[str, Any]]]:
        """The public half, for `/.well-known/jwks.json` of the gateway."""
        public = self._key.as_dict(private=False)
        return {"keys": [{**public, "kid": self._kid, "use": "sig", "alg": INTERNAL_ALGORITHM}]}

    def _sign(self, claims: Claims, subgraph: str, issued_at: int, expires_at: int) -> str:
        header = {"alg": INTERNAL_ALGORITHM, "typ": INTERNAL_TYP, "kid": self._kid}
        body: dict[str, Any] = {
            "iss": GATEWAY_ISSUER,
            "aud": subgraph,
            "sub": claims.sub,
            "kind": claims.kind,
            "scope": " ".join(sorted(claims.scopes)),
            "iat": issued_at,
            "exp": expires_at,
        }
        if claims.bureau is not None:
            body["bureau"] = claims.bureau
        return jwt.encode(header, body, self._key, algorithms=[INTERNAL_ALGORITHM])
