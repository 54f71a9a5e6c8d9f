"""The one clock of the demonstration, and the wait until every service has dealt with the new instant."""

import asyncio
import time
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import orjson
from plumbline_shared.clock import FileClock, local_date, start_of_day
from plumbline_shared.testing.process import ServerError

from plumbline_local.layout import SERVICES, Layout

STABLE_ROUNDS = 2
LONGEST = 120.0
COUNTS = ("outbox_pending", "consumer_lag", "timers_due")


class TimeLapse:
    """Moves the clock day by day; after each move nothing is unsent, unread or due."""

    def __init__(self, layout: Layout, http: aiohttp.ClientSession) -> None:
        self._clock = FileClock(layout.clock)
        self._urls = {service: layout.url(service, "/internal/settled") for service in SERVICES}
        self._http = http

    @property
    def now(self) -> datetime:
        return self._clock.now()

    async def move_to(self, instant: datetime) -> None:
        """Every midnight in Shanghai on the way is a tick of its own. Going back is refused."""
        if instant < self.now:
            raise ValueError(f"the clock stands at {self.now.isoformat()}, later than {instant.isoformat()}")
        midnight = start_of_day(local_date(self.now) + timedelta(days=1))
        while midnight < instant:
            await self._tick(midnight)
            midnight = start_of_day(local_date(midnight) + timedelta(days=1))
        await self._tick(instant)

    async def _tick(self, instant: datetime) -> None:
        self._clock.set(instant)
        await self.settle()

    async def settle(self) -> None:
        """Returns when two rounds in a row found nothing under way anywhere. Raises ServerError after 2 minutes."""
        stable, deadline = 0, time.monotonic() + LONGEST
        while stable < STABLE_ROUNDS:
            busy = await self.busy()
            stable = 0 if busy else stable + 1
            if busy and time.monotonic() > deadline:
                raise ServerError(f"not settled after {LONGEST:.0f} s: {busy}; see `make logs`")
            if busy:
                await asyncio.sleep(0.02)

    async def busy(self) -> dict[str, dict[str, int]]:
        """What is still under way, by service."""
        answers = await asyncio.gather(*map(self._ask, self._urls.values()))
        found = {
            service: {name: answer[name] for name in COUNTS if answer[name]}
            for service, answer in zip(self._urls, answers, strict=True)
        }
        return {service: counts for service, counts in found.items() if counts}

    async def _ask(self, url: str) -> dict[str, Any]:
        async with self._http.get(url) as response:
            response.raise_for_status()
            return orjson.loads(await response.read())
