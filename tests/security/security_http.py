"""A service over HTTP as it runs behind the gateway, and one key that signs whatever a test says."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
from joserfc import jwt
from joserfc.jwk import OKPKey
from plumbline_shared.auth import GATEWAY_ISSUER, INTERNAL_TYP, Authenticator, static_jwks
from plumbline_shared.health import Health
from plumbline_shared.process import web_app
from plumbline_shared.runtime import Runtime
from starlette.applications import Starlette

KEY = OKPKey.generate_key("Ed25519")
KID = KEY.thumbprint()
JWKS = {"keys": [{**KEY.as_dict(private=False), "kid": KID, "use": "sig", "alg": "Ed25519"}]}


def token(
    service: str,
    *,
    key: OKPKey = KEY,
    header: dict[str, Any] | None = None,
    without: str = "",
    **changes: Any,
) -> str:
    """The gateway's token of the bureau head for `service`, but for the changes."""
    claims = {
        "iss": GATEWAY_ISSUER,
        "aud": service,
        "sub": "D01.huang-zhen",
        "kind": "person",
        "bureau": "D01",
        "scope": "",
        "iat": int(time.time()),
        "exp": int(time.time()) + 60,
        **changes,
    }
    claims.pop(without, None)
    whole = {"alg": "Ed25519", "typ": INTERNAL_TYP, "kid": KID, **(header or {})}
    return jwt.encode(whole, claims, key, algorithms=["Ed25519"])


def app(runtime: Runtime) -> Starlette:
    """The service's web application behind the gateway."""
    name = runtime.definition.name
    door = Authenticator.behind_gateway(name, static_jwks(JWKS))
    guarded = replace(runtime, authenticator=door)
    return web_app(guarded, Health(guarded))


@asynccontextmanager
async def client(runtime: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    """It, called in the process."""
    transport = httpx.ASGITransport(app(runtime))
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{runtime.definition.name}") as http:
        yield http
