"""One kept-alive HTTP/1.1 connection to a subgraph: one request at a time, parsed by httptools."""

import asyncio
from typing import cast

import httptools

MAX_ANSWER = 32 * 1024 * 1024
Response = tuple[int, bytes]


class BrokenResponse(Exception):
    """What came back is no HTTP/1.1 answer that we take: malformed, or too large."""


class Connection(asyncio.Protocol):
    """`send` one request, await its answer; `reusable` afterwards says whether another may follow."""

    __slots__ = (
        "_answer",
        "_bounded",
        "_chunks",
        "_loop",
        "_parser",
        "_size",
        "_transport",
        "reusable",
        "since",
    )

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._parser = httptools.HttpResponseParser(self)
        self._answer: asyncio.Future[Response] | None = None
        self._chunks: list[bytes] = []
        self._size = 0
        self._bounded = False
        self._transport: asyncio.Transport | None = None
        self.reusable = False
        self.since = 0.0

    async def send(self, request: bytes, timeout: float) -> Response:
        """Status and body. Raises TimeoutError, ConnectionError or BrokenResponse; then it is closed."""
        transport = self._transport
        if transport is None or transport.is_closing():
            raise ConnectionResetError("the connection is closed")
        self._chunks, self._size, self.reusable = [], 0, False
        answer = self._answer = self._loop.create_future()
        timer = self._loop.call_later(timeout, self._fail, TimeoutError())
        transport.write(request)
        try:
            return await answer
        except BaseException:
            self.abort()
            raise
        finally:
            timer.cancel()
            self._answer = None

    def abort(self) -> None:
        """Close at once: nobody waits for the answer any more."""
        self.reusable = False
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Open."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Part of an answer."""
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserCallbackError, httptools.HttpParserUpgrade):
            self._fail(BrokenResponse("the answer is not HTTP/1.1"))

    def connection_lost(self, exc: Exception | None) -> None:
        """An answer without a length ends here; any other is lost."""
        self.reusable, self._transport = False, None
        if self._chunks and exc is None and not self._bounded:
            self._finish()
        self._fail(exc or ConnectionResetError("the connection was closed"))

    def on_message_begin(self) -> None:
        """Called by the parser."""
        self._bounded = False

    def on_header(self, name: bytes, _: bytes) -> None:
        """Called by the parser: whether the answer says where it ends."""
        if name.lower() in (b"content-length", b"transfer-encoding"):
            self._bounded = True

    def on_body(self, body: bytes) -> None:
        """Called by the parser."""
        self._chunks.append(body)
        self._size += len(body)
        if self._size > MAX_ANSWER:
            self._fail(BrokenResponse(f"the answer is over {MAX_ANSWER} bytes"))

    def on_message_complete(self) -> None:
        """Called by the parser."""
        if self._parser.get_status_code() >= 200:
            self.reusable = self._answer is not None and self._parser.should_keep_alive()
            self._finish()

    def _finish(self) -> None:
        if self._answer is not None and not self._answer.done():
            chunks = self._chunks
            body = chunks[0] if len(chunks) == 1 else b"".join(chunks)
            self._answer.set_result((self._parser.get_status_code(), body))

    def _fail(self, reason: Exception) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(reason)
