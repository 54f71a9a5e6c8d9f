"""One bureau at work for the tests of use cases."""

from collections.abc import Awaitable, Callable

import pytest_asyncio
from case_flow.subscriptions import TIMERS
from case_flow.testing import MIGRATIONS, WorkedBureau
from plumbline_shared.clock import ManualClock


@pytest_asyncio.fixture
async def bureau(database_for: Callable[..., Awaitable[object]], clock: ManualClock) -> WorkedBureau:
    """D01 with its cast, on Wed 2026-04-01 09:00."""
    return await WorkedBureau.open(await database_for(("case_flow", MIGRATIONS)), clock, TIMERS)
