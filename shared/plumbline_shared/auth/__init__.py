"""Who is calling: OIDC tokens at the door, one short internal token per subgraph behind it."""

from plumbline_shared.auth.authenticator import Authenticator
from plumbline_shared.auth.claims import ANONYMOUS_CLAIMS, Claims
from plumbline_shared.auth.internal import GATEWAY_ISSUER, INTERNAL_TYP, InternalTokens
from plumbline_shared.auth.keys import JwksCache, http_jwks, static_jwks
from plumbline_shared.auth.verifier import TokenVerifier

__all__ = [
    "ANONYMOUS_CLAIMS",
    "GATEWAY_ISSUER",
    "INTERNAL_TYP",
    "Authenticator",
    "Claims",
    "InternalTokens",
    "JwksCache",
    "TokenVerifier",
    "http_jwks",
    "static_jwks",
]
