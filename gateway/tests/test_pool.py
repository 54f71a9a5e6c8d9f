"""The connections to subgraphs, against servers that answer byte by byte what a test wants."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_gateway import http_connection
from plumbline_gateway.http_connection import BrokenResponse
from plumbline_gateway.http_pool import HttpPool

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"


@asynccontextmanager
async def talking(talk: Talk, limit: int = 4) -> AsyncIterator[tuple[HttpPool, list[int]]]:
    """A pool to a server that runs `talk` for every connection, and the number of each connection."""
    opened: list[int] = []
    tasks: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        opened.append(len(opened))
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await talk(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    pool = HttpPool(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/graphql?a=b", limit, 2.0)
    try:
        yield pool, opened
    finally:
        pool.close()
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def read_request(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    return head, await reader.readexactly(length)


def always(answer: bytes) -> Talk:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await read_request(reader)
            writer.write(answer)

    return talk


def once(answer: bytes) -> Talk:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(answer)
        await writer.drain()

    return talk


async def test_a_request_is_one_http_post() -> None:
    seen: list[tuple[bytes, bytes]] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await read_request(reader))
        writer.write(OK)

    async with talking(talk) as (pool, _):
        assert await pool.post(b'{"query":""}', {"traceparent": "t"}, 5) == (200, b"{}")
    head, body = seen[0]
    assert head.startswith(b"POST /graphql?a=b HTTP/1.1\r\nhost: 127.0.0.1:")
    assert b"\r\ntraceparent: t\r\n" in head
    assert body == b'{"query":""}'


async def test_connections_are_kept_and_bounded() -> None:
    async with talking(always(OK), limit=3) as (pool, opened):
        for _ in range(5):
            await pool.post(b"{}", {}, 5)
        assert opened == [0]
        await asyncio.gather(*(pool.post(b"{}", {}, 5) for _ in range(20)))
        assert len(opened) == 3


ANSWERS = {
    "chunked": (
        b'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{"\r\n3\r\na":\r\n2\r\n1}\r\n0\r\n\r\n',
        b'{"a":1}',
    ),
    "until the connection closes": (b'HTTP/1.1 200 OK\r\n\r\n{"a":1}', b'{"a":1}'),
    "after a 100": (
        b'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n{"a":1}',
        b'{"a":1}',
    ),
    "connection: close": (b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}", b"{}"),
    "without a body": (b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", b""),
}


@pytest.mark.parametrize("name", ANSWERS)
async def test_forms_of_an_answer(name: str) -> None:
    raw, body = ANSWERS[name]
    async with talking(once(raw)) as (pool, _):
        assert await pool.post(b"{}", {}, 5) == (200, body)


@pytest.mark.parametrize("name", ["until the connection closes", "connection: close"])
async def test_a_connection_that_ends_is_not_used_again(name: str) -> None:
    raw, body = ANSWERS[name]
    async with talking(once(raw)) as (pool, opened):
        assert await pool.post(b"{}", {}, 5) == (200, body)
        assert await pool.post(b"{}", {}, 5) == (200, body)
        assert len(opened) == 2


@given(st.data())
def test_an_answer_may_come_in_any_pieces(data: st.DataObject) -> None:
    raw = ANSWERS["chunked"][0]
    cuts = sorted(data.draw(st.sets(st.integers(1, len(raw) - 1), max_size=8)))
    pieces = [raw[start:end] for start, end in zip([0, *cuts], [*cuts, len(raw)], strict=True)]

    async def feed() -> tuple[int, bytes]:
        loop = asyncio.get_running_loop()
        connection = http_connection.Connection(loop)
        connection.connection_made(_Nowhere())
        asked = asyncio.ensure_future(connection.send(b"", 5))
        await asyncio.sleep(0)
        for piece in pieces:
            connection.data_received(piece)
        return await asked

    loop = asyncio.new_event_loop()
    try:
        assert loop.run_until_complete(feed()) == (200, b'{"a":1}')
    finally:
        loop.close()


class _Nowhere(asyncio.Transport):
    def is_closing(self) -> bool:
        return False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        pass

    def abort(self) -> None:
        pass


BROKEN = {
    "nothing": (b"", ConnectionError),
    "half a head": (b"HTTP/1.1 200 OK\r\ncont", ConnectionError),
    "half a body": (b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{}", ConnectionError),
    "half a chunk": (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\n{}", ConnectionError),
    "no HTTP": (b"SSH-2.0-OpenSSH\r\n\r\n", BrokenResponse),
    "two lengths": (b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}", BrokenResponse),
}


@pytest.mark.parametrize("name", BROKEN)
async def test_broken_answers(name: str) -> None:
    raw, expected = BROKEN[name]
    async with talking(once(raw)) as (pool, opened):
        for _ in range(2):
            with pytest.raises(expected):
                await pool.post(b"{}", {}, 5)
        assert len(opened) == 2


async def test_too_large_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_connection, "MAX_ANSWER", 10)
    async with talking(always(b"HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n" + b"x" * 20)) as (pool, _):
        with pytest.raises(BrokenResponse, match="over 10 bytes"):
            await pool.post(b"{}", {}, 5)


async def test_silence_is_a_timeout_and_its_connection_is_not_used_again() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        await reader.read()

    async with talking(talk, limit=1) as (pool, opened):
        for _ in range(2):
            with pytest.raises(TimeoutError):
                await pool.post(b"{}", {}, 0.05)
        assert len(opened) == 2


async def test_a_cancelled_request_does_not_leave_its_answer_to_the_next() -> None:
    release = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            _, body = await read_request(reader)
            if body == b"slow":
                await release.wait()
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n" + body)

    async with talking(talk, limit=1) as (pool, _):
        assert await pool.post(b"fast", {}, 5) == (200, b"fast")
        task = asyncio.create_task(pool.post(b"slow", {}, 5))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        release.set()
        assert await pool.post(b"next", {}, 5) == (200, b"next")


async def test_a_connection_closed_while_idle_is_replaced() -> None:
    closed = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(OK)
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        closed.set()

    async with talking(talk) as (pool, opened):
        for _ in range(3):
            closed.clear()
            assert await pool.post(b"{}", {}, 5) == (200, b"{}")
            await closed.wait()
            await asyncio.sleep(0.01)  # lets the client's loop see the end of the stream
        assert len(opened) == 3


async def test_nobody_listens() -> None:
    pool = HttpPool("http://127.0.0.1:1/graphql", 1, 1.0)
    with pytest.raises(OSError, match="Connect call failed"):
        await pool.post(b"{}", {}, 1)
    for bad in ("ftp://a/b", "graphql", ""):
        with pytest.raises(ValueError, match="not an http address"):
            HttpPool(bad, 1, 1.0)
