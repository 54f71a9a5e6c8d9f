"""Bench of events: commit to consumer's commit at 200 a second, and how fast a backlog drains, beside bare parts.

PostgreSQL and NATS sync every commit and every message; relay and consumer are processes of their own.
Commit times are the server's own (`track_commit_timestamp`), so that no client clock is in the figure.
"""

import argparse
import asyncio
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import nats
import uvloop
from nats.js import api

sys.path.insert(0, str(Path(__file__).parent))
from events_parts import KEEP, definition
from plumbline_contracts.education.v1 import AssignmentCompleted
from plumbline_shared.clock import SystemClock
from plumbline_shared.database import Database
from plumbline_shared.migrate import migrate
from plumbline_shared.principal import system
from plumbline_shared.testing.databases import DatabaseUrls, ServiceRoles, ensure_database, ensure_roles
from plumbline_shared.testing.nats import USERS, NatsServer
from plumbline_shared.testing.postgres import PostgresServer
from plumbline_shared.testing.process import kill_child, start_child
from plumbline_shared.use_case import Uow

ROOT = Path(__file__).parents[2]
OUT = ROOT / "var" / "bench" / "events.jsonl"
RATE = 200
SECONDS = 20
BACKLOG = 20_000
BATCH = 500
AGGREGATES = 200

COMMITS = (
    "select id, extract(epoch from pg_xact_commit_timestamp(xmin))::float8 as at from fact where id like $1"
)
SENT = (
    "select extract(epoch from sent_at)::float8 as at from outbox where data like $1 and sent_at is not null"
)

Row = dict[str, object]


class Bench:
    """PostgreSQL and NATS as in production, with a writer's and a reader's database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postgres = PostgresServer(folder / "postgres")
        self.nats = NatsServer(folder / "nats", {user: f"{user}-bench" for user in USERS})
        self.urls: dict[str, DatabaseUrls] = {}

    async def prepare(self) -> None:
        """Both databases, migrated, on a server that keeps commit times."""
        self.postgres.start()
        self.nats.start()
        conn = await asyncpg.connect(self.postgres.url("postgres"))
        await conn.execute("alter system set track_commit_timestamp = on")
        await conn.close()
        self.postgres.stop()
        self.postgres.start()
        for name in ("education", "performance"):
            roles = ServiceRoles(name)
            await ensure_roles(self.postgres, [roles])
            self.urls[name] = await ensure_database(self.postgres, roles)
            await migrate(self.urls[name].owner, definition(name, self.folder / name).all_migrations())

    @contextmanager
    def worker(self, name: str) -> Iterator["subprocess.Popen[bytes]"]:
        """The relay and consumer of one service, as a process."""
        settings = {
            "DATABASE_URL": self.urls[name].app,
            "NATS_URL": f"nats://127.0.0.1:{self.nats.port}",
            "NATS_USER": name,
            "NATS_PASSWORD": self.nats.passwords[name],
            "MODE": "test",
            "DRAIN_SECONDS": "0",
        }
        script = Path(__file__).with_name("events_parts.py")
        environment = {**os.environ, **settings}
        process = start_child(
            [sys.executable, script, name, "work"], self.folder / f"{name}.log", environment
        )
        try:
            yield process
        finally:
            kill_child(process)

    async def fetch(self, name: str, query: str, prefix: str) -> list[asyncpg.Record]:
        conn = await asyncpg.connect(self.urls[name].app)
        try:
            return await conn.fetch(query, prefix)
        finally:
            await conn.close()


async def emit(db: Database, number: int, key: str) -> None:
    """One business transaction: a row and its event."""
    async with db.transaction(system("D01")) as conn:
        await conn.execute(KEEP, key)
        uow = Uow(conn, system("D01"), SystemClock().now())
        await uow.emit(f"ea_{number % AGGREGATES}", AssignmentCompleted(assignment_id=key, bureau_id="D01"))


async def paced(count: int, rate: float, act: Callable[[int], Awaitable[object]]) -> list[float]:
    """Start `act` every 1/rate s whatever became of the one before; returns how long each took, s."""
    loop, took = asyncio.get_running_loop(), list[float]()
    begun = loop.time()

    async def one(number: int) -> None:
        await asyncio.sleep(max(0.0, begun + number / rate - loop.time()))
        start = time.perf_counter()
        await act(number)
        took.append(time.perf_counter() - start)

    await asyncio.gather(*(one(number) for number in range(count)))
    return took


async def until(done: Callable[[], Awaitable[bool]], seconds: float = 120) -> None:
    """Poll until `done`; raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while True:
            if await done():
                return
            await asyncio.sleep(0.1)


async def latency(bench: Bench) -> list[Row]:
    """Commit to consumer's commit, ms, beside one synced publish and one synced insert at the same rate."""
    db = await Database.connect(bench.urls["education"].app)
    count = RATE * SECONDS
    with bench.worker("education"), bench.worker("performance"):
        await _warm(bench, db)
        await paced(count, RATE, lambda number: emit(db, number, f"rate-{number}"))
        await until(lambda: _all_there(bench, "rate-%", count))
    written = {row["id"]: row["at"] for row in await bench.fetch("education", COMMITS, "rate-%")}
    applied = {row["id"]: row["at"] for row in await bench.fetch("performance", COMMITS, "rate-%")}
    values = [1000 * (applied[key] - at) for key, at in written.items()]
    insert = await paced(count // 4, RATE, lambda number: db.pool.execute(KEEP, f"bare-{number}"))
    publish = await _bare_publishes(bench, count // 4)
    await db.close()
    return [
        row(f"commit to consumer commit, p{percent}", percentile(values, percent), "ms",
            1000 * (percentile(publish, percent) + percentile(insert, percent)))
        for percent in (50, 99)
    ]  # fmt: skip


async def drain(bench: Bench) -> list[Row]:
    """Events a second of a backlog: relay beside bare pipelined publishing, consumer beside bare inserts."""
    db = await Database.connect(bench.urls["education"].app)
    numbers = iter(range(BACKLOG))

    async def writer() -> None:
        for number in numbers:
            await emit(db, number, f"back-{number}")

    await asyncio.gather(*(writer() for _ in range(8)))
    await db.close()
    with bench.worker("education"):
        await until(lambda: _all_sent(bench))
    with bench.worker("performance"):
        await until(lambda: _all_there(bench, "back-%", BACKLOG))
    sent = [row["at"] for row in await bench.fetch("education", SENT, '%"back-%')]
    applied = [row["at"] for row in await bench.fetch("performance", COMMITS, "back-%")]
    return [
        row(f"relay drains, batch {BATCH}", pace(sent), "events/s", await _bare_pipeline(bench)),
        row(f"consumer drains, batch {BATCH}", pace(applied), "events/s", await _bare_inserts(bench)),
    ]


def pace(instants: Sequence[float]) -> float:
    """Events a second after the first batch: starting up is not draining."""
    first, last = min(instants), max(instants)
    return sum(at > first for at in instants) / (last - first)


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that `percent` of the values do not exceed."""
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]


def row(case: str, value: float, unit: str, floor: float) -> Row:
    """One line of the result."""
    figures = {
        "value": round(value, 2),
        "unit": unit,
        "floor": round(floor, 2),
        "ratio": round(value / floor, 3),
    }
    return {"bench": "events", "case": case, **figures}


async def _warm(bench: Bench, db: Database) -> None:
    await paced(RATE, RATE, lambda number: emit(db, number, f"warm-{number}"))
    await until(lambda: _all_there(bench, "warm-%", RATE))


async def _all_there(bench: Bench, prefix: str, count: int) -> bool:
    return len(await bench.fetch("performance", COMMITS, prefix)) == count


async def _all_sent(bench: Bench) -> bool:
    return len(await bench.fetch("education", SENT, '%"back-%')) == BACKLOG


BODY = b"x" * 400


async def _raw_stream(bench: Bench) -> tuple[nats.NATS, "nats.js.JetStreamContext"]:
    client = await nats.connect(bench.nats.url())
    jetstream = client.jetstream(publish_async_max_pending=4 * BATCH)
    await jetstream.add_stream(
        api.StreamConfig(name="BARE", subjects=["bare.>"], storage=api.StorageType.FILE)
    )
    return client, jetstream


async def _bare_publishes(bench: Bench, count: int) -> list[float]:
    client, jetstream = await _raw_stream(bench)
    took = await paced(count, RATE, lambda _: jetstream.publish("bare.one", BODY))
    await client.close()
    return took


async def _bare_pipeline(bench: Bench) -> float:
    client, jetstream = await _raw_stream(bench)
    start = time.perf_counter()
    for _ in range(BACKLOG // BATCH):
        await asyncio.gather(*[await jetstream.publish_async("bare.many", BODY) for _ in range(BATCH)])
    elapsed = time.perf_counter() - start
    await client.close()
    return BACKLOG / elapsed


async def _bare_inserts(bench: Bench) -> float:
    conn = await asyncpg.connect(bench.urls["performance"].app)
    start = time.perf_counter()
    for batch in range(BACKLOG // BATCH):
        async with conn.transaction():
            for number in range(BATCH):
                await conn.execute(KEEP, f"bare-{batch}-{number}")
    elapsed = time.perf_counter() - start
    await conn.close()
    return BACKLOG / elapsed


async def measure(folder: Path) -> list[Row]:
    """Every case, in one run."""
    bench = Bench(folder)
    try:
        await bench.prepare()
        return [*await latency(bench), *await drain(bench)]
    finally:
        bench.nats.stop()
        bench.postgres.stop()


def main() -> int:
    """Writes var/bench/events.jsonl and prints it."""
    argparse.ArgumentParser(prog="make bench BENCH=events", description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        rows = uvloop.run(measure(Path(folder)))
    lines = [json.dumps(line, ensure_ascii=False) for line in rows]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("\n".join(lines) + "\n")
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
