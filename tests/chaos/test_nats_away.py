"""NATS goes away: writes go on, the outbox keeps them, and it drains when NATS is back."""

import os
from pathlib import Path

from chaos_suite import Suite

LONG = os.environ.get("PLUMBLINE_CHAOS") == "long"
AWAY_SECONDS, EVENTS, DRAIN_SECONDS = (30.0 if LONG else 5.0), 800, 30


async def test_writes_go_on_and_the_outbox_drains(server_folder: Path) -> None:
    async with Suite(server_folder / "away") as suite:
        await suite.write(EVENTS)
        await suite.drained(DRAIN_SECONDS)
        waiting = await suite.without_nats(AWAY_SECONDS, EVENTS)
        took = await suite.drained(DRAIN_SECONDS)
        published, applied = await suite.published(), await suite.applied()
    assert waiting == EVENTS
    assert sum(map(len, published.values())) == 2 * EVENTS
    assert applied == published
    assert took < DRAIN_SECONDS
