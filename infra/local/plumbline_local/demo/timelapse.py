"""The one clock of the demonstration, and the wait until every service has dealt with the new instant."""

import asyncio
import time
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import aiohttp
import orjson
from plumbline_shared.clock import FileClock
from plumbline_shared.testing.process import ServerError

from plumbline_local.layout import SERVICES, Layout

STABLE_ROUNDS = 2
LONGEST = 120.0
COUNTS = ("outbox_pending", "consumer_lag", "timers_due")


class TimeLapse:
    """Moves the clock from timer to timer; after each move nothing is unsent, unread or due."""

    def __init__(self, layout: Layout, http: aiohttp.ClientSession) -> None:
        self._clock = FileClock(layout.clock)
        self._urls = {service: layout.url(service, "/internal/settled") for service in SERVICES}
        self._http = http

    @property
    def now(self) -> datetime:
        return self._clock.now()

    async def move_to(self, instant: datetime) -> None:
        """Stops wherever something falls due on the way. Going back is refused."""
        if instant < self.now:
            raise ValueError(f"the clock stands at {self.now.isoformat()}, later than {instant.isoformat()}")
        upcoming = await self.settle()
        while upcoming is not None and upcoming < instant:
            self._clock.set(upcoming)
            upcoming = await self.settle()
        self._clock.set(instant)
        await self.settle()

    async def settle(self) -> datetime | None:
        """Returns when two rounds in a row found nothing under way anywhere, with the next timer's instant.

        Raises ServerError after two minutes.
        """
        stable, deadline = 0, time.monotonic() + LONGEST
        while True:
            answers = await self._answers()
            busy = {service: left for service, answer in answers.items() if (left := _left(answer))}
            stable = 0 if busy else stable + 1
            if stable == STABLE_ROUNDS:
                return _next_timer(answers.values())
            if time.monotonic() > deadline:
                raise ServerError(f"not settled after {LONGEST:.0f} s: {busy}; see `make logs`")
            if busy:
                await asyncio.sleep(0.02)

    async def _answers(self) -> dict[str, Mapping[str, Any]]:
        found = await asyncio.gather(*map(self._ask, self._urls.values()))
        return dict(zip(self._urls, found, strict=True))

    async def _ask(self, url: str) -> Mapping[str, Any]:
        async with self._http.get(url) as response:
            response.raise_for_status()
            return orjson.loads(await response.read())


def _left(answer: Mapping[str, Any]) -> dict[str, int]:
    """What a service has still under way."""
    return {name: answer[name] for name in COUNTS if answer[name]}


def _next_timer(answers: Iterable[Mapping[str, Any]]) -> datetime | None:
    instants = [answer["next_timer_at"] for answer in answers if answer["next_timer_at"]]
    return min(map(datetime.fromisoformat, instants), default=None)
