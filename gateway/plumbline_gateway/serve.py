"""Run the application under uvicorn, and leave in good order on SIGTERM."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Iterator

import uvicorn

from plumbline_gateway.app import App
from plumbline_gateway.settings import Settings

log = logging.getLogger(__name__)


class _Server(uvicorn.Server):
    """Signals are ours: the drain comes first."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(settings: Settings) -> None:
    """Until SIGTERM or SIGINT. Raises BadSupergraph when there is nothing to serve."""
    app = await App.start(settings)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http="httptools",
        ws="websockets-sansio",
        lifespan="off",
        access_log=False,
        log_level="warning",
        server_header=False,
        date_header=False,
        ws_max_size=settings.limits.max_body_bytes,
        timeout_graceful_shutdown=int(settings.subgraph_timeout) + 1,
    )
    server = _Server(config)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    running = asyncio.create_task(server.serve())
    leaving = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({running, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            await _drain(app, settings.drain_seconds)
            server.should_exit = True
        await running
    finally:
        leaving.cancel()
        await app.close()


async def _drain(app: App, seconds: float) -> None:
    log.info("draining")
    app.draining = True
    await asyncio.sleep(seconds)
    await app.drain()
