"""GraphQL over HTTP: the one hot path, straight on ASGI."""

import logging
from collections.abc import Sequence

import orjson
from graphql import OperationType
from starlette.types import Receive, Scope, Send

from plumbline_gateway import media
from plumbline_gateway.errors import RequestError, error
from plumbline_gateway.gateway import Gateway, Request
from plumbline_gateway.identity import Identity
from plumbline_gateway.parameters import from_json, from_query_string
from plumbline_gateway.sse import Streams
from plumbline_gateway.trace import Tracer

log = logging.getLogger(__name__)
Headers = Sequence[tuple[bytes, bytes]]


class GraphQLEndpoint:
    """POST takes JSON, GET takes queries only, and a subscription is answered as server-sent events."""

    def __init__(self, gateway: Gateway, identity: Identity, tracer: Tracer, streams: Streams) -> None:
        self._gateway = gateway
        self._identity = identity
        self._tracer = tracer
        self._streams = streams
        self._max_body = gateway.settings.limits.max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        kind = media.negotiate(headers.get(b"accept"))
        try:
            if kind is None:
                raise RequestError.of("NOT_ACCEPTABLE", f"accept one of {', '.join(media.OFFERS)}", 406)
            with self._tracer.span("graphql", headers.get(b"traceparent")) as trace:
                await self._serve(scope, receive, send, headers, kind, trace)
        except RequestError as refused:
            await _refuse(send, kind, refused)
        except Exception:
            log.exception("a request failed unexpectedly")
            hidden = RequestError.of("INTERNAL", "something went wrong inside the gateway; repeat later", 500)
            await _refuse(send, kind, hidden)

    async def _serve(
        self, scope: Scope, receive: Receive, send: Send, headers: dict[bytes, str], kind: str, trace: str
    ) -> None:
        request = await self._read(scope, receive, headers)
        address = scope["client"][0] if scope.get("client") else "local"
        caller = (await self._identity.identify(headers.get(b"authorization"), address)).traced(trace)
        try:
            ready = await self._gateway.prepare(request, caller)
        except RequestError as refused:
            if refused.status == 400 and kind != media.RESPONSE:
                refused.status = 200  # the specification's rule for application/json
            raise
        if scope["method"] == "GET" and ready.kind is OperationType.MUTATION:
            raise _not_allowed("send a mutation with POST: GET is for reading", "POST")
        if kind == media.EVENTS:
            await self._streams.send(self._gateway, ready, caller, receive, send)
        elif ready.kind is OperationType.SUBSCRIPTION:
            raise RequestError.of("NOT_ACCEPTABLE", f"accept {media.EVENTS} to receive a subscription", 406)
        else:
            await respond(send, 200, kind, (await self._gateway.answer(ready, caller)).json())

    async def _read(self, scope: Scope, receive: Receive, headers: dict[bytes, str]) -> Request:
        if scope["method"] == "POST":
            if not media.is_json(headers.get(b"content-type")):
                raise RequestError.of("UNSUPPORTED_MEDIA_TYPE", "send application/json in UTF-8", 415)
            return from_json(await self._body(receive, headers))
        if scope["method"] == "GET":
            return from_query_string(scope["query_string"])
        raise _not_allowed("use POST, or GET for queries", "GET, POST")

    async def _body(self, receive: Receive, headers: dict[bytes, str]) -> bytes:
        if int(headers.get(b"content-length") or 0) > self._max_body:
            raise self._too_large()
        message = await receive()
        body: bytes = message.get("body", b"")
        while message.get("more_body"):
            if len(body) > self._max_body:
                raise self._too_large()
            message = await receive()
            body += message.get("body", b"")
        if message["type"] == "http.disconnect":
            raise RequestError.of("BAD_REQUEST", "the body ended early")
        if len(body) > self._max_body:
            raise self._too_large()
        return body

    def _too_large(self) -> RequestError:
        limit = self._max_body
        return RequestError.of("TOO_LARGE", f"the body is over {limit} bytes", 413, limit=limit)


async def respond(
    send: Send, status: int, kind: str, body: bytes, headers: Sequence[tuple[bytes, bytes]] = ()
) -> None:
    """One whole answer."""
    start: list[tuple[bytes, bytes]] = [
        (b"content-type", f"{kind}; charset=utf-8".encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        *headers,
    ]
    await send({"type": "http.response.start", "status": status, "headers": start})
    await send({"type": "http.response.body", "body": body})


async def _refuse(send: Send, kind: str | None, refused: RequestError) -> None:
    shown = media.JSON if kind in (None, media.EVENTS) else kind
    headers = [(name.encode(), value.encode()) for name, value in refused.headers.items()]
    await respond(
        send, refused.status, shown or media.JSON, orjson.dumps({"errors": refused.errors}), headers
    )


def _not_allowed(message: str, allow: str) -> RequestError:
    return RequestError([error("METHOD_NOT_ALLOWED", message)], 405, {"allow": allow})
