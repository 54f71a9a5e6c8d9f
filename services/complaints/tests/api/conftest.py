"""The hotline's program over HTTP, with a token of an identity provider that lives in the test."""

import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
import pytest_asyncio
from joserfc import jwt
from joserfc.jwk import ECKey
from plumbline_shared.auth import Authenticator, static_jwks
from plumbline_shared.health import Health
from plumbline_shared.process import web_app
from plumbline_shared.runtime import Runtime

ISSUER, AUDIENCE = "https://id.example", "plumbline"
KEY = ECKey.generate_key("P-256", {"kid": "k1"})

Token = Callable[..., dict[str, str]]


@pytest.fixture
def token() -> Token:
    """`token(sub=…, exp=…)`: headers with a bearer token; by default the hotline's."""

    def make(**changes: Any) -> dict[str, str]:
        claims: dict[str, Any] = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": "hotline",
            "client_id": "hotline",
            "bureau": "D01",
            "scope": "complaints:intake",
            "exp": int(time.time()) + 300,
        }
        signed = jwt.encode(
            {"alg": "ES256", "kid": "k1", "typ": "at+jwt"}, claims | changes, KEY, algorithms=["ES256"]
        )
        return {"authorization": f"Bearer {signed}"}

    return make


@pytest_asyncio.fixture
async def client(with_keys: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    """The service's web application, called in the process."""
    jwks = {"keys": [KEY.as_dict(private=False)]}
    with_keys.authenticator = Authenticator.alone(ISSUER, AUDIENCE, static_jwks(jwks), anonymous=False)
    transport = httpx.ASGITransport(web_app(with_keys, Health(with_keys)))
    async with httpx.AsyncClient(transport=transport, base_url="http://complaints") as http:
        yield http
