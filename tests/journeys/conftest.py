import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from plumbline_local.credentials import load_or_create
from plumbline_local.demo.expectations import Expectations
from plumbline_local.demo.world import World, open_world

# With importlib mode a test's folder is not on the path; its helper modules are imported by name.
sys.path.insert(0, str(Path(__file__).parent))

from journeys_suite import Clone


@pytest.fixture(scope="session")
def clone(server_folder: Path) -> Iterator[Clone]:
    """One demonstration, played and still serving, on ports and data of its own."""
    one = Clone.beside(server_folder / "journeys")
    one.start("demo", until="still serving")
    yield one
    one.stop()


@pytest_asyncio.fixture
async def world(clone: Clone) -> AsyncIterator[World]:
    """The suite's callers and its clock, after the demonstration."""
    place = clone.place
    async with open_world(place, load_or_create(place.secrets), Expectations()) as opened:
        yield opened
