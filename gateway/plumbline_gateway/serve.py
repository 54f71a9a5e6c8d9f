"""Run the application under uvicorn, and leave in good order on SIGTERM."""

import asyncio
import contextlib
import logging
import os
import signal
import socket
from collections.abc import Generator

import uvicorn

from plumbline_gateway.app import App
from plumbline_gateway.cork import CorkedProtocol
from plumbline_gateway.settings import Settings

log = logging.getLogger(__name__)


class _Server(uvicorn.Server):
    """Signals are ours: the drain comes first."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


async def serve(settings: Settings) -> None:
    """Until SIGTERM or SIGINT. Raises BadSupergraph when there is nothing to serve."""
    listening = _listen(settings.host, settings.port)
    app = await App.start(settings)
    config = uvicorn.Config(
        app,
        http=CorkedProtocol,
        ws="websockets-sansio",
        lifespan="off",
        access_log=False,
        log_level="warning",
        server_header=False,
        date_header=False,
        proxy_headers=False,
        ws_max_size=settings.limits.max_body_bytes,
        timeout_graceful_shutdown=int(settings.subgraph_timeout) + 1,
    )
    server = _Server(config)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    running = asyncio.create_task(server.serve(sockets=[listening]))
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


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        message = f"cannot listen on {host} port {port}: {os.strerror(error.errno or 0)}; choose another with --port"
        raise OSError(error.errno, message) from None


async def _drain(app: App, seconds: float) -> None:
    log.info("draining")
    app.draining = True
    await asyncio.sleep(seconds)
    await app.drain()
