"""One running process: the web server, the workers, and an orderly end on SIGTERM or Ctrl-C."""

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute

from plumbline_shared import audit, consumer, relay, telemetry, timers
from plumbline_shared.auth import Authenticator
from plumbline_shared.bus import Bus
from plumbline_shared.clock import Clock
from plumbline_shared.database import Database
from plumbline_shared.errors import PlumblineError
from plumbline_shared.graphql.app import SubgraphApp
from plumbline_shared.health import Health
from plumbline_shared.problems import on_plumbline_error, on_unexpected
from plumbline_shared.runtime import Runtime, ServiceDefinition, clock_of
from plumbline_shared.settings import ServiceSettings, SettingsError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Parts:
    """What a process does."""

    serve: bool = False
    work: bool = False


async def open_runtime(
    definition: ServiceDefinition, settings: ServiceSettings, clock: Clock | None = None
) -> Runtime:
    """Connect to the database and, where one is set, to NATS; then run the service's `startup`."""
    runtime = Runtime(
        definition=definition,
        settings=settings,
        db=await Database.connect(settings.database_url, max_size=settings.pool_size),
        clock=clock or clock_of(settings),
        bus=await Bus.connect(definition.name, settings) if settings.nats_url else None,
        authenticator=_authenticator(definition.name, settings),
        door=_door(settings),
    )
    if definition.startup:
        await definition.startup(runtime)
    return runtime


async def close_runtime(runtime: Runtime) -> None:
    """Close NATS, then the pool."""
    if runtime.bus is not None:
        await runtime.bus.close()
    await runtime.db.close()


def web_app(runtime: Runtime, health: Health) -> Starlette:
    """GraphQL, the service's own routes and health."""
    subgraph = SubgraphApp(runtime)
    extra = runtime.definition.routes(runtime) if runtime.definition.routes else ()
    return Starlette(
        routes=[
            *health.routes(),
            Route("/graphql", subgraph, methods=["POST"]),
            WebSocketRoute("/graphql", subgraph),
            *extra,
        ],
        exception_handlers={PlumblineError: on_plumbline_error, Exception: on_unexpected},
    )


async def run_process(definition: ServiceDefinition, settings: ServiceSettings, parts: Parts) -> None:
    """Run until SIGTERM or SIGINT, then drain: not ready, finish requests, stop workers, close."""
    provider = telemetry.start(definition.name, settings.otlp_endpoint)
    runtime = await open_runtime(definition, settings)
    health = Health(runtime)
    stopping = asyncio.Event()
    _on_signals(lambda: _begin_drain(health, stopping, settings.drain_seconds))
    tasks: list[asyncio.Task[None]] = []
    if parts.serve:
        tasks.append(asyncio.create_task(_serve(web_app(runtime, health), settings, stopping)))
    if parts.work:
        tasks += [asyncio.create_task(work) for work in _workers(runtime, stopping)]
    try:
        await _first_failure(tasks)
    finally:
        stopping.set()
        await asyncio.gather(*tasks, return_exceptions=True)
        await close_runtime(runtime)
        provider.shutdown()


def _authenticator(name: str, settings: ServiceSettings) -> Authenticator | None:
    if settings.gateway_jwks_url:
        return Authenticator.behind_gateway(name, settings.gateway_jwks_url)
    if settings.oidc_issuer:
        if not settings.oidc_jwks_url:
            raise SettingsError("OIDC_ISSUER needs OIDC_JWKS_URL beside it")
        return Authenticator.alone(settings.oidc_issuer, settings.oidc_audience, settings.oidc_jwks_url)
    return None


def _door(settings: ServiceSettings) -> Authenticator | None:
    if not (settings.oidc_issuer and settings.oidc_jwks_url):
        return None
    issuer, audience, jwks = settings.oidc_issuer, settings.oidc_audience, settings.oidc_jwks_url
    return Authenticator.alone(issuer, audience, jwks, anonymous=False)


def _on_signals(begin: Callable[[], object]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, begin)


def _begin_drain(health: Health, stopping: asyncio.Event, seconds: float) -> None:
    """Tell the load balancer first; stop after it had time to notice."""
    if health.draining:
        return
    health.draining = True
    asyncio.get_running_loop().call_later(seconds, stopping.set)


async def _serve(app: Starlette, settings: ServiceSettings, stopping: asyncio.Event) -> None:
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        loop="none",
        lifespan="off",
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve())
    waiting = asyncio.create_task(stopping.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    waiting.cancel()
    await serving


class _Server(uvicorn.Server):
    """uvicorn without its own signal handlers: the process has one way to stop."""

    def capture_signals(self) -> AbstractContextManager[None]:  # pyright: ignore[reportIncompatibleMethodOverride]
        return nullcontext()


def _workers(runtime: Runtime, stopping: asyncio.Event) -> list[Coroutine[None, None, None]]:
    definition = runtime.definition
    work: list[Coroutine[None, None, None]] = [audit.sequence_forever(runtime, stopping)]
    work += [each(runtime, stopping) for each in definition.workers]
    if definition.timers:
        work.append(timers.run_forever(runtime.db, runtime.clock, definition.timers, stopping))
    if runtime.bus is not None:
        work.append(relay.run_forever(runtime, stopping))
        if definition.subscriptions:
            work.append(consumer.run_forever(runtime, stopping))
    return work


async def _first_failure(tasks: list[asyncio.Task[None]]) -> None:
    """Return when all have ended; raise at once when one fails, so that the process is restarted."""
    finished, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    for task in finished:
        task.result()
