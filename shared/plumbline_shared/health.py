"""Health: `/livez` has no dependencies, `/readyz` looks at the database, `/internal/settled` serves the time-lapse."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from plumbline_shared import consumer, outbox, timers
from plumbline_shared.migrate import pending
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime


class Health:
    """Whether this process should get traffic. NATS away does not count: the outbox absorbs it."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self.draining = False

    def routes(self) -> list[Route]:
        """The health endpoints; `/internal/settled` exists only where the clock can be set."""
        routes = [Route("/livez", self.livez), Route("/readyz", self.readyz)]
        if self._runtime.clock.settable:
            routes.append(Route("/internal/settled", self.settled))
        return routes

    async def livez(self, request: Request) -> JSONResponse:
        return JSONResponse({"status": "alive", "service": self._runtime.definition.name})

    async def readyz(self, request: Request) -> JSONResponse:
        if self.draining:
            return _not_ready("draining")
        try:
            async with self._runtime.db.read(system()) as conn:
                missing = await pending(conn, self._runtime.definition.all_migrations())
        except Exception as error:  # whatever the driver raises, the answer is the same
            return _not_ready(f"database: {type(error).__name__}")
        if missing:
            return _not_ready(f"migrations to run: {', '.join(missing)}")
        return JSONResponse({"status": "ready", "service": self._runtime.definition.name})

    async def settled(self, request: Request) -> JSONResponse:
        """What is still under way: unsent events, unread events, timers that are due."""
        runtime = self._runtime
        now = runtime.clock.now()
        async with runtime.db.read(system()) as conn:
            unsent = await outbox.pending(conn)
            due = await timers.count_due(conn, now)
            upcoming = await timers.next_fire_at(conn)
            lag = (
                0
                if runtime.bus is None
                else await consumer.lag(conn, runtime.bus, runtime.definition.subscriptions)
            )
        body = {"now": now.isoformat(), "outbox_pending": unsent, "consumer_lag": lag, "timers_due": due}
        return JSONResponse({**body, "next_timer_at": upcoming.isoformat() if upcoming else None})


def _not_ready(reason: str) -> JSONResponse:
    return JSONResponse({"status": "not ready", "reason": reason}, status_code=503)
