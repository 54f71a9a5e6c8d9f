"""The parts under fire: PostgreSQL, NATS, two relays and a consumer as real processes, killed without warning."""

import asyncio
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Self

import asyncpg
from chaos_parts import definition
from plumbline_contracts.education.v1 import AssignmentCompleted
from plumbline_shared.clock import SystemClock
from plumbline_shared.database import Database
from plumbline_shared.migrate import migrate
from plumbline_shared.principal import system
from plumbline_shared.testing.databases import DatabaseUrls, ServiceRoles, ensure_database, ensure_roles
from plumbline_shared.testing.nats import USERS, NatsServer
from plumbline_shared.testing.postgres import PostgresServer
from plumbline_shared.testing.process import ServerError, kill_child, start_child
from plumbline_shared.use_case import Uow

AGGREGATES = 100
EVENTS_A_TRANSACTION = 10
WORKERS = {"relay": "education", "standby": "education", "consumer": "performance"}
FAULTS = ("relay", "standby", "consumer", "nats", "postgres")

Order = dict[str, list[tuple[str, int]]]


@dataclass(frozen=True)
class Outcome:
    """What was published and what was applied, by aggregate in order, and how long the drain took."""

    published: Order
    applied: Order
    kills: Counter[str]
    drained_in: float


class Suite:
    """Everything running, each part killable and restartable."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._postgres = PostgresServer(folder / "postgres")
        self._nats = NatsServer(folder / "nats", {user: f"{user}-chaos" for user in USERS})
        self._urls: dict[str, DatabaseUrls] = {}
        self._workers: dict[str, subprocess.Popen[bytes]] = {}
        self.kills: Counter[str] = Counter()

    async def __aenter__(self) -> Self:
        self._postgres.start()
        self._nats.start()
        for name in ("education", "performance"):
            roles = ServiceRoles(name)
            await ensure_roles(self._postgres, [roles])
            self._urls[name] = await ensure_database(self._postgres, roles)
            await migrate(self._urls[name].owner, definition(name, self._folder / name).all_migrations())
        for worker in WORKERS:
            self._start(worker)
        return self

    async def __aexit__(self, *_: object) -> None:
        for worker in self._workers.values():
            kill_child(worker)
        self._nats.stop()
        self._postgres.stop()

    def kill(self, part: str) -> None:
        """`kill -9`, then start it again."""
        self.kills[part] += 1
        if part in WORKERS:
            kill_child(self._workers[part])
            self._start(part)
            return
        server = {"nats": self._nats, "postgres": self._postgres}[part]
        server.kill()
        _start_again(server)

    async def without_nats(self, seconds: float, events: int) -> int:
        """Write `events` events while NATS is away for `seconds`; how many wait in the outbox at its end."""
        self._nats.kill()
        until = asyncio.get_running_loop().time() + seconds
        await self.write(events)
        await asyncio.sleep(max(0.0, until - asyncio.get_running_loop().time()))
        waiting = await self.unapplied()
        self._nats.start()
        return waiting

    async def drained(self, seconds: float) -> float:
        """Wait until every published event is applied, at most `seconds`; how long it took."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        while await self.unapplied() > 0 and loop.time() - began < seconds:
            self.revive()
            await asyncio.sleep(0.2)
        return loop.time() - began

    def revive(self) -> None:
        """Start workers that ended by themselves, as a supervisor would."""
        for worker, process in self._workers.items():
            if process.poll() is not None:
                self._start(worker)

    def _start(self, worker: str) -> None:
        name = WORKERS[worker]
        settings = {
            "DATABASE_URL": self._urls[name].app,
            "NATS_URL": f"nats://127.0.0.1:{self._nats.port}",
            "NATS_USER": name,
            "NATS_PASSWORD": self._nats.passwords[name],
            "MODE": "test",
            "DRAIN_SECONDS": "0",
        }
        script = Path(__file__).with_name("chaos_parts.py")
        self._workers[worker] = start_child(
            [sys.executable, script, name, "work"], self._folder / f"{worker}.log", {**os.environ, **settings}
        )

    async def write(self, events: int) -> None:
        """Emit `events` events over the aggregates from eight writers, through every fault."""
        share = events // EVENTS_A_TRANSACTION // 8
        await asyncio.gather(*(self._writer(number, share) for number in range(8)))

    async def _writer(self, number: int, transactions: int) -> None:
        random, done = Random(number), 0
        while done < transactions:
            try:
                db = await Database.connect(self._urls["education"].app, max_size=1)
                try:
                    while done < transactions:
                        await _emit_some(db, random)
                        done += 1
                finally:
                    db.pool.terminate()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError):
                await asyncio.sleep(0.1)

    async def published(self) -> Order:
        """What the outbox holds: the truth, whatever a writer was told about its commit."""
        query = "select event_id, aggregate_id, aggregate_version as version from outbox order by aggregate_version"
        return await self._order("education", query)

    async def applied(self) -> Order:
        return await self._order(
            "performance", "select event_id, aggregate_id, version from applied order by at"
        )

    async def unapplied(self) -> int:
        """How many published events have not been applied yet."""
        sent, seen = await self.published(), await self.applied()
        return sum(map(len, sent.values())) - sum(map(len, seen.values()))

    async def _order(self, name: str, query: str) -> Order:
        conn = await asyncpg.connect(self._urls[name].app)
        try:
            order: Order = {}
            for row in await conn.fetch(query):
                order.setdefault(row["aggregate_id"], []).append((row["event_id"], row["version"]))
            return order
        finally:
            await conn.close()


def _start_again(server: PostgresServer | NatsServer) -> None:
    """Backends of a killed PostgreSQL hold its shared memory until each has noticed: try until they have."""
    for attempt in range(50):
        try:
            server.start()
            return
        except ServerError:
            if attempt == 49:
                raise
            time.sleep(0.1)


async def _emit_some(db: Database, random: Random) -> None:
    async with db.transaction(system("D01")) as conn:
        uow = Uow(conn, system("D01"), SystemClock().now())
        for aggregate in sorted(random.sample(range(AGGREGATES), EVENTS_A_TRANSACTION)):
            await uow.emit(f"as_{aggregate}", AssignmentCompleted(assignment_id=f"as_{aggregate}"))


async def run(
    folder: Path, *, events: int, kills: int, seed: int, tell: Callable[[str], object] = lambda _: None
) -> Outcome:
    """Write `events` events while `kills` random parts are killed, then wait until all is drained."""
    random = Random(seed)
    async with Suite(folder) as suite:
        writing = asyncio.create_task(suite.write(events))
        parts = list(FAULTS) * (kills // len(FAULTS))
        random.shuffle(parts)
        for number, part in enumerate(parts):
            await asyncio.sleep(random.uniform(0.1, 0.9))
            suite.kill(part)
            suite.revive()
            tell(f"{number + 1}/{kills} kill -9 {part}")
        await writing
        drained = await suite.drained(120)
        return Outcome(await suite.published(), await suite.applied(), suite.kills, drained)
