"""One pool of connections to all subgraphs; every way to fail is one typed error."""

import asyncio
from collections.abc import Mapping
from typing import Any

import aiohttp
import orjson

from plumbline_gateway.errors import ErrorDict, error
from plumbline_gateway.settings import Settings
from plumbline_gateway.values import is_list, is_object

IDLE = (
    4.0  # seconds; below the 5 s after which uvicorn closes: a POST is never sent into a closing connection
)
ACCEPT = "application/graphql-response+json, application/json;q=0.9"
HEADERS = {"content-type": "application/json", "accept": ACCEPT}


class SubgraphFailed(Exception):
    """No GraphQL answer came back. `error` is what the client is told."""

    def __init__(self, code: str, service: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.service = service
        self.message = message

    def error(self, path: tuple[str | int, ...]) -> ErrorDict:
        """For the field that could not be answered."""
        return error(self.code, self.message, path, serviceName=self.service)


class Transport:
    """Sends operations to subgraphs. `headers` are the caller's, made by the gateway; none come from the client."""

    def __init__(self, settings: Settings) -> None:
        self.timeout = aiohttp.ClientTimeout(
            total=settings.subgraph_timeout, sock_connect=settings.subgraph_connect_timeout
        )
        connector = aiohttp.TCPConnector(
            limit_per_host=settings.subgraph_connections, limit=0, ttl_dns_cache=10
        )
        self.session = aiohttp.ClientSession(
            connector=connector,
            timeout=self.timeout,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=True,
            skip_auto_headers=("User-Agent",),
        )

    async def post(self, service: str, url: str, body: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
        """The subgraph's answer, a dict with `data`, `errors` or both. Raises SubgraphFailed."""
        try:
            async with self.session.post(
                url, data=body, headers={**HEADERS, **headers}, allow_redirects=False
            ) as response:
                raw, status = await response.read(), response.status
        except TimeoutError as failed:
            raise unavailable(service, "it did not answer in time") from failed
        except (aiohttp.ClientError, OSError, asyncio.IncompleteReadError) as failed:
            raise unavailable(service, "it cannot be reached") from failed
        return read_answer(service, status, raw)

    async def close(self) -> None:
        """Close every connection."""
        await self.session.close()


def unavailable(service: str, reason: str) -> SubgraphFailed:
    """The subgraph is away for the moment."""
    message = f"{service} is not available: {reason}; the rest of the answer is complete, repeat later"
    return SubgraphFailed("SUBGRAPH_UNAVAILABLE", service, message)


def read_answer(service: str, status: int, raw: bytes) -> dict[str, Any]:
    """Raises SubgraphFailed unless `raw` is a GraphQL answer."""
    try:
        answer = orjson.loads(raw)
    except orjson.JSONDecodeError:
        answer = None
    if is_object(answer) and ("data" in answer or is_list(answer.get("errors"))):
        return answer
    if status >= 500 or status == 429:
        raise unavailable(service, f"it answered {status}")
    message = f"{service} gave no GraphQL answer (status {status})"
    raise SubgraphFailed("SUBGRAPH_BAD_RESPONSE", service, message)
