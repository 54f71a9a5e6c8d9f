"""What every scene of the demonstration has at hand."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

import aiohttp
from plumbline_shared.clock import SHANGHAI

from plumbline_local.credentials import Credentials
from plumbline_local.demo.expectations import Expectations
from plumbline_local.demo.people import People
from plumbline_local.demo.timelapse import TimeLapse
from plumbline_local.layout import Layout
from plumbline_local.tokens import TokenIssuer


@dataclass(frozen=True)
class World:
    """The suite as the play sees it: callers, clock, the lines of the report, and answers to show as trees."""

    layout: Layout
    credentials: Credentials
    people: People
    time: TimeLapse
    expect: Expectations
    trees: list[list[str]] = field(default_factory=list[list[str]])


@dataclass(frozen=True)
class Step:
    """Something that happens at an instant (Shanghai's time when it has no offset)."""

    at: datetime
    title: str
    act: Callable[[], Awaitable[None]]


def step(at: str, title: str, act: Callable[[], Awaitable[None]]) -> Step:
    """`step("2026-04-01 09:40", "Wu Yan accepts", self.accept)`."""
    return Step(datetime.fromisoformat(at).replace(tzinfo=SHANGHAI), title, act)


@asynccontextmanager
async def open_world(layout: Layout, credentials: Credentials, expect: Expectations) -> AsyncGenerator[World]:
    """Callers and clock over one connection pool."""
    timeout = aiohttp.ClientTimeout(total=60)
    connector = aiohttp.TCPConnector(limit=32)
    async with aiohttp.ClientSession(timeout=timeout, connector=connector) as http:
        tokens = TokenIssuer(layout.url("issuer"), credentials)
        people = People(layout, http, tokens)
        yield World(layout, credentials, people, TimeLapse(layout, http), expect)
