"""Kept-alive connections to one subgraph. Leaner than a general client: the head of a request is made once."""

import asyncio
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

from plumbline_gateway.http_connection import Connection, Response

IDLE = (
    4.0  # seconds; below the 5 s after which uvicorn closes: a POST is never sent into a closing connection
)
ACCEPT = "application/graphql-response+json, application/json;q=0.9"


class HttpPool:
    """POST requests with JSON to one address, on at most `limit` connections."""

    def __init__(self, url: str, limit: int, connect_timeout: float) -> None:
        """Raises ValueError for an address that is not http or https."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{url} is not an http address")
        self._host = parts.hostname
        self._port = parts.port or (443 if parts.scheme == "https" else 80)
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._head = _head(parts.netloc.rpartition("@")[2], parts.path or "/", parts.query)
        self._connect_timeout = connect_timeout
        self._places = asyncio.Semaphore(limit)
        self._idle: list[Connection] = []

    async def post(self, body: bytes, headers: Mapping[str, str], timeout: float) -> Response:
        """Status and body. Raises TimeoutError, OSError or BrokenResponse; nothing is ever sent twice."""
        async with self._places:
            connection = self._take() or await self._connect()
            try:
                return await connection.send(_request(self._head, headers, body), timeout)
            finally:
                if connection.reusable:
                    connection.since = asyncio.get_running_loop().time()
                    self._idle.append(connection)
                else:
                    connection.abort()

    def close(self) -> None:
        """Close what is idle; running requests close their own when they end."""
        while self._idle:
            self._idle.pop().abort()

    def _take(self) -> Connection | None:
        oldest = asyncio.get_running_loop().time() - IDLE
        while self._idle:
            connection = self._idle.pop()
            if connection.reusable and connection.since > oldest:
                return connection
            connection.abort()
        return None

    async def _connect(self) -> Connection:
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(self._connect_timeout):
            _, connection = await loop.create_connection(
                lambda: Connection(loop), self._host, self._port, ssl=self._tls
            )
        return connection


def _head(host: str, path: str, query: str) -> bytes:
    target = f"{path}?{query}" if query else path
    return (
        f"POST {target} HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\naccept: {ACCEPT}\r\n"
    ).encode("ascii")


def _request(head: bytes, headers: Mapping[str, str], body: bytes) -> bytes:
    given = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return b"%b%bcontent-length: %d\r\n\r\n%b" % (head, given.encode("latin-1"), len(body), body)
