"""`graphql-transport-ws` towards clients: many operations on one socket, each its own task."""

import asyncio
import contextlib
import logging
from typing import Any

import orjson
from graphql import OperationType
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from plumbline_gateway.errors import ErrorDict, RequestError, error
from plumbline_gateway.expiry import until_expiry
from plumbline_gateway.gateway import Gateway, Ready
from plumbline_gateway.identity import Caller, Identity
from plumbline_gateway.parameters import from_object
from plumbline_gateway.trace import context_for
from plumbline_gateway.upstream import PROTOCOL
from plumbline_gateway.values import is_object

log = logging.getLogger(__name__)
INIT_TIMEOUT = 5.0


class Closed(Exception):
    """The protocol says to close, with this code and reason."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Session:
    """One client's socket."""

    def __init__(self, socket: WebSocket, gateway: Gateway, identity: Identity) -> None:
        self._socket = socket
        self._gateway = gateway
        self._identity = identity
        self._caller: Caller | None = None
        self._running: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Serve until one side closes; every operation ends with the socket."""
        if PROTOCOL not in self._socket.scope["subprotocols"]:
            await self._socket.accept()
            await self._socket.close(4406, "Subprotocol not acceptable")
            return
        await self._socket.accept(PROTOCOL)
        try:
            await self._converse()
        except Closed as closed:
            await self._close(closed.code, closed.reason)
        except WebSocketDisconnect:
            pass
        finally:
            for task in list(self._running.values()):
                task.cancel()
            await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def end(self) -> None:
        """The gateway drains: tell the client to come again elsewhere."""
        await self._close(1001, "Going away")

    async def _converse(self) -> None:
        try:
            async with asyncio.timeout(INIT_TIMEOUT):
                await self._handle(await self._receive())
                while self._caller is None:
                    await self._handle(await self._receive())
        except TimeoutError:
            raise Closed(4408, "Connection initialisation timeout") from None
        while True:
            await self._handle(await self._receive())

    async def _receive(self) -> dict[str, Any]:
        try:
            message = orjson.loads(await self._socket.receive_text())
            if isinstance(message["type"], str):
                return message
        except (orjson.JSONDecodeError, KeyError, TypeError):
            pass
        raise Closed(4400, "Invalid message received")

    async def _handle(self, message: dict[str, Any]) -> None:
        kind = message["type"]
        if kind == "connection_init":
            await self._init(message.get("payload"))
        elif kind == "ping":
            await self._send({"type": "pong"})
        elif kind == "subscribe":
            self._subscribe(message)
        elif kind == "complete":
            task = self._running.pop(str(message.get("id")), None)
            if task is not None:
                task.cancel()
        elif kind != "pong":
            raise Closed(4400, "Invalid message received")

    async def _init(self, payload: Any) -> None:
        if self._caller is not None:
            raise Closed(4429, "Too many initialisation requests")
        address = self._socket.client.host if self._socket.client else "local"
        try:
            caller = await self._identity.identify(self._authorization(payload), address)
        except RequestError:
            raise Closed(4403, "Forbidden") from None
        self._caller = caller.traced(context_for(self._socket.headers.get("traceparent")))
        await self._send({"type": "connection_ack"})

    def _authorization(self, payload: Any) -> str | None:
        given: dict[str, Any] = payload if is_object(payload) else {}
        found = next((value for name, value in given.items() if name.lower() == "authorization"), None)
        return found if isinstance(found, str) else self._socket.headers.get("authorization")

    def _subscribe(self, message: dict[str, Any]) -> None:
        if self._caller is None:
            raise Closed(4401, "Unauthorized")
        number = message.get("id")
        if not isinstance(number, str) or not number:
            raise Closed(4400, "Invalid message received")
        if number in self._running:
            raise Closed(4409, f"Subscriber for {number} already exists")
        if len(self._running) >= self._gateway.settings.subscriptions_per_connection:
            raise Closed(4429, "Too many operations on one connection")
        task = asyncio.create_task(self._operation(number, message.get("payload"), self._caller))
        self._running[number] = task

    async def _operation(self, number: str, payload: Any, caller: Caller) -> None:
        try:
            ready = await self._gateway.prepare(from_object(payload), caller)
            if ready.kind is OperationType.SUBSCRIPTION:
                await self._stream(number, ready, caller)
            else:
                answer = await self._gateway.answer(ready, caller)
                await self._send({"id": number, "type": "next", "payload": answer.payload()})
            await self._send({"id": number, "type": "complete"})
        except RequestError as refused:
            await self._error(number, refused.errors)
        except (WebSocketDisconnect, RuntimeError):
            pass  # the client is gone: its session ends everything
        except Exception:
            log.exception("an operation on a socket failed unexpectedly")
            await self._error(number, [error("INTERNAL", "something went wrong inside the gateway")])
        finally:
            self._running.pop(number, None)

    async def _stream(self, number: str, ready: Ready, caller: Caller) -> None:
        async with contextlib.aclosing(until_expiry(self._gateway.events(ready, caller), caller)) as events:
            async for answer in events:
                await self._send({"id": number, "type": "next", "payload": answer.payload()})

    async def _error(self, number: str, errors: list[ErrorDict]) -> None:
        await self._send({"id": number, "type": "error", "payload": errors})

    async def _send(self, message: dict[str, Any]) -> None:
        if self._socket.application_state is WebSocketState.CONNECTED:
            await self._socket.send_text(orjson.dumps(message).decode())

    async def _close(self, code: int, reason: str) -> None:
        if self._socket.application_state is WebSocketState.CONNECTED:
            with contextlib.suppress(RuntimeError, WebSocketDisconnect):
                await self._socket.close(code, reason)
