"""A running gateway over real subgraph servers: composed, planned and served as in production."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Callable, Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
import uvicorn

sys.path.insert(0, str(Path(__file__).parent))

import gateway_worlds
from gateway_subgraph import LINK, Subgraph
from plumbline_gateway.app import App
from plumbline_gateway.composer import Subgraph as Composed
from plumbline_gateway.composer import compose
from plumbline_gateway.cork import CorkedProtocol
from plumbline_gateway.settings import Settings


@dataclass
class World:
    """Subgraphs, the gateway over them, and a client."""

    subgraphs: dict[str, Subgraph]
    file: Path
    app: App
    url: str
    session: aiohttp.ClientSession
    headers: dict[str, str] = field(default_factory=dict)

    async def ask(
        self, query: str, variables: dict[str, Any] | None = None, **headers: str
    ) -> dict[str, Any]:
        """The payload of the answer, with `status`."""
        body = {"query": query, "variables": variables or {}}
        given = {"accept": "application/graphql-response+json", **self.headers, **headers}
        async with self.session.post(self.url, json=body, headers=given) as response:
            return {**await response.json(content_type=None), "status": response.status}

    async def data(self, query: str, variables: dict[str, Any] | None = None) -> Any:
        """The data of an answer without errors."""
        answer = await self.ask(query, variables)
        assert "errors" not in answer, answer
        return answer["data"]

    def sent(self, name: str) -> list[Any]:
        """The requests that reached a subgraph since the last call."""
        subgraph = self.subgraphs[name]
        seen, subgraph.seen = subgraph.seen, []
        return seen


_COMPOSED: dict[tuple[str, ...], str] = {}


async def supergraph_of(subgraphs: Sequence[Subgraph]) -> str:
    """Composed as the command composes it; the addresses, which differ each time, are put in afterwards."""
    key = tuple(one.sdl for one in subgraphs)
    if key not in _COMPOSED:
        _COMPOSED[key] = await compose(
            [Composed(one.name, f"at:{one.name}", LINK + one.sdl) for one in subgraphs]
        )
    sdl = _COMPOSED[key]
    for one in subgraphs:
        sdl = sdl.replace(f'"at:{one.name}"', f'"{one.url}"')
    return sdl


@contextlib.asynccontextmanager
async def world(folder: Path, subgraphs: list[Subgraph], **changes: Any) -> AsyncIterator[World]:
    """Serve `subgraphs` through a gateway on a free port."""
    for subgraph in subgraphs:
        await subgraph.start()
    file = folder / f"{'-'.join(one.name for one in subgraphs)}.graphql"
    file.write_text(await supergraph_of(subgraphs))
    settings = Settings(**{"open": True, "supergraph": str(file), "reload_seconds": 3600, **changes})
    app = await App.start(settings)
    async with serving(app) as url, aiohttp.ClientSession() as session:
        yield World({one.name: one for one in subgraphs}, file, app, url, session)
    await app.close()
    for subgraph in subgraphs:
        await subgraph.stop()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield

    async def startup(self, sockets: list[Any] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()


@contextlib.asynccontextmanager
async def serving(app: App) -> AsyncIterator[str]:
    """The GraphQL address of `app` on a free port."""
    config = uvicorn.Config(
        app, port=0, lifespan="off", http=CorkedProtocol, ws="websockets-sansio", log_level="error"
    )
    server = _Server(config)
    running = asyncio.create_task(server.serve())
    await server.listening.wait()
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/graphql"
    finally:
        server.should_exit = True
        server.force_exit = True
        await running


def _world_fixture(make: Callable[[], list[Subgraph]], **changes: Any) -> Any:
    @pytest_asyncio.fixture(scope="session", loop_scope="session")
    async def fixture(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
        async with world(tmp_path_factory.mktemp("world"), make(), **changes) as found:
            yield found

    return fixture


bureau = _world_fixture(gateway_worlds.bureau)
overriding = _world_fixture(gateway_worlds.overriding)
ticking = _world_fixture(gateway_worlds.ticking)
