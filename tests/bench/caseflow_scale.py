"""Bench of case flow's storage as it fills: a step, an inbox page and due timers beside few and beside many rows."""

import argparse
import asyncio
import json
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
from case_flow.storage import trail
from case_flow.testing import MIGRATIONS, WorkedBureau
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.publish_item import PublishItem, publish_item
from plumbline_shared.clock import ManualClock
from plumbline_shared.database import Database
from plumbline_shared.principal import system
from plumbline_shared.testing.databases import TemplateDatabases
from plumbline_shared.testing.plugin import START
from plumbline_shared.testing.postgres import PostgresServer
from plumbline_shared.timers import Timer, run_due
from plumbline_shared.use_case import Uow
from step import ITEM, bare_steps, template_of

OUT = Path(__file__).parents[2] / "var" / "bench" / "caseflow_scale.jsonl"
SCALES = (20_000, 200_000)
BLOCK = 20_000
WAITING, DUE, WORKERS = 1_000_000, 10_000, 4
PAGES = 200

MATTERS = """
insert into matter select (jsonb_populate_record(m, jsonb_build_object(
  'id', 'mt_g' || lpad(n::text, 12, '0'), 'case_ref', 'G' || n))).*
from matter m, generate_series($2::bigint, $3::bigint) n where m.id = $1
"""
STEPS = """
insert into matter_step select (jsonb_populate_record(s, jsonb_build_object(
  'matter_id', 'mt_g' || lpad(n::text, 12, '0'), 'seq', k))).*
from matter_step s, generate_series($2::bigint, $3::bigint) n, generate_series(1, 5) k where s.matter_id = $1
"""
WORK = """
insert into work select (jsonb_populate_record(w, jsonb_build_object(
  'matter_id', 'mt_g' || lpad(n::text, 12, '0'), 'assignee', 'D01.U' || n % 400))).*
from work w, generate_series($2::bigint, $3::bigint) n where w.matter_id = $1
"""
AUDIT = """
insert into audit_entry (id, seq, bureau_id, actor, action, object_type, object_id, at, salt, detail, commitment)
select 'au_g' || lpad((n * 5 + k)::text, 14, '0'), n * 5 + k, bureau_id, actor, action, object_type,
       'mt_g' || lpad(n::text, 12, '0'), at, salt, detail, commitment
from audit_entry a, generate_series($2::bigint, $3::bigint) n, generate_series(0, 4) k
where a.object_type = 'Matter' and a.object_id = $1
"""
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
    with PostgresServer(folder / "postgres", durable=True) as server:
        lines = uvloop.run(_measure(server, sorted(scales)))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("".join(json.dumps(line) + "\n" for line in lines))
    for line in lines:
        print(
            f"{line['case']:<48}{line['value']:>10,} {line['unit']:<8} floor {line['floor']} ratio {line['ratio']}"
        )
    return 0


async def _measure(server: PostgresServer, scales: Sequence[int]) -> list[dict[str, Any]]:
    urls = await TemplateDatabases(server).fresh("case_flow", MIGRATIONS)
    db = await Database.connect(urls.app, max_size=WORKERS)
    await WorkedBureau.seed(db)
    bureau = WorkedBureau(db, ManualClock(START), {})
    await bureau.run(system("D01"), publish_item, PublishItem(ITEM))
    first = await bureau.run(
        bureau.who("wu-yan"), accept_matter, AcceptMatter(item="BENCH", title="A matter")
    )
    owner, bare = await asyncpg.connect(server.url(urls.name)), await asyncpg.connect(urls.app)
    lines: list[dict[str, Any]] = []
    done, base = 0, dict[str, float]()
    for scale in scales:
        await _fill(owner, first.matter_id, done, scale)
        done = scale
        template = await template_of(bureau)
        step = 1_000 / statistics.median([await bare_steps(bureau, [bare], template) for _ in range(3)])
        for case, value in (("database ms a step", step), ("inbox page ms", await _inbox(db))):
            least = base.setdefault(case, value)
            lines.append(_line(f"{scale:,} matters: {case}", round(value, 3), "ms", round(least, 3)))
    lines.append(await _timers(db, owner))
    for conn in (owner, bare):
        await conn.close()
    await db.close()
    return lines


def _line(case: str, value: float, unit: str, floor: float | None) -> dict[str, Any]:
    ratio = round(value / floor, 2) if floor else None
    return {
        "bench": "caseflow_scale",
        "case": case,
        "value": value,
        "unit": unit,
        "floor": floor,
        "ratio": ratio,
    }


async def _fill(owner: Any, template: str, done: int, until: int) -> None:
    """Copies of one matter with five steps and five sequenced audit rows each, and one row of open work."""
    await owner.execute("set session_replication_role = replica")
    for first in range(done, until, BLOCK):
        last = min(first + BLOCK, until) - 1
        for statement in (MATTERS, STEPS, WORK, AUDIT):
            await owner.execute(statement, template, first, last)
    await owner.execute("set session_replication_role = origin")
    await owner.execute("vacuum analyze matter, matter_step, work, audit_entry")


async def _inbox(db: Database) -> float:
    """Median milliseconds of one page of 51, the key moving on, as the function of `myWork` asks it."""
    took: list[float] = []
    key = (date.min, "", "")
    for page in range(PAGES):
        async with db.read(system("D01")) as conn:
            began = time.perf_counter()
            rows = await trail.inbox(conn, [f"D01.U{page % 7}", "D01.U11"], key, 51)
            took.append((time.perf_counter() - began) * 1_000)
        key = (rows[-1].due_on, rows[-1].matter_id, rows[-1].step) if rows else (date.min, "", "")
    return statistics.median(took)


async def _timers(db: Database, owner: Any) -> dict[str, Any]:
    """Seconds for four workers to fire 10,000 due timers of a million; a timer that fired twice is an error."""
    await owner.execute(TIMERS, START + timedelta(days=365), DUE, WAITING)
    await owner.execute(TIMERS, START - timedelta(days=1), 0, DUE - 1)
    await owner.execute("vacuum analyze timer")
    fired: list[str] = []

    async def fire(_uow: Uow, timer: Timer) -> None:
        fired.append(timer.id)

    clock = ManualClock(START)
    began = time.perf_counter()
    await asyncio.gather(*(run_due(db, clock, {"bench": fire}) for _ in range(WORKERS)))
    took = time.perf_counter() - began
    if len(fired) != DUE or len(set(fired)) != DUE:
        raise AssertionError(f"{len(fired)} fired, {len(set(fired))} different, {DUE} were due")
    return _line(f"{DUE:,} due of {WAITING:,} timers, {WORKERS} workers", round(took, 2), "s", None)


if __name__ == "__main__":
    sys.exit(main())
