"""Bench of the segregation scan: every bureau of a province of 30,000 officers, each in a transaction of its own.

The floor holds the same rules against the same duties in memory, with nothing loaded and nothing recorded.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import uvloop
from plumbline_org.model import Org
from plumbline_org.parts import AssignmentKind, Bureau, BureauLevel, Person, Post, PostKind, Unit, UnitKind
from plumbline_org.testing import ALWAYS, city, person, seed_replica
from plumbline_shared.clock import ManualClock
from plumbline_shared.database import Database
from plumbline_shared.principal import Principal, system
from plumbline_shared.testing.databases import TemplateDatabases
from plumbline_shared.testing.plugin import migrations_of
from plumbline_shared.testing.postgres import PostgresServer
from plumbline_shared.use_case import execute
from rich.console import Console
from rich.progress import track
from risk_registry.domain.processes import Graph, Step, StepFunction
from risk_registry.domain.segregation import HeldDuty, duties_of, violations
from risk_registry.packs import platform_rules
from risk_registry.use_cases.segregation import ScanSegregation, scan

OUT = Path(__file__).parents[2] / "var" / "bench" / "segregation.jsonl"
FIRST, BUREAUS, OFFICERS, POSTS, PROCESSES, STEPS = "P01D001", 97, 310, 150, 40, 7
NOON = datetime(2026, 7, 1, 4, tzinfo=UTC)
CONNECTIONS = 4


def main() -> int:
    """0 when every bureau was scanned; the figures are in var/bench/segregation.jsonl."""
    argparse.ArgumentParser(prog="make bench BENCH=segregation", description=__doc__).parse_args()
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)
        with PostgresServer(Path(name) / "postgres", durable=True) as server:
            found = uvloop.run(_measure(server))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("".join(json.dumps(line) + "\n" for line in found))
    return 0


async def _measure(server: PostgresServer) -> list[dict[str, Any]]:
    urls = await TemplateDatabases(server).fresh(*migrations_of("risk_registry"))
    db = await Database.connect(urls.app, max_size=CONNECTIONS + 2)
    admin = await asyncpg.connect(server.url(urls.name), command_timeout=600)
    bureaus = [f"P01D{number:03d}" for number in range(1, BUREAUS + 1)]
    async with db.transaction(system()) as conn:
        await seed_replica(conn, city("P01"), _bureau())
    await _fill(admin, bureaus)
    rules, duties = platform_rules(), _duties()
    held = {f"{FIRST}.officer-{n}": _posts_of(n) for n in range(OFFICERS)}
    floor = _spent(lambda: [violations(rules, duties, held) for _ in bureaus])
    first = await _scan_all(db, bureaus)
    await admin.execute("analyze")
    again = await _scan_all(db, bureaus)
    await admin.close()
    await db.close()
    size = f"{BUREAUS} bureaus, {BUREAUS * OFFICERS:,} officers"
    return [
        _line(f"{size}: all findings new", first, floor),
        _line(f"{size}: nothing changed", again, floor),
    ]


def _bureau() -> Org:
    """A bureau whose officers hold two posts each, some of them a pair that the rules keep apart."""
    unit = Unit(f"{FIRST}.TAX", FIRST, "税务所", UnitKind.OFFICE, span=ALWAYS)
    posts = [
        Post(f"{FIRST}.TAX.post-{n}", FIRST, unit.id, f"post-{n}", PostKind.OFFICER, span=ALWAYS)
        for n in range(POSTS)
    ]
    officers = [_officer(n) for n in range(OFFICERS)]
    bureau = Bureau(FIRST, "虚构区税务局", BureauLevel.DISTRICT, "P01")
    return Org(
        bureau, {unit.id: unit}, {each.id: each for each in posts}, {each.id: each for each in officers}
    )


def _officer(number: int) -> Person:
    first, second = (post.removeprefix(f"{FIRST}.") for post in _posts_of(number))
    one, other = (person(FIRST, f"officer-{number}", "张三", post) for post in (first, second))
    extra = replace(other.assignments[0], id=f"{one.id}/2", kind=AssignmentKind.ACTING)
    return replace(one, assignments=(*one.assignments, extra))


def _posts_of(number: int) -> list[str]:
    return [
        f"{FIRST}.TAX.post-{number * 7 % POSTS}",
        f"{FIRST}.TAX.post-{(number * 7 + 1 + number % 3) % POSTS}",
    ]


def _graphs() -> dict[str, Graph]:
    functions = list(StepFunction)
    return {
        f"PROC-{process}": Graph(
            f"流程{process}",
            tuple(
                Step(f"S{step}", f"环节{step}", functions[(process + step) % len(functions)],
                     post=f"{FIRST}.TAX.post-{(process * STEPS + step) % POSTS}")
                for step in range(STEPS)
            ),
            limit_days=20,
        )
        for process in range(PROCESSES)
    }  # fmt: skip


def _duties() -> list[HeldDuty]:
    return [duty for process, graph in _graphs().items() for duty in duties_of(process, graph)]


VERSIONS = """
insert into process_version (id, bureau_id, process, number, owner_unit_id, drafted_by, drafted_at)
select $1 || '.' || p, $1, p, 1, $1 || '.TAX', 'bench', '2026-01-01' from unnest($2::text[]) p
"""
GRAPHS = """
insert into process_draft (version_id, bureau_id, graph, recorded_by, recorded_at)
select $1 || '.' || p, $1, g::jsonb, 'bench', '2026-01-01' from unnest($2::text[], $3::text[]) as u (p, g)
"""
PUBLISHED = """
insert into process_publication (version_id, bureau_id, process, effective_from, published_by, published_at)
select $1 || '.' || p, $1, p, '2026-01-01', 'bench', '2026-01-01' from unnest($2::text[]) p
"""
COPY = """
insert into {table} select (jsonb_populate_record(null::{table}, replace(to_jsonb(t)::text, $1, $2)::jsonb)).*
from {table} t where bureau_id = $1
"""
COPIED = (
    "org_unit",
    "org_post",
    "org_person",
    "org_assignment",
    "org_role_grant",
    "org_status",
)


async def _fill(admin: Any, bureaus: list[str]) -> None:
    """The first bureau, copied to all others by the hand of the database's owner."""
    graphs = {name: msgspec.json.encode(graph).decode() for name, graph in _graphs().items()}
    await admin.execute("set session_replication_role = replica")
    for bureau in track(bureaus, "      bureaus", console=Console(stderr=True), transient=True):
        texts = [text.replace(FIRST, bureau) for text in graphs.values()]
        if bureau != FIRST:
            await admin.execute("insert into org_bureau select $2, parent_id, name, name_en, level, effective_from, "
                                "effective_to from org_bureau where id = $1", FIRST, bureau)  # fmt: skip
            for table in COPIED:
                await admin.execute(COPY.format(table=table), FIRST, bureau)
            await admin.execute("insert into org_version values ($1, gen_random_uuid())", bureau)
        await admin.execute(VERSIONS, bureau, list(graphs))
        await admin.execute(GRAPHS, bureau, list(graphs), texts)
        await admin.execute(PUBLISHED, bureau, list(graphs))
    await admin.execute("set session_replication_role = origin")
    await admin.execute("vacuum analyze")


async def _scan_all(db: Database, bureaus: list[str]) -> float:
    """Milliseconds for all bureaus, over a few connections, as a province's nightly job asks them."""
    clock, waiting = ManualClock(NOON), list(bureaus)

    async def worker() -> None:
        while waiting:
            bureau = waiting.pop()
            head = Principal("person", f"{bureau}.officer-0", bureau, frozenset({"BUREAU_HEAD"}))
            done = await execute(db, clock, head, scan, ScanSegregation(), key=None)
            assert done.open > 0

    began = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(CONNECTIONS)))
    return (time.perf_counter() - began) * 1000


def _spent(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def _line(case: str, value: float, floor: float) -> dict[str, Any]:
    return {"bench": "segregation", "case": case, "value": round(value), "unit": "ms", "floor": round(floor),
            "ratio": round(value / floor, 2), "load": round(os.getloadavg()[0], 2)}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
