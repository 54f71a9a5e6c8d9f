"""Who asks over REST."""

from plumbline_shared.errors import Unauthenticated
from plumbline_shared.principal import Principal
from plumbline_shared.runtime import Runtime
from starlette.requests import Request


async def reader(runtime: Runtime, request: Request) -> Principal:
    """The principal behind a request's bearer token. Raises Unauthenticated."""
    if runtime.authenticator is None:
        raise Unauthenticated("this service has no token issuer set: see GATEWAY_JWKS_URL and OIDC_ISSUER")
    return await runtime.principal(
        await runtime.authenticator.authenticate(request.headers.get("authorization"))
    )
