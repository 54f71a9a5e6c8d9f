"""The national job: once a quarter, what bureaus with the same catalogue point have seen becomes one prior."""

import asyncio
import logging
from collections import defaultdict
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from plumbline_shared.clock import start_of_day, today
from plumbline_shared.database import AWAY, Connection, Database
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime

from risk_registry.domain.evidence import Posterior, Prior, Weighed, posterior
from risk_registry.domain.evidence_facts import EvidenceScheme, Fact, counted
from risk_registry.domain.siblings import Sums, pooled, quarter_of
from risk_registry.storage.evidence import evidence_scheme_on
from risk_registry.storage.siblings import (
    CataloguePoint,
    SharedPoint,
    add_pool,
    bureaus,
    facts_of_bureau,
    is_pooled,
    shared_points,
)

log = logging.getLogger(__name__)

EVERY_SECONDS = 60.0
SETTLING = timedelta(days=1)
NOTHING = Prior(0.0, 0.0)
EVER = datetime.min.replace(tzinfo=UTC)


async def pool(db: Database, day: date) -> bool:
    """Pool a quarter as of its first day; False when that is done already. Only sums outlive a bureau's transaction."""
    async with db.read(system()) as conn:
        if await is_pooled(conn, day):
            return False
        scheme, every = await evidence_scheme_on(conn, day), await bureaus(conn)
    sums: defaultdict[CataloguePoint, Sums] = defaultdict(Sums)
    for bureau in every:
        async with db.read(system(bureau)) as conn:
            for key, seen in await seen_in(conn, bureau, day, scheme):
                sums[key] = sums[key].plus(seen)
    found = {key: pooled(each, day, scheme.siblings) for key, each in sums.items()}
    kept = {key: each for key, each in found.items() if each}
    async with db.transaction(system()) as conn:
        return await add_pool(conn, day, scheme.version, kept, start_of_day(day))


async def seen_in(
    conn: Connection, bureau: str, day: date, scheme: EvidenceScheme
) -> list[tuple[CataloguePoint, Posterior]]:
    """What a bureau's own evidence says of each shared point; a bureau that never reported anything says nothing."""
    known_at = start_of_day(day)
    facts: defaultdict[str, list[Fact]] = defaultdict(list)
    for each in await facts_of_bureau(conn, bureau, known_at):
        facts[each.point_id].append(each)
    if not facts:
        return []
    points = await shared_points(conn, bureau, day, known_at)
    return [(each.key, _seen(each, facts[each.id], day, scheme)) for each in points]


def _seen(point: SharedPoint, facts: list[Fact], day: date, scheme: EvidenceScheme) -> Posterior:
    events = [
        Weighed(weight.weight, float((day - each.occurred_on).days), weight.verified)
        for each in counted(facts, EVER, day, start_of_day(day))
        for weight in [scheme.weights[each.kind]]
    ]
    return posterior(NOTHING, events, float((day - point.since).days), scheme.rules)


async def pool_forever(runtime: Runtime, stopping: asyncio.Event) -> None:
    """Run until `stopping`. A quarter is pooled a day late, so that the events of its eve have come."""
    while not stopping.is_set():
        try:
            await pool(runtime.db, quarter_of(today(runtime.clock) - SETTLING))
        except AWAY as error:
            log.warning("the pool of siblings waits for the database: %s", type(error).__name__)
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), EVERY_SECONDS)
