"""Adds up the totals' pending deltas, now and then, away from whoever changes the register."""

import asyncio
import logging
from contextlib import suppress

from plumbline_shared.database import AWAY, Database
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime

from risk_registry.storage.totals import compact

log = logging.getLogger(__name__)

BATCH = 2000
EVERY_SECONDS = 5.0


async def compact_all(db: Database) -> int:
    """Add up every delta that is pending, a batch a transaction; returns how many. Stops safely anywhere."""
    done = 0
    while True:
        async with db.transaction(system()) as conn:
            batch = await compact(conn, BATCH)
        done += batch
        if batch < BATCH:
            return done


async def compact_forever(runtime: Runtime, stopping: asyncio.Event) -> None:
    """Run until `stopping`; a database that is away is waited for."""
    while not stopping.is_set():
        try:
            await compact_all(runtime.db)
        except AWAY as error:
            log.warning("the totals wait for the database: %s", type(error).__name__)
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), EVERY_SECONDS)
