"""Who asks over REST."""

from plumbline_shared.principal import Principal
from plumbline_shared.runtime import Runtime
from starlette.requests import Request


async def reader(runtime: Runtime, request: Request) -> Principal:
    """The principal behind a request's bearer token. Raises Unauthenticated."""
    return await runtime.caller(request.headers.get("authorization"))
