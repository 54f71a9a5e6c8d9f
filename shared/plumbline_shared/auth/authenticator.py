"""A service's door: the gateway's token behind the gateway, a user's own token when the service stands alone."""

from plumbline_shared.auth.claims import ANONYMOUS_CLAIMS, Claims, stated_kind
from plumbline_shared.auth.internal import GATEWAY_ISSUER, INTERNAL_ALGORITHM, INTERNAL_TYP
from plumbline_shared.auth.keys import Fetch, JwksCache, http_jwks
from plumbline_shared.auth.verifier import TokenVerifier, refuse
from plumbline_shared.clock import Clock


class Authenticator:
    """Turns an `Authorization` header into claims. Exactly one issuer is trusted."""

    def __init__(self, verifier: TokenVerifier, *, anonymous: bool = False) -> None:
        """`anonymous`: whether a request without a token is let in as nobody; the policies then decide."""
        self._verifier = verifier
        self._anonymous = anonymous

    @classmethod
    def behind_gateway(cls, service: str, jwks: str | Fetch, clock: Clock | None = None) -> "Authenticator":
        """Accept the gateway's token for `service` and nothing else. `jwks`: GATEWAY_JWKS_URL or a source."""
        verifier = TokenVerifier(
            issuer=GATEWAY_ISSUER,
            audience=service,
            keys=JwksCache(http_jwks(jwks) if isinstance(jwks, str) else jwks, clock),
            algorithms=(INTERNAL_ALGORITHM,),
            types=frozenset({INTERNAL_TYP}),
            kind=stated_kind,
            clock=clock,
        )
        return cls(verifier)

    @classmethod
    def alone(
        cls,
        issuer: str,
        audience: str,
        jwks: str | Fetch,
        clock: Clock | None = None,
        *,
        anonymous: bool = True,
    ) -> "Authenticator":
        """Accept an OpenID Connect access token of `issuer` for `audience`."""
        keys = JwksCache(http_jwks(jwks) if isinstance(jwks, str) else jwks, clock)
        verifier = TokenVerifier(issuer=issuer, audience=audience, keys=keys, clock=clock)
        return cls(verifier, anonymous=anonymous)

    async def authenticate(self, authorization: str | None) -> Claims:
        """Raises Unauthenticated for anything but a bearer token that holds."""
        if not authorization and self._anonymous:
            return ANONYMOUS_CLAIMS
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise refuse("none was sent as `Authorization: Bearer`")
        return await self._verifier.verify(token)
