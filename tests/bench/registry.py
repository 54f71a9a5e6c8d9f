"""Bench of the register at a nation's size: reads and writes as their callers make them, beside bare statements.

`--scale 0.005` builds 15 bureaus instead of 3,000. Stages of 10⁴, 10⁵ and 2.2 million points show how each case grows.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import asyncpg
import uvloop
from plumbline_org.grades import RiskGrade
from plumbline_org.model import Org
from plumbline_org.parts import Post, PostKind, Unit, UnitKind
from plumbline_org.testing import ALWAYS, city, linjiang, person, seed_replica
from plumbline_shared.clock import ManualClock
from plumbline_shared.database import Database
from plumbline_shared.principal import Principal, system
from plumbline_shared.testing.databases import TemplateDatabases
from plumbline_shared.testing.plugin import migrations_of
from plumbline_shared.testing.postgres import PostgresServer
from plumbline_shared.use_case import execute
from registry_data import POINTS, grow, tree
from rich.console import Console
from rich.progress import Progress
from risk_registry.compaction import compact_all
from risk_registry.district_register import as_csv, lines
from risk_registry.documents.editions import HandbookScope
from risk_registry.documents.workshop import workshop
from risk_registry.domain.register import PointFilter
from risk_registry.domain.standing import PointState, Standing
from risk_registry.storage.points import list_points
from risk_registry.storage.standings import add_standings, standings_of
from risk_registry.storage.totals import counted_on, totals_of_each, totals_on
from risk_registry.use_cases.count_below import count_below
from risk_registry.use_cases.import_register import ImportRegister, import_register
from risk_registry.use_cases.issue_handbook import IssueHandbook, issue_handbook
from worker_peak import WorkerPeak

OUT = Path(__file__).parents[2] / "var" / "bench" / "registry.jsonl"
STAGES = {"1e4": 14, "1e5": 137, "2e6": 3000}
TODAY, THEN = date(2026, 7, 1), date(2025, 3, 14)
ROUNDS, WARM_UP = 200, 20
Line = dict[str, Any]
Ask = Callable[[int], Awaitable[object]]


def main() -> int:
    """0 when every case ran; the figures are in var/bench/registry.jsonl."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the 3,000 bureaus (default 1)")
    scale: float = parser.parse_args().scale
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)
        with PostgresServer(Path(name) / "postgres", durable=True) as server:
            found = uvloop.run(_measure(server, scale))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("".join(json.dumps(line) + "\n" for line in found))
    for line in found:
        print(
            f"{line['case']:<44}{line['value']:>10} {line['unit']:<8} floor {line['floor']} ratio {line['ratio']}"
        )
    return 0


SIZE = "select pg_database_size(current_database())"


async def _measure(server: PostgresServer, scale: float) -> list[Line]:
    urls = await TemplateDatabases(server).fresh(*migrations_of("risk_registry"))
    db = await Database.connect(urls.app, max_size=24)
    admin = await asyncpg.connect(server.url(urls.name), command_timeout=3600)
    found: list[Line] = []
    nation, done = tree(), 0
    for stage, size in STAGES.items():
        wanted = max(14, round(size * scale))
        if wanted <= done:
            continue
        await _grow(admin, db, stage, nation[done:wanted])
        done = wanted
        found += await _stage(Stage(stage, db, admin, [each[0] for each in nation[:done]]))
    found.append(line_of("database", await admin.fetchval(SIZE) / 2**20, "MB", None, 0))
    await workshop().close()
    await admin.close()
    await db.close()
    return found


async def _grow(admin: Any, db: Database, stage: str, new: Any) -> None:
    with Progress(console=_console(), transient=True) as progress:
        task = progress.add_task(f"      {stage}: registers", total=len(new))
        async for number in grow(admin, db, new):
            progress.advance(task, number)


def _console() -> Console:
    return Console(stderr=True)


class Stage:
    """One size of the register, and what is measured at it."""

    def __init__(self, name: str, db: Database, admin: Any, bureaus: list[str]) -> None:
        self.name, self.db, self.admin, self.bureaus = f"{len(bureaus) * POINTS:,}", db, admin, bureaus
        self.number = list(STAGES).index(name) + 1
        self.districts = [each for each in bureaus if "D" in each]

    def district(self, n: int) -> str:
        return self.districts[n * 7919 % len(self.districts)]

    def point(self, n: int) -> str:
        return f"{self.district(n)}.RP-{1 + n * 31 % POINTS:04d}"

    async def line(self, case: str, ask: Ask, floor: Ask | None, rounds: int = ROUNDS) -> Line:
        """p95 of both in milliseconds, one after the other in turn."""
        ours, bare = [], []
        for n in range(rounds + WARM_UP):
            ours.append(await _timed(ask, n))
            if floor:
                bare.append(await _timed(floor, n))
        value = _p95(ours[WARM_UP:])
        best = _p95(bare[WARM_UP:]) if floor else None
        return line_of(f"{case} p95, {self.name} points", value, "ms", best)


def line_of(case: str, value: float, unit: str, floor: float | None = None, digits: int = 2) -> Line:
    ratio = round(value / floor, 2) if floor else None
    kept = round(floor, digits) if floor is not None else None
    return {"bench": "registry", "case": case, "value": round(value, digits), "unit": unit, "floor": kept,
            "ratio": ratio, "load": round(os.getloadavg()[0], 2)}  # fmt: skip


async def _timed(ask: Ask, n: int) -> float:
    began = time.perf_counter()
    await ask(n)
    return (time.perf_counter() - began) * 1000


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[18] if len(values) > 1 else values[0]


def _head(bureau: str) -> Principal:
    return Principal("person", person_id=f"{bureau}.head", bureau_id=bureau, roles=frozenset({"BUREAU_HEAD"}))


BY_KEY = """
select p.*, d.* from risk_point p join risk_point_version v on v.point_id = p.id
join risk_point_description d on d.sequence = v.sequence where p.bureau_id = $1 order by p.code limit 50
"""
HISTORY = "select * from risk_point_standing where point_id = $1 order by sequence"
KEPT = "select category, grade, points from bench_totals where scope_id = $1"
KEEP = """
create table bench_totals as
select scope_id, category, grade, sum(points)::int as points from register_rollup where grain = 'DAY' group by 1, 2, 3
"""


async def _stage(stage: Stage) -> list[Line]:
    await stage.admin.execute("drop table if exists bench_totals")
    await stage.admin.execute(KEEP)
    await stage.admin.execute("create index on bench_totals (scope_id)")
    await _check(stage)
    lines = [await stage.line(*case) for case in _reads(stage)]
    lines += [await stage.line(*case, rounds=ROUNDS // 10) for case in _below(stage)]
    lines += await _writes(stage)
    return lines + await _documents(stage)


async def _check(stage: Stage) -> None:
    """No figure without the right answer: the nation's added-up totals are the counted ones, today and then."""
    for day in (TODAY, THEN):
        counted: dict[Any, int] = {}
        async with stage.db.read(system()) as conn:
            added = await totals_on(conn, "N", day, below=True)
            for each in (await totals_of_each(conn, "N", day)).values():
                for cell, number in each.items():
                    counted[cell] = counted.get(cell, 0) + number
        async with stage.db.read(system(stage.district(1))) as conn:
            one = await totals_on(conn, stage.district(1), day) == await counted_on(
                conn, stage.district(1), day
            )
        if counted != added or not one:
            raise SystemExit(f"totals disagree on {day}")


def _reads(stage: Stage) -> list[tuple[str, Ask, Ask | None]]:
    db, bare = stage.db, stage.admin

    def listing(day: date) -> Ask:
        async def ask(n: int) -> None:
            async with db.read(_head(stage.district(n))) as conn:
                found = await list_points(conn, stage.district(n), day, PointFilter(), "", 50)
            assert len(found) == 50

        return ask

    async def history(n: int) -> None:
        async with db.read(_head(stage.district(n))) as conn:
            assert (await standings_of(conn, [stage.point(n)]))[stage.point(n)]

    def totals(scope: Callable[[int], str], day: date = TODAY, *, below: bool = False) -> Ask:
        async def ask(n: int) -> None:
            async with db.read(system(scope(n))) as conn:
                assert len(await totals_on(conn, scope(n), day, below=below)) == 9

        return ask

    async def province(_n: int) -> None:
        async with db.read(system()) as conn:
            assert await totals_of_each(conn, "P01", TODAY)

    def kept(scope: Callable[[int], str]) -> Ask:
        return lambda n: bare.fetch(KEPT, scope(n))

    def counted(n: int) -> Awaitable[object]:
        return bare.fetch(
            "select category, grade, count(*) from register_on($1, $2, 'infinity') group by 1, 2",
            stage.district(n),
            TODAY,
        )

    top = kept(lambda _n: "N/*")
    return [
        ("county list of 50", listing(TODAY), lambda n: bare.fetch(BY_KEY, stage.district(n))),
        ("county list of 50 as of", listing(THEN), lambda n: bare.fetch(BY_KEY, stage.district(n))),
        ("point history", history, lambda n: bare.fetch(HISTORY, stage.point(n))),
        ("county counts", totals(stage.district), counted),
        ("province by bureau and cell", province, None),
        ("national counts", totals(lambda _n: "N", below=True), top),
        ("national counts as of", totals(lambda _n: "N", THEN, below=True), top),
    ]


def _below(stage: Stage) -> list[tuple[str, Ask, Ask]]:
    """What `registerCountsBelow` adds up: each register below with its small numbers hidden, one by one."""

    def below(scope: str) -> Ask:
        async def ask(_n: int) -> None:
            async with stage.db.read(system()) as conn:
                assert (await count_below(conn, scope, TODAY))[0]

        return ask

    def kept(scope: str) -> Ask:
        return lambda _n: stage.admin.fetch(KEPT, f"{scope}/*")

    return [
        (f"counts below {name}", below(scope), kept(scope))
        for name, scope in (("a province", "P01"), ("the nation", "N"))
    ]


async def _writes(stage: Stage) -> list[Line]:
    """Regrades by 16 writers over the nation, appending; the floor inserts the same row with no totals kept."""
    sample = [stage.point(n) for n in range(1600)]

    async def regrade(point: str, number: int) -> None:
        bureau = point.partition(".")[0]
        grade = list(RiskGrade)[(number + stage.number) % 3]
        standing = Standing(PointState.ACTIVE, grade, TODAY, ManualClock(_noon()).now())
        async with stage.db.transaction(system(bureau)) as conn:
            await add_standings(conn, bureau, [(point, standing)])

    async def rate() -> float:
        began = time.perf_counter()

        async def writer(share: list[str]) -> None:
            for number, point in enumerate(share):
                await regrade(point, number)

        await asyncio.gather(*(writer(sample[n::16]) for n in range(16)))
        return len(sample) / (time.perf_counter() - began)

    ours = await rate()
    began = time.perf_counter()
    added = await compact_all(stage.db)
    spent = time.perf_counter() - began
    await stage.admin.execute("alter table risk_point_standing disable trigger append_totals")
    floor = await rate()
    await stage.admin.execute("alter table risk_point_standing enable trigger append_totals")
    await _repair(stage)
    lines = [line_of(f"regrades by 16 writers, {stage.name} points", ours, "tx/s", floor, 0)]
    return [*lines, line_of(f"compaction, {stage.name} points", added / spent, "deltas/s", None, 0)]


async def _repair(stage: Stage) -> None:
    """The floor wrote behind the totals' back: take its rows away again."""
    await stage.admin.execute("set session_replication_role = replica")
    await stage.admin.execute(
        "delete from risk_point_standing s using (select point_id, max(sequence) as last from risk_point_standing"
        " where valid_from = $1 group by point_id having count(*) > 1) d"
        " where s.point_id = d.point_id and s.sequence = d.last", TODAY)  # fmt: skip
    await stage.admin.execute("set session_replication_role = origin")


async def _documents(stage: Stage) -> list[Line]:
    """The import of a district register of 745 points, then its handbooks, in a bureau with people and posts."""
    bureau = f"D{stage.number:02d}"
    org = _district(bureau)
    async with stage.db.transaction(system()) as conn:
        await seed_replica(conn, city("C01"), org)
    clock = ManualClock(_noon())
    run = _runner(stage.db, clock)
    head = Principal("person", f"{bureau}.huang-zhen", bureau, frozenset({"BUREAU_HEAD"}))
    command = ImportRegister("register.csv", as_csv(), date(2026, 1, 1))
    imported = await _once(lambda: run(head, import_register, command))
    async with WorkerPeak() as worker:
        whole = [await _once(lambda day=day: run(head, issue_handbook, IssueHandbook(HandbookScope.BUREAU, bureau, day)))
                 for day in (date(2026, 6, 1), date(2026, 6, 2), date(2026, 6, 3))]  # fmt: skip
    people = sorted(_holders(org))[:25]
    each = [await _once(lambda person=person: run(head, issue_handbook, IssueHandbook(HandbookScope.PERSON, person, TODAY)))
            for person in people]  # fmt: skip
    name = f"{stage.name} points"
    return [
        line_of(f"import of 745 points, {name}", imported / 1000, "s"),
        line_of(f"handbook of 745 points, slowest of three, {name}", max(whole) / 1000, "s"),
        line_of(f"peak memory of the worker, {name}", worker.megabytes, "MB", None, 0),
        line_of(f"handbook of an officer p95, {name}", _p95(each[1:]), "ms", None, 0),
    ]


def _district(bureau: str) -> Org:
    """A bureau with every post that the district register names, an officer on each."""
    small = linjiang(bureau, upper=city("C01"))
    named = sorted({post for each in lines() for post in each["posts"].split(";")} - {""})
    new = [each for each in named if f"{bureau}.{each}" not in small.posts]
    posts = {
        f"{bureau}.{each}": Post(f"{bureau}.{each}", bureau, f"{bureau}.{each.rpartition('.')[0]}", each,
                                 PostKind.OFFICER, span=ALWAYS) for each in new
    }  # fmt: skip
    persons = {
        f"{bureau}.officer-{n}": person(bureau, f"officer-{n}", "张三", each) for n, each in enumerate(new)
    }
    units = {
        f"{bureau}.{each}": Unit(f"{bureau}.{each}", bureau, each, UnitKind.SECTION, span=ALWAYS)
        for each in {each["owner_unit"] for each in lines()} | {each.rpartition(".")[0] for each in named}
        if each and f"{bureau}.{each}" not in small.units
    }
    return replace(
        small,
        posts={**small.posts, **posts},
        persons={**small.persons, **persons},
        units={**small.units, **units},
    )


def _holders(org: Org) -> set[str]:
    return {person for person in org.persons if org.posts_of(person, TODAY)}


def _runner(db: Database, clock: ManualClock) -> Callable[..., Awaitable[Any]]:
    async def run(who: Principal, use_case: Any, command: Any) -> Any:
        return await execute(db, clock, who, use_case, command, key=None)

    return run


async def _once(act: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await act()
    return (time.perf_counter() - began) * 1000


def _noon() -> datetime:
    return datetime(2026, 7, 1, 4, tzinfo=UTC)


if __name__ == "__main__":
    sys.exit(main())
