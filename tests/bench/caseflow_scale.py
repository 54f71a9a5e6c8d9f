"""Bench of case flow's storage as it fills: a step, an inbox page and due timers beside few and beside many rows.

A step is its own statements sent bare on one connection that does not wait for the disk: the median of the best round.
Its floor is the smallest scale.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import psutil
import uvloop
from case_flow.storage import matter as matters
from case_flow.storage import trail
from case_flow.testing import MIGRATIONS, WorkedBureau
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.publish_item import PublishItem, publish_item
from plumbline_shared.clock import ManualClock
from plumbline_shared.database import Database
from plumbline_shared.principal import Principal, system
from plumbline_shared.testing.databases import DatabaseUrls, TemplateDatabases
from plumbline_shared.testing.plugin import START
from plumbline_shared.testing.postgres import PostgresServer
from plumbline_shared.timers import Timer, run_due
from plumbline_shared.use_case import Uow
from scale_fill import ROLE, fill, matter_id, unit
from scale_partitions import divide
from step import ITEM, bare_steps, template_of

OUT = Path(__file__).parents[2] / "var" / "bench" / "caseflow_scale.jsonl"
SCALES = (20_000, 4_000_000)
WAITING, DUE, WORKERS, CLAIMED = 1_000_000, 10_000, 4, 200
PAGES, PAGE, ROUNDS = 200, 51, 8
FIRST = (date.min, "", "")
UNFLUSHED = {"plan_cache_mode": "force_generic_plan", "jit": "off", "synchronous_commit": "off"}
STEP, CPU = "step, database ms", "step, CPU ms of its database session"
INBOX, READ = "inbox page of 51, ms", "matter from anywhere, ms"
FLAT, QUICK = {"aim": "ratio ≤ 1.3"}, {"aim": "≤ 1 ms"}

TIMERS = """
insert into timer (id, bureau_id, kind, ref, fire_at)
select 'tm_g' || n, 'D01', 'bench', 'r' || n, $1::timestamptz + n * interval '1 second' from generate_series($2::bigint, $3::bigint) n
"""
TAKE = """
with due as (select id from timer where fire_at <= $1 order by fire_at, id limit $2 for update skip locked),
     gone as (delete from timer where id in (select id from due) returning id)
select count(*) from gone
"""
EMPTY = "delete from timer"


def main() -> int:
    """0 when every case ran; the figures are in var/bench/caseflow_scale.jsonl."""
    parser = argparse.ArgumentParser(prog="make bench BENCH=caseflow_scale ARGS=", description=__doc__)
    parser.add_argument("--scale", type=int, nargs="+", default=SCALES, help="matters, five audit rows each")
    parser.add_argument(
        "--partitions", type=int, default=0, help="history and audit rows in so many (ADR 36)"
    )
    parser.add_argument(
        "--rounds", type=int, default=ROUNDS, help="of 300 steps; the least median counts (default 8)"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        lines = uvloop.run(_measure(folder / "postgres", options))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    print(f"{'':<52}{'figure':>9}{'floor':>9}{'ratio':>7}  aim")
    for line in lines:
        print(
            f"{line['case']:<52}{line['value']:>9}{line['floor']:>9}{line['ratio']:>7}  {line.get('aim', '')}"
        )
    return 0


async def _measure(data: Path, options: argparse.Namespace) -> list[dict[str, Any]]:
    with PostgresServer(data) as server:
        urls = await TemplateDatabases(server).fresh("case_flow", MIGRATIONS)
        template = await _seed(urls)
    lines: list[dict[str, Any]] = []
    least: dict[str, float] = {}
    for scale in sorted(options.scale):
        with PostgresServer(data, server.port, durable=False):
            if options.partitions and not least:
                await divide(server.url(urls.name), options.partitions, max(options.scale))
            await fill(server.url(urls.name), template, scale)
        template = matter_id(0)
        _say("what was written goes to the disk")
        await asyncio.to_thread(os.sync)
        with PostgresServer(data, server.port):
            found = await _at_scale(urls, server.url(urls.name), scale, options.rounds)
        least = least or {case: value for case, (value, _) in found.items()}
        for case, (value, bare) in found.items():
            aim = {STEP: FLAT, CPU: FLAT, INBOX: QUICK}.get(case, {})
            lines.append(_line(f"{scale:,}: {case}", value, "ms", bare or least[case]) | aim)
    with PostgresServer(data, server.port):
        _say(f"{WAITING:,} timers")
        lines.append(await _timers(urls, server.url(urls.name)) | {"aim": "< 1 s"})
    return lines


def _say(line: str) -> None:
    print(f"      {line}", file=sys.stderr, flush=True)


async def _seed(urls: DatabaseUrls) -> str:
    db = await Database.connect(urls.app)
    await WorkedBureau.seed(db)
    bureau = WorkedBureau(db, ManualClock(START), {})
    await bureau.run(system("D01"), publish_item, PublishItem(ITEM))
    accepted = AcceptMatter(item="BENCH", title="A matter")
    first = await bureau.run(bureau.who("wu-yan"), accept_matter, accepted)
    await db.close()
    return first.matter_id


async def _at_scale(
    urls: DatabaseUrls, owner: str, scale: int, rounds: int
) -> dict[str, tuple[float, float | None]]:
    """Each case with its floor of the same scale; None where the smallest scale is the floor."""
    db = await Database.connect(urls.app, max_size=WORKERS)
    bare = await asyncpg.connect(urls.app, server_settings=UNFLUSHED)
    past_security = await asyncpg.connect(owner, server_settings=UNFLUSHED)
    bureau = WorkedBureau(db, ManualClock(START), {})
    template = await template_of(bureau)
    medians: list[float] = []
    backend = psutil.Process(bare.get_server_pid())
    before, steps = sum(backend.cpu_times()[:2]), 0
    for turn in range(1, rounds + 1):
        _say(f"{scale:,} matters: steps, round {turn} of {rounds}")
        load = await bare_steps(bureau, [bare], template)
        medians.append(load.percentile(0.5))
        steps += len(load.latencies)
    spent = (sum(backend.cpu_times()[:2]) - before) * 1_000 / steps
    found = {
        STEP: (min(medians), None),
        CPU: (spent, None),
        INBOX: await _inboxes(db, past_security),
        READ: (await _matters(db, scale), None),
    }
    for one in (bare, past_security):
        await one.close()
    await db.close()
    return found


def _line(case: str, value: float, unit_of: str, floor: float) -> dict[str, Any]:
    return {
        "bench": "caseflow_scale",
        "case": case,
        "value": round(value, 3),
        "unit": unit_of,
        "floor": round(floor, 3),
        "ratio": round(value / floor, 2),
    }


async def _inboxes(db: Database, past_security: Any) -> tuple[float, float]:
    """Median milliseconds of a page of 51 of two units' queues, the key moving on, as `myWork` asks it; and bare."""
    key = FIRST
    took: list[tuple[float, float]] = []
    for page in range(PAGES):
        units = [unit(page), unit(page + 11)]
        who = Principal("person", "D01.bench", "D01", frozenset({ROLE}), frozenset(units))
        async with db.read(who) as conn:
            rows, seconds = await _page(conn, units, key)
        same, bare = await _page(past_security, units, key)
        assert rows == same
        took.append((seconds, bare))
        key = (rows[-1].due_on, rows[-1].matter_id, rows[-1].step) if len(rows) == PAGE else FIRST
    ours, floor = (statistics.median(column) * 1_000 for column in zip(*took, strict=True))
    return ours, floor


async def _page(conn: Any, units: list[str], after: tuple[date, str, str]) -> tuple[list[Any], float]:
    began = time.perf_counter()
    rows = await trail.inbox(conn, ["D01.bench", *units], after, PAGE)
    return rows, time.perf_counter() - began


async def _matters(db: Database, scale: int) -> float:
    """Median milliseconds to read one matter, from all over the table."""
    took: list[float] = []
    for number in range(0, scale, scale // PAGES):
        async with db.read(system("D01")) as conn:
            began = time.perf_counter()
            await matters.get(conn, matter_id(number))
            took.append((time.perf_counter() - began) * 1_000)
    return statistics.median(took)


async def _timers(urls: DatabaseUrls, owner: str) -> dict[str, Any]:
    """Seconds for four workers to fire 10,000 due timers of a million; a timer that fired twice is an error."""
    conn = await asyncpg.connect(owner)
    await conn.execute(EMPTY)
    await conn.execute(TIMERS, START + timedelta(days=365), DUE, WAITING)
    await conn.execute(TIMERS, START - timedelta(days=1), 0, DUE - 1)
    await conn.execute("vacuum analyze timer")
    bare = await _bare_timers(owner)
    await conn.execute(TIMERS, START - timedelta(days=1), 0, DUE - 1)
    await conn.execute("vacuum analyze timer")
    await conn.close()
    db = await Database.connect(urls.app, max_size=WORKERS)
    fired: list[str] = []

    async def fire(_uow: Uow, timer: Timer) -> None:
        fired.append(timer.id)

    clock = ManualClock(START)
    began = time.perf_counter()
    await asyncio.gather(*(run_due(db, clock, {"bench": fire}) for _ in range(WORKERS)))
    took = time.perf_counter() - began
    await db.close()
    if len(fired) != DUE or len(set(fired)) != DUE:
        raise AssertionError(f"{len(fired)} fired, {len(set(fired))} different, {DUE} were due")
    return _line(f"{DUE:,} due of {WAITING:,} timers, {WORKERS} workers", took, "s", bare)


async def _bare_timers(url: str) -> float:
    """Seconds in which four connections take as many out of the table in batches, and do nothing with them."""
    taken: list[int] = []

    async def take() -> None:
        conn = await asyncpg.connect(url)
        while count := await conn.fetchval(TAKE, START, CLAIMED):
            taken.append(count)
        await conn.close()

    began = time.perf_counter()
    await asyncio.gather(*(take() for _ in range(WORKERS)))
    took = time.perf_counter() - began
    if sum(taken) != DUE:
        raise AssertionError(f"{sum(taken)} taken, {DUE} were due")
    return took


if __name__ == "__main__":
    sys.exit(main())
