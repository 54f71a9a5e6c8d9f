"""Subscriptions towards subgraphs: `graphql-transport-ws`, one socket for each, alive as long as the client is."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Mapping
from typing import Any

import aiohttp
import orjson

from plumbline_gateway.identity import Caller
from plumbline_gateway.settings import Settings
from plumbline_gateway.transport import SubgraphFailed, Transport, unavailable

PROTOCOL = "graphql-transport-ws"
MAX_MESSAGE = 4 * 1024 * 1024
Payload = dict[str, Any]


class Upstream:
    """The timeouts are for the handshake; a silent stream is kept alive with pings and never timed out."""

    def __init__(self, transport: Transport, settings: Settings) -> None:
        self._transport = transport
        self._handshake = settings.subgraph_timeout
        self._heartbeat = settings.keepalive_seconds

    async def subscribe(
        self, service: str, url: str, query: str, variables: Mapping[str, Any], caller: Caller
    ) -> AsyncGenerator[Payload, None]:
        """Execution results, one for each event. Raises SubgraphFailed when the stream breaks."""
        async with contextlib.AsyncExitStack() as stack:
            try:
                socket = await asyncio.wait_for(self._open(stack, service, url, caller), self._handshake)
                await socket.send_json(_subscribe(query, variables))
            except TimeoutError as failed:
                raise unavailable(service, "it did not accept the subscription in time") from failed
            except (aiohttp.ClientError, OSError) as failed:
                raise unavailable(service, "it cannot be reached") from failed
            payloads = await stack.enter_async_context(contextlib.aclosing(_payloads(service, socket)))
            async for payload in payloads:
                yield payload

    async def _open(
        self, stack: contextlib.AsyncExitStack, service: str, url: str, caller: Caller
    ) -> aiohttp.ClientWebSocketResponse:
        headers = dict(caller.headers(service))
        socket = await stack.enter_async_context(
            self._transport.session.ws_connect(
                url.replace("http", "ws", 1),
                protocols=(PROTOCOL,),
                headers=headers,
                heartbeat=self._heartbeat,
                max_msg_size=MAX_MESSAGE,
            )
        )
        await socket.send_json({"type": "connection_init", "payload": headers})
        while (message := await _receive(service, socket))["type"] != "connection_ack":
            if message["type"] == "ping":
                await socket.send_json({"type": "pong"})
        return socket


async def _payloads(service: str, socket: aiohttp.ClientWebSocketResponse) -> AsyncGenerator[Payload, None]:
    while True:
        message = await _receive(service, socket)
        kind = message["type"]
        if kind == "next":
            yield message.get("payload") or {}
        elif kind == "error":
            yield {"data": None, "errors": message.get("payload") or []}
            return
        elif kind == "complete":
            return
        elif kind == "ping":
            await socket.send_json({"type": "pong"})


async def _receive(service: str, socket: aiohttp.ClientWebSocketResponse) -> dict[str, Any]:
    found = await socket.receive()
    if found.type is not aiohttp.WSMsgType.TEXT:
        raise unavailable(service, "the subscription broke off")
    try:
        message = orjson.loads(found.data)
        if isinstance(message["type"], str):
            return message
    except (orjson.JSONDecodeError, KeyError, TypeError):
        pass
    raise SubgraphFailed("SUBGRAPH_BAD_RESPONSE", service, f"{service} does not speak {PROTOCOL}")


def _subscribe(query: str, variables: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": "1", "type": "subscribe", "payload": {"query": query, "variables": variables}}
