"""A subgraph for tests: real GraphQL execution over real HTTP and WebSocket, from SDL and plain resolvers."""

import asyncio
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer
from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    build_ast_schema,
    concat_ast,
    extend_schema,
    graphql,
    parse,
    subscribe,
)

Resolvers = Mapping[str, Mapping[str, Callable[..., Any]]]
LINK = """
extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: [
  "@key", "@requires", "@provides", "@external", "@shareable", "@inaccessible", "@override", "@interfaceObject"])
"""
DIRECTIVES = """
scalar _Any
scalar _FieldSet
scalar _Import
directive @link(url: String!, import: [_Import]) repeatable on SCHEMA
directive @key(fields: _FieldSet!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE
directive @requires(fields: _FieldSet!) on FIELD_DEFINITION
directive @provides(fields: _FieldSet!) on FIELD_DEFINITION
directive @external on OBJECT | FIELD_DEFINITION
directive @shareable repeatable on OBJECT | FIELD_DEFINITION
directive @override(from: String!) on FIELD_DEFINITION
directive @interfaceObject on OBJECT
directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_FIELD_DEFINITION
"""


@dataclass
class Seen:
    """One request that reached the subgraph."""

    query: str
    variables: Mapping[str, Any]
    headers: Mapping[str, str]


@dataclass
class Subgraph:
    """`resolvers["Person"]["__reference"]` turns a representation into an object, or None."""

    name: str
    sdl: str
    resolvers: Resolvers
    seen: list[Seen] = field(default_factory=list)
    broken: Callable[[], Any] | None = None
    server: TestServer | None = None
    _connections: list[asyncio.Transport] = field(default_factory=list)

    @property
    def url(self) -> str:
        assert self.server is not None
        return str(self.server.make_url("/graphql"))

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/graphql", self._post)
        app.router.add_get("/graphql", self._socket)
        self.schema = executable(self.sdl, self.resolvers)
        self.server = TestServer(app)
        await self.server.start_server()

    async def vanish(self) -> None:
        """As if its process was killed: every connection breaks and nobody listens any more."""
        for connection in self._connections:
            connection.abort()
        await self.stop()

    async def stop(self) -> None:
        assert self.server is not None
        await self.server.close()

    async def _post(self, request: web.Request) -> web.Response:
        given = orjson.loads(await request.read())
        variables = given.get("variables") or {}
        self.seen.append(Seen(given["query"], variables, {k.lower(): v for k, v in request.headers.items()}))
        if self.broken is not None:
            return await self.broken()
        result = await graphql(self.schema, given["query"], variable_values=variables)
        return web.json_response(result.formatted)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=("graphql-transport-ws",))
        await socket.prepare(request)
        assert isinstance(request.transport, asyncio.Transport)
        self._connections.append(request.transport)
        self.seen.append(Seen("", {}, {k.lower(): v for k, v in request.headers.items()}))
        pump: asyncio.Task[None] | None = None
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            given = orjson.loads(message.data)
            if given["type"] == "connection_init":
                await socket.send_json({"type": "connection_ack"})
            elif given["type"] == "subscribe":
                pump = asyncio.create_task(self._pump(socket, given))
        if pump is not None:
            pump.cancel()
        return socket

    async def _pump(self, socket: web.WebSocketResponse, given: Mapping[str, Any]) -> None:
        document = parse(given["payload"]["query"])
        stream = subscribe(self.schema, document, variable_values=given["payload"].get("variables"))
        if inspect.isawaitable(stream):
            stream = await stream
        if isinstance(stream, ExecutionResult):
            errors = [one.formatted for one in stream.errors or ()]
            await socket.send_json({"id": given["id"], "type": "error", "payload": errors})
            return
        try:
            async for event in stream:
                await socket.send_json({"id": given["id"], "type": "next", "payload": event.formatted})
            await socket.send_json({"id": given["id"], "type": "complete"})
        except GraphQLError:
            await socket.close(code=1011)


def executable(sdl: str, resolvers: Resolvers) -> GraphQLSchema:
    """A schema with `_entities`, with `resolvers` bound; a type is told by the `__typename` of a dict."""
    document = concat_ast([parse(DIRECTIVES), parse(LINK), parse(sdl)])
    schema = build_ast_schema(document, assume_valid=True)
    entities = [name for name, of in resolvers.items() if "__reference" in of]
    if entities:
        concrete = [name for name in entities if not hasattr(schema.type_map[name], "resolve_type")]
        union = f"union _Entity = {' | '.join(concrete)}"
        root = "extend type Query { _entities(representations: [_Any!]!): [_Entity]! }"
        schema = extend_schema(schema, parse(f"{union} {root}"), assume_valid=True)
        schema.query_type.fields["_entities"].resolve = _entities_with(resolvers)
    for kind, of in resolvers.items():
        for name, resolve in of.items():
            if not name.startswith("__"):
                _bind(schema, kind, name, resolve)
    for kind in schema.type_map.values():
        if hasattr(kind, "resolve_type"):
            kind.resolve_type = lambda value, *_: value["__typename"]
    return schema


def _bind(schema: GraphQLSchema, kind: str, name: str, resolve: Callable[..., Any]) -> None:
    declared = schema.type_map[kind].fields[name]
    if schema.subscription_type is not None and kind == schema.subscription_type.name:
        declared.subscribe = resolve
        declared.resolve = lambda event, *_, **__: event
    else:
        declared.resolve = resolve


def _entities_with(resolvers: Resolvers) -> Callable[..., Any]:
    def resolve(_: Any, __: Any, representations: list[dict[str, Any]]) -> list[Any]:
        return [_entity(resolvers, one) for one in representations]

    return resolve


def _entity(resolvers: Resolvers, representation: dict[str, Any]) -> Any:
    try:
        found = resolvers[representation["__typename"]]["__reference"](representation)
    except Exception as error:  # an error of one entity is an error in its place
        return error
    if found is None:
        return None
    return {"__typename": representation["__typename"], **representation, **found}
