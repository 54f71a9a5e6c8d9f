"""One world per service for the session: a story is played once, and every test looks at what came of it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from importlib import import_module

import pytest_asyncio
from plumbline_shared.clock import ManualClock
from plumbline_shared.process import close_runtime, open_runtime
from plumbline_shared.runtime import Runtime, ServiceDefinition
from plumbline_shared.testing.databases import TemplateDatabases
from plumbline_shared.testing.nats import CONTEXTS
from plumbline_shared.testing.plugin import START, definition_of, migrations_of, settings_for
from security_world import World

SERVICES: tuple[str, ...] = CONTEXTS
STORIES = {
    "directory": "security_directory",
    "risk_registry": "security_registry",
    "case_flow": "security_cases",
    "complaints": "security_complaints",
    "education": "security_education",
    "performance": "security_performance",
}

WorldOf = Callable[[str], Awaitable[World]]
RuntimeOf = Callable[[str], Awaitable[Runtime]]


def definition(service: str) -> ServiceDefinition:
    """What the service is."""
    return definition_of(service)


@pytest_asyncio.fixture(scope="session")
async def runtime_of(templates: TemplateDatabases) -> AsyncIterator[RuntimeOf]:
    """`await runtime_of("education")`: the service on its one database of the session."""
    running: dict[str, Runtime] = {}
    async with AsyncExitStack() as stack:

        async def start(service: str) -> Runtime:
            if service not in running:
                urls = await templates.fresh(*migrations_of(service))
                stack.push_async_callback(templates.drop, urls)
                settings = settings_for(definition(service), urls, None, {})
                running[service] = await open_runtime(definition(service), settings, ManualClock(START))
                stack.push_async_callback(close_runtime, running[service])
            return running[service]

        yield start


@pytest_asyncio.fixture(scope="session")
async def world_of(runtime_of: RuntimeOf) -> WorldOf:
    """`await world_of("education")`: the world at the end of its story. A story that fails, fails for every test."""
    stories: dict[str, asyncio.Task[World]] = {}

    async def play(service: str) -> World:
        runtime = await runtime_of(service)
        assert isinstance(runtime.clock, ManualClock)
        world = World(runtime, runtime.clock)
        await import_module(STORIES[service]).play(world)
        return world

    async def told(service: str) -> World:
        if service not in stories:
            stories[service] = asyncio.create_task(play(service))
        return await stories[service]

    return told
