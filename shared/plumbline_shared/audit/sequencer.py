"""The background work: rows become leaves, and every few seconds the tree is signed."""

import asyncio
import logging
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from plumbline_shared.audit import log as table
from plumbline_shared.audit.checkpoint import Signer, make_key
from plumbline_shared.clock import Clock
from plumbline_shared.database import AWAY, Database
from plumbline_shared.principal import system

if TYPE_CHECKING:
    from plumbline_shared.runtime import Runtime

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=3)


async def sequence_all(db: Database) -> int:
    """Sequence until nothing waits; returns how many rows became leaves."""
    total = 0
    while True:
        async with db.transaction(system()) as conn:
            done = await table.sequence(conn)
        total += done
        if done < table.BATCH:
            return total


async def sign_tree(db: Database, clock: Clock, signer: Signer) -> str | None:
    """Sign the tree as it is now, unless that was done; returns the new note."""
    async with db.transaction(system()) as conn:
        size = await table.tree_size(conn)
        newest = await table.newest_checkpoint(conn)
        if size == (newest[0] if newest else 0):
            return None
        [root] = await table.hashes(conn, [(0, size)])
        note = signer.sign(size, root)
        await table.store_checkpoint(conn, size, root, note, clock.now())
        return note


async def sequence_forever(runtime: "Runtime", stopping: asyncio.Event) -> None:
    """Run until `stopping`, then once more; a database that is away is waited for."""
    signer = signer_of(runtime)
    while True:
        last = stopping.is_set()
        try:
            await sequence_all(runtime.db)
            if signer is not None:
                await sign_tree(runtime.db, runtime.clock, signer)
        except AWAY as error:
            log.warning("the audit log waits for the database: %s", type(error).__name__)
        if last:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), EVERY.total_seconds())


def signer_of(runtime: "Runtime") -> Signer | None:
    """The key of AUDIT_KEY_FILE; outside production a missing file is made. None without the setting."""
    settings = runtime.settings
    if not settings.audit_key_file:
        log.warning("AUDIT_KEY_FILE is not set: the audit log is sequenced but no checkpoint is signed")
        return None
    file = Path(settings.audit_key_file)
    if settings.mode != "production" and not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        make_key(file)
    return Signer.load(origin(runtime.definition.name), file)


def origin(service: str) -> str:
    """The log's name in its checkpoints: one log per service database."""
    return f"plumbline/{service}"
