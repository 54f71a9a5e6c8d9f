"""Bench of case flow's storage as it fills: a step, an inbox page and due timers beside few and beside many rows."""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import asyncpg
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
from step import ITEM, bare_steps, template_of

OUT = Path(__file__).parents[2] / "var" / "bench" / "caseflow_scale.jsonl"
SCALES = (20_000, 200_000)
WAITING, DUE, WORKERS = 1_000_000, 10_000, 4
PAGES, ROUNDS = 200, 8
PINNED = {"plan_cache_mode": "force_generic_plan", "jit": "off"}

TIMERS = """
insert into timer (id, bureau_id, kind, ref, fire_at)
select 'tm_g' || n, 'D01', 'bench', 'r' || n, $1::timestamptz + n * interval '1 second' from generate_series($2::bigint, $3::bigint) n
"""


def main() -> int:
    """0 when every case ran; the figures are in var/bench/caseflow_scale.jsonl."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=int, nargs="+", default=SCALES, help="matters, five audit rows each")
    scales: Sequence[int] = parser.parse_args().scale
    folder = Path(tempfile.mkdtemp(prefix="plumbline-bench-"))
    folder.chmod(0o711)
    lines = uvloop.run(_measure(folder / "postgres", sorted(scales)))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("".join(json.dumps(line) + "\n" for line in lines))
    for line in lines:
        print(
            f"{line['case']:<48}{line['value']:>10,} {line['unit']:<8} floor {line['floor']} ratio {line['ratio']}"
        )
    return 0


async def _measure(data: Path, scales: Sequence[int]) -> list[dict[str, Any]]:
    with PostgresServer(data) as server:
        urls = await TemplateDatabases(server).fresh("case_flow", MIGRATIONS)
        template = await _seed(urls)
    lines: list[dict[str, Any]] = []
    base = dict[str, float]()
    for scale in scales:
        with PostgresServer(data, server.port, durable=False):
            await fill(server.url(urls.name), template, scale)
        template = matter_id(0)
        await asyncio.to_thread(os.sync)
        with PostgresServer(data, server.port):
            for case, value in await _at_scale(urls, scale):
                least = base.setdefault(case, value)
                lines.append(_line(f"{scale:,} matters: {case}", round(value, 3), "ms", round(least, 3)))
    with PostgresServer(data, server.port):
        lines.append(await _timers(urls, server.url(urls.name)))
    return lines


async def _seed(urls: DatabaseUrls) -> str:
    db = await Database.connect(urls.app)
    await WorkedBureau.seed(db)
    bureau = WorkedBureau(db, ManualClock(START), {})
    await bureau.run(system("D01"), publish_item, PublishItem(ITEM))
    accepted = AcceptMatter(item="BENCH", title="A matter")
    first = await bureau.run(bureau.who("wu-yan"), accept_matter, accepted)
    await db.close()
    return first.matter_id


async def _at_scale(urls: DatabaseUrls, scale: int) -> list[tuple[str, float]]:
    db = await Database.connect(urls.app, max_size=WORKERS)
    bare = await asyncpg.connect(urls.app, server_settings=PINNED)
    bureau = WorkedBureau(db, ManualClock(START), {})
    template = await template_of(bureau)
    step = 1_000 / max([(await bare_steps(bureau, [bare], template)).rate for _ in range(ROUNDS)])
    found = [("database ms a step", step), ("inbox page ms", await _inbox(db))]
    found.append(("matter anywhere, read ms", await _matters(db, scale)))
    await bare.close()
    await db.close()
    return found


def _line(case: str, value: float, unit_of: str, floor: float | None) -> dict[str, Any]:
    ratio = round(value / floor, 2) if floor else None
    return {
        "bench": "caseflow_scale",
        "case": case,
        "value": value,
        "unit": unit_of,
        "floor": floor,
        "ratio": ratio,
    }


async def _inbox(db: Database) -> float:
    """Median milliseconds of a page of 51 for somebody of two units, the key moving on, as `myWork` asks it."""
    key = (date.min, "", "")
    took: list[float] = []
    for page in range(PAGES):
        units = [unit(page), unit(page + 11)]
        who = Principal("person", "D01.bench", "D01", frozenset({ROLE}), frozenset(units))
        async with db.read(who) as conn:
            mine, after = ["D01.bench", *units], key
            began = time.perf_counter()
            rows = await trail.inbox(conn, mine, after, 51)
            took.append((time.perf_counter() - began) * 1_000)
        key = (rows[-1].due_on, rows[-1].matter_id, rows[-1].step) if rows else (date.min, "", "")
    return statistics.median(took)


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
    await conn.execute(TIMERS, START + timedelta(days=365), DUE, WAITING)
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
    return _line(f"{DUE:,} due of {WAITING:,} timers, {WORKERS} workers", round(took, 2), "s", None)


if __name__ == "__main__":
    sys.exit(main())
