"""One pool of connections to all subgraphs; every way to fail is one typed error."""

from collections.abc import Mapping
from typing import Any

import aiohttp
import orjson

from plumbline_gateway.errors import ErrorDict, error
from plumbline_gateway.http_connection import BrokenResponse
from plumbline_gateway.http_pool import HttpPool
from plumbline_gateway.settings import Settings
from plumbline_gateway.values import JsonObject, is_list, is_object


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
        self._settings = settings
        self._pools: dict[str, HttpPool] = {}
        self.session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())  # for WebSocket only

    async def post(self, service: str, url: str, body: bytes, headers: Mapping[str, str]) -> JsonObject:
        """The subgraph's answer, with `data`, `errors` or both. Raises SubgraphFailed."""
        pool = self._pools.get(url) or self._open(url)
        try:
            status, raw = await pool.post(body, headers, self._settings.subgraph_timeout)
        except TimeoutError as failed:
            raise unavailable(service, "it did not answer in time") from failed
        except OSError as failed:
            raise unavailable(service, "it cannot be reached") from failed
        except BrokenResponse as failed:
            raise SubgraphFailed("SUBGRAPH_BAD_RESPONSE", service, f"{service}: {failed}") from failed
        return read_answer(service, status, raw)

    async def close(self) -> None:
        """Close every connection."""
        for pool in self._pools.values():
            pool.close()
        await self.session.close()

    def _open(self, url: str) -> HttpPool:
        settings = self._settings
        pool = HttpPool(url, settings.subgraph_connections, settings.subgraph_connect_timeout)
        self._pools[url] = pool
        return pool


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
