"""A load generator that costs little: keep-alive connections, one request at a time on each, unique variables."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

WARM_UP = 0.25


@dataclass
class Load:
    """`latencies` are seconds, of the requests after the warm-up; `seconds` is what they took together."""

    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0
    failures: int = 0

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


class _Connection(asyncio.Protocol):
    def __init__(
        self, load: Load, make: Callable[[], bytes], check: bytes, starts: float, ends: float
    ) -> None:
        self._load, self._make, self._check = load, make, check
        self._starts, self._ends = starts, ends
        self._buffer = b""
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("the server closed the connection"))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head = self._buffer.find(b"\r\n\r\n")
        if head < 0:
            return
        start = self._buffer.find(b"content-length: ") + 16
        if len(self._buffer) < head + 4 + int(self._buffer[start : self._buffer.find(b"\r\n", start)]):
            return
        self._note()
        self._buffer = b""
        self._next()

    def _note(self) -> None:
        now = time.perf_counter()
        if self._check not in self._buffer or b'"errors"' in self._buffer:
            self._load.failures += 1
        if self._sent >= self._starts:
            self._load.latencies.append(now - self._sent)

    def _next(self) -> None:
        self._sent = time.perf_counter()
        if self._sent >= self._ends:
            if not self.done.done():
                self.done.set_result(None)
            self._transport.close()
            return
        self._transport.write(self._make())  # type: ignore[attr-defined]


async def run(port: int, makers: list[Callable[[], bytes]], check: bytes, seconds: float) -> Load:
    """One connection for each maker, all for `seconds`; an answer without `check` in it counts as a failure."""
    load, loop = Load(), asyncio.get_running_loop()
    starts = time.perf_counter() + WARM_UP * seconds
    ends = starts + seconds
    connections = []
    for make in makers:
        _, connection = await loop.create_connection(
            lambda make=make: _Connection(load, make, check, starts, ends), "127.0.0.1", port
        )
        connections.append(connection.done)
    await asyncio.gather(*connections)
    load.seconds = time.perf_counter() - starts
    return load


def post(path: str, body: bytes, token: str) -> bytes:
    """One HTTP request."""
    return (
        b"POST %b HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
        b"accept: application/graphql-response+json\r\nauthorization: Bearer %b\r\ncontent-length: %d\r\n\r\n%b"
    ) % (path.encode(), token.encode(), len(body), body)
