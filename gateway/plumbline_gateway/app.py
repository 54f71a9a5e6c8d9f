"""The wiring on one page: settings, graph, identity, and the routes around the GraphQL endpoint."""

import asyncio
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from plumbline_gateway import console
from plumbline_gateway.endpoint import GraphQLEndpoint
from plumbline_gateway.gateway import Gateway
from plumbline_gateway.graph import Graph
from plumbline_gateway.identity import Identity, make_identity
from plumbline_gateway.rate import RateLimit
from plumbline_gateway.reload import Watcher, read_graph
from plumbline_gateway.settings import Settings
from plumbline_gateway.sse import Streams
from plumbline_gateway.trace import Tracer
from plumbline_gateway.transport import Transport
from plumbline_gateway.upstream import Upstream
from plumbline_gateway.websocket import Session

PATH = "/graphql"


class App:
    """An ASGI application. Made by `await App.start(settings)`, ended by `await close()`."""

    def __init__(
        self, settings: Settings, gateway: Gateway, identity: Identity, transport: Transport
    ) -> None:
        self.gateway = gateway
        self.draining = False
        self._identity = identity
        self._transport = transport
        self._dev = settings.console
        self._tracer = Tracer(settings.otlp_endpoint)
        self._streams = Streams(settings.keepalive_seconds)
        self._sessions: set[Session] = set()
        self._endpoint = GraphQLEndpoint(gateway, identity, self._tracer, self._streams)
        self._tasks: list[asyncio.Task[None]] = []
        self._watcher: Watcher | None = None
        self._rest = Starlette(
            routes=[
                Route("/livez", self._live),
                Route("/readyz", self._ready),
                Route("/.well-known/jwks.json", self._jwks),
                WebSocketRoute(PATH, self._socket),
                *(console.routes() if settings.console else ()),
            ]
        )

    @classmethod
    async def start(cls, settings: Settings) -> "App":
        """Load the supergraph and follow its file. Raises BadSupergraph."""
        transport = Transport(settings)

        async def load(sdl: str) -> Graph:
            return await Graph.load(sdl, transport, settings.limits)

        path = Path(settings.supergraph)
        try:
            text, graph = await read_graph(path, load)
            rate = RateLimit(settings.rate_per_second, settings.rate_burst)
            gateway = Gateway(settings, graph, rate, Upstream(transport, settings))
            app = cls(settings, gateway, make_identity(settings), transport)
        except BaseException:
            await transport.close()
            raise
        app._watcher = Watcher(path, text, load, app._adopt, settings.reload_seconds)
        app._tasks.append(asyncio.create_task(app._watcher.run()))
        return app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == PATH:
            if self._dev and scope["method"] == "GET" and console.wanted(scope):
                await console.page()(scope, receive, send)
            else:
                await self._endpoint(scope, receive, send)
        else:
            await self._rest(scope, receive, send)

    async def drain(self) -> None:
        """End every stream and socket in good order; single requests finish by themselves."""
        self._streams.end()
        await asyncio.gather(*(session.end() for session in list(self._sessions)))

    async def close(self) -> None:
        """Stop following the file, end the planner, close the pool."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._watcher is not None:
            await self._watcher.close()
        await self.gateway.graph.close()
        await self._transport.close()
        self._tracer.close()

    def _adopt(self, graph: Graph) -> Graph:
        replaced, self.gateway.graph = self.gateway.graph, graph
        return replaced

    async def _socket(self, socket: WebSocket) -> None:
        session = Session(socket, self.gateway, self._identity)
        self._sessions.add(session)
        try:
            await session.run()
        finally:
            self._sessions.discard(session)

    async def _live(self, _: Request) -> Response:
        return JSONResponse({"status": "alive"})

    async def _ready(self, _: Request) -> Response:
        if self.draining:
            return JSONResponse({"status": "draining"}, 503)
        return JSONResponse({"status": "ready", "subgraphs": sorted(self.gateway.graph.urls)})

    async def _jwks(self, _: Request) -> Response:
        headers = {"cache-control": "public, max-age=60"}
        return JSONResponse(self._identity.jwks(), headers=headers)
