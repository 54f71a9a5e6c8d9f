"""`kill -9` of relay, consumer, NATS and PostgreSQL while events flow: nothing lost, doubled or out of order."""

import os
from pathlib import Path

from chaos_suite import FAULTS, Outcome, run

LONG = os.environ.get("PLUMBLINE_CHAOS") == "long"
EVENTS, KILLS, SEED = (120_000, 160, 20_261_124) if LONG else (20_000, 20, 7)
DRAIN_SECONDS = 30


async def test_nothing_is_lost_doubled_or_out_of_order(server_folder: Path) -> None:
    outcome = await run(server_folder / "chaos", events=EVENTS, kills=KILLS, seed=SEED, tell=print)
    assert sum(map(len, outcome.published.values())) >= EVENTS
    assert outcome.kills.total() == KILLS
    assert set(outcome.kills) == set(FAULTS)
    assert lost(outcome) == 0
    assert outcome.applied == outcome.published
    assert outcome.drained_in < DRAIN_SECONDS


def lost(outcome: Outcome) -> int:
    return sum(
        len(set(events) - set(outcome.applied.get(aggregate, [])))
        for aggregate, events in outcome.published.items()
    )
