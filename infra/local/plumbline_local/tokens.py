"""Access tokens of the development issuer: ES256, for the audience `plumbline`."""

import time
from collections.abc import Iterable

from joserfc import jwt
from joserfc.jwk import ECKey

from plumbline_local.credentials import Credentials

AUDIENCE = "plumbline"
WEB_CLIENT = "plumbline-web"
HOUR = 3600


class TokenIssuer:
    """Signs tokens with this clone's key. `issuer` is the address of the discovery document."""

    def __init__(self, issuer: str, credentials: Credentials) -> None:
        self.issuer = issuer
        self._key = ECKey.import_key(dict(credentials.issuer_key))

    def person(self, person_id: str, seconds: int = 12 * HOUR) -> str:
        """A token of an officer; the tenant is the first part of the id."""
        return self._sign(person_id, WEB_CLIENT, (), seconds)

    def client(self, client_id: str, scopes: Iterable[str], bureau: str, seconds: int = HOUR) -> str:
        """A token of a program that acts for itself (RFC 9068 §5: its own id is the subject)."""
        return self._sign(client_id, client_id, scopes, seconds, bureau)

    def jwks(self) -> dict[str, object]:
        """The public half of the key."""
        public = self._key.as_dict(private=False)
        return {"keys": [{**public, "kid": self._key.kid, "use": "sig", "alg": "ES256"}]}

    def _sign(
        self, subject: str, client_id: str, scopes: Iterable[str], seconds: int, bureau: str = ""
    ) -> str:
        now = int(time.time())
        claims: dict[str, object] = {
            "iss": self.issuer,
            "aud": AUDIENCE,
            "sub": subject,
            "client_id": client_id,
            "bureau": bureau or subject.split(".", 1)[0],
            "scope": " ".join(scopes),
            "iat": now,
            "exp": now + seconds,
        }
        header = {"alg": "ES256", "typ": "at+jwt", "kid": self._key.kid}
        return jwt.encode(header, claims, self._key, algorithms=["ES256"])
