"""Subscriptions through the gateway as clients hold them: `graphql-transport-ws` and server-sent events."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import nats
import orjson
from plumbline_local.demo.bus import last_event
from plumbline_local.demo.world import World
from plumbline_local.tokens import TokenIssuer

PROTOCOL = "graphql-transport-ws"
LONGEST = 60.0
Answer = Mapping[str, Any]


class Stream:
    """The answers of one subscription, in order, gathered as they come."""

    def __init__(self, answers: AsyncIterator[Answer]) -> None:
        self._queue: asyncio.Queue[Answer] = asyncio.Queue()
        self._reader = asyncio.create_task(self._read(answers))
        self._probes: set[str] = set()
        self.cursor = ""

    async def _read(self, answers: AsyncIterator[Answer]) -> None:
        async for answer in answers:
            await self._queue.put(answer)

    async def next(self) -> Answer:
        """The object of the next answer that is no probe; a minute without one is a failure."""
        while (found := await self._next(LONGEST))["id"] in self._probes:
            pass
        return found

    async def _next(self, seconds: float) -> Answer:
        async with asyncio.timeout(seconds):
            answer = await self._queue.get()
        assert "errors" not in answer, answer
        (found,) = answer["data"].values()
        if "cursor" not in found:
            return found
        self.cursor = found["cursor"]
        (content,) = (value for name, value in found.items() if name != "cursor")
        return content

    async def begun(self) -> None:
        """Waits for the first message of a stream with cursors: from its cursor on nothing is missed."""
        assert await self._next(LONGEST) is None

    async def until(self, wanted: Callable[[Answer], bool]) -> list[Answer]:
        """Everything delivered up to the first that is wanted, itself included."""
        found: list[Answer] = []
        while not found or not wanted(found[-1]):
            found.append(await self.next())
        return found

    async def ready(self, probe: Callable[[], Awaitable[str]]) -> None:
        """Waits until the subscription is live: `probe` hints at an object that its reader sees, and names it."""
        for _ in range(100):
            self._probes.add(await probe())
            try:
                assert (await self._next(0.2))["id"] in self._probes
            except TimeoutError:
                continue
            return
        raise AssertionError("the subscription never came to life")

    async def close(self) -> None:
        self._reader.cancel()
        await asyncio.gather(self._reader, return_exceptions=True)


@asynccontextmanager
async def over_websocket(
    world: World, person: str, document: str, **variables: Any
) -> AsyncGenerator[Stream]:
    """A socket with one subscription."""
    url = world.layout.url("gateway", "/graphql")
    async with aiohttp.ClientSession() as http, http.ws_connect(url, protocols=[PROTOCOL]) as socket:
        payload = {"authorization": f"Bearer {_token(world, person)}"}
        await socket.send_json({"type": "connection_init", "payload": payload})
        assert (await socket.receive_json())["type"] == "connection_ack"
        subscription = {"query": document, "variables": variables}
        await socket.send_json({"id": "1", "type": "subscribe", "payload": subscription})
        async with _gathered(_frames(socket)) as stream:
            yield stream


async def _frames(socket: aiohttp.ClientWebSocketResponse) -> AsyncIterator[Answer]:
    async for frame in socket:
        message = frame.json()
        assert message["type"] == "next", message
        yield message["payload"]


@asynccontextmanager
async def over_sse(world: World, person: str, document: str, **variables: Any) -> AsyncGenerator[Stream]:
    """The distinct-connections mode."""
    headers = {"authorization": f"Bearer {_token(world, person)}", "accept": "text/event-stream"}
    body = {"query": document, "variables": variables}
    url = world.layout.url("gateway", "/graphql")
    async with aiohttp.ClientSession() as http, http.post(url, json=body, headers=headers) as response:
        assert response.status == 200
        async with _gathered(_events(response)) as stream:
            yield stream


async def _events(response: aiohttp.ClientResponse) -> AsyncIterator[Answer]:
    async for line in response.content:
        name, _, value = line.decode().partition(":")
        if name == "data" and value.strip():
            yield orjson.loads(value)


@asynccontextmanager
async def _gathered(answers: AsyncIterator[Answer]) -> AsyncGenerator[Stream]:
    stream = Stream(answers)
    try:
        yield stream
    finally:
        await stream.close()


async def hint(world: World, subject: str, change: Callable[[dict[str, Any]], None]) -> None:
    """The newest event of a subject, its data changed, to those who listen now; the stream refuses to keep it."""
    event = {**await last_event(world, subject)}
    change(event["data"])
    url = f"nats://127.0.0.1:{world.layout.port('nats')}"
    client = await nats.connect(url, user="admin", password=world.credentials.nats["admin"])
    try:
        refusing = {"Nats-Expected-Last-Sequence": "1"}
        await client.publish(subject, orjson.dumps(event), headers=refusing)
        await client.flush()
    finally:
        await client.close()


def _token(world: World, person: str) -> str:
    issuer = TokenIssuer(world.layout.url("issuer"), world.credentials)
    return issuer.person(f"D01.{person}")
