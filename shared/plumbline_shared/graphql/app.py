"""The subgraph over HTTP and WebSocket: POST and `graphql-transport-ws` only."""

from collections.abc import Mapping
from typing import cast

import orjson
from opentelemetry.trace import SpanKind
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketClose, WebSocketDisconnect
from strawberry.asgi import ASGIWebSocketAdapter, GraphQL
from strawberry.http.exceptions import WebSocketDisconnected
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL

from plumbline_shared.auth import Claims
from plumbline_shared.errors import Unauthenticated
from plumbline_shared.graphql.context import Context
from plumbline_shared.runtime import Runtime
from plumbline_shared.telemetry import context_of, tracer


class TextFrames(ASGIWebSocketAdapter):
    """`graphql-transport-ws` is JSON in text frames; bytes from `encode_json` would go out as binary ones."""

    async def send_json(self, message: Mapping[str, object]) -> None:
        try:
            await self.ws.send_text(orjson.dumps(message).decode())
        except WebSocketDisconnect as error:
            raise WebSocketDisconnected from error


class SubgraphApp(GraphQL[Context, None]):
    """Authenticates every request and every WebSocket, then hands over to the schema."""

    websocket_adapter_class = TextFrames

    def __init__(self, runtime: Runtime) -> None:
        super().__init__(
            runtime.definition.schema,
            graphql_ide=None,
            allow_queries_via_get=False,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
        )
        self._runtime = runtime

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        claims = cast(Claims, request.scope["plumbline.claims"])
        return Context(self._runtime, await self._runtime.principal(claims), claims)

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)

    def decode_json(self, data: str | bytes) -> object:
        """Refuses half a surrogate pair too, which no column and no key could hold."""
        return orjson.loads(data)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        try:
            scope["plumbline.claims"] = await self._claims(headers.get("authorization"))
        except Unauthenticated as error:
            await (WebSocketClose(4401) if scope["type"] == "websocket" else _refusal(error))(
                scope, receive, send
            )
            return
        if scope["type"] == "websocket":
            await super().__call__(scope, receive, send)
            return
        name = f"{self._runtime.definition.name} graphql"
        with tracer.start_as_current_span(name, context=context_of(headers), kind=SpanKind.SERVER):
            await super().__call__(scope, receive, send)

    async def _claims(self, authorization: str | None) -> Claims:
        if self._runtime.authenticator is None:
            raise Unauthenticated(
                "this service has no token issuer set: see GATEWAY_JWKS_URL and OIDC_ISSUER"
            )
        return await self._runtime.authenticator.authenticate(authorization)


def _refusal(error: Unauthenticated) -> Response:
    body = {"errors": [{"message": error.message, "extensions": {"code": error.code}}]}
    return Response(orjson.dumps(body), status_code=error.status, media_type="application/json")
