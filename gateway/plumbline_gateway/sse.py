"""Server-sent events towards clients: the distinct-connections mode of the GraphQL over SSE protocol."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator

from graphql import OperationType
from starlette.types import Receive, Send

from plumbline_gateway.expiry import until_expiry
from plumbline_gateway.gateway import Answer, Gateway, Ready
from plumbline_gateway.identity import Caller

START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
    ],
}


class Streams:
    """Every open stream, so that a drain can end them all."""

    def __init__(self, keepalive: float) -> None:
        self._keepalive = keepalive
        self._open: set[asyncio.Task[None]] = set()

    async def send(
        self, gateway: Gateway, ready: Ready, caller: Caller, receive: Receive, send: Send
    ) -> None:
        """Stream until the operation completes, the client goes away, or the gateway drains."""
        await send(START)
        pump = asyncio.create_task(_pump(_answers(gateway, ready, caller), send))
        beat = asyncio.create_task(self._beat(send))
        gone = asyncio.create_task(_gone(receive))
        self._open.add(pump)
        try:
            await asyncio.wait({pump, gone}, return_when=asyncio.FIRST_COMPLETED)
            finished = pump.done() or not gone.done()
        finally:
            self._open.discard(pump)
            for task in (pump, beat, gone):
                task.cancel()
            results = await asyncio.gather(pump, beat, gone, return_exceptions=True)
        if finished:
            await send({"type": "http.response.body", "body": b"event: complete\ndata:\n\n"})
        failed = results[0]
        if isinstance(failed, Exception):
            raise failed

    def end(self) -> None:
        """End all streams in good order."""
        for task in self._open:
            task.cancel()

    async def _beat(self, send: Send) -> None:
        while True:
            await asyncio.sleep(self._keepalive)
            await send({"type": "http.response.body", "body": b":\n\n", "more_body": True})


async def _answers(gateway: Gateway, ready: Ready, caller: Caller) -> AsyncGenerator[Answer, None]:
    if ready.kind is not OperationType.SUBSCRIPTION:
        yield await gateway.answer(ready, caller)
        return
    async with contextlib.aclosing(until_expiry(gateway.events(ready, caller), caller)) as events:
        async for answer in events:
            yield answer


async def _pump(answers: AsyncGenerator[Answer, None], send: Send) -> None:
    async with contextlib.aclosing(answers):
        async for answer in answers:
            body = b"event: next\ndata: " + answer.json() + b"\n\n"
            await send({"type": "http.response.body", "body": body, "more_body": True})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
