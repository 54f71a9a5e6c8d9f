"""Bench of one step: `advance` through the use case, through the subgraph and through the gateway, fsync on.

The floor is the very same SQL statements, sent bare on as many connections in the same round.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import uvloop
from case_flow.testing import MIGRATIONS, WorkedBureau
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.publish_item import PublishItem, publish_item
from plumbline_shared.clock import ManualClock
from plumbline_shared.database import Connection, Database, identify
from plumbline_shared.ids import new_id
from plumbline_shared.principal import Principal, system
from plumbline_shared.testing.databases import DatabaseUrls, TemplateDatabases
from plumbline_shared.testing.plugin import START
from plumbline_shared.testing.postgres import PostgresServer
from plumbline_shared.use_case import execute

sys.path.insert(0, str(Path(__file__).parent))
from gateway_load import Load
from step_doors import Door, doors

ROOT = Path(__file__).parents[2]
OUT = ROOT / "var" / "bench" / "step.jsonl"
CONNECTIONS = (1, 8, 32)
ROUNDS = 3
MATTERS = {1: 60, 8: 160, 32: 320}
TARGET = 0.6

ITEM = """
item: BENCH
version: 1
name: {zh: 测速, en: Bench}
citation: {source: none}
limit: {length: 20, citation: {source: none}}
steps:
  - {code: s0, name: {zh: 零, en: Zero}, role: WINDOW_CLERK, unit: HALL, budget: 2, next: s1}
  - {code: s1, name: {zh: 一, en: One}, role: TAX_ADMINISTRATOR, unit: TO-5, budget: 2, next: s2}
  - {code: s2, name: {zh: 二, en: Two}, role: OFFICE_CHIEF, unit: TO-5, budget: 2, next: s3, incompatible_with: [s1]}
  - {code: s3, name: {zh: 三, en: Three}, role: OFFICE_CHIEF, unit: TO-3, budget: 2, next: s4, incompatible_with: [s1, s2]}
  - {code: s4, name: {zh: 四, en: Four}, role: REVIEWER, unit: POLICY, budget: 2, next: s5, incompatible_with: [s2, s3]}
  - {code: s5, name: {zh: 五, en: Five}, role: LEGAL_OFFICER, unit: LEGAL, budget: 2, next: s6, incompatible_with: [s4]}
  - {code: s6, name: {zh: 六, en: Six}, role: SECTION_CHIEF, unit: POLICY, budget: 2, end: true}
"""
STEPS = {"s1": "he-jun", "s2": "pan-yu", "s3": "sun-hao", "s4": "lin-jie", "s5": "luo-fang"}


@dataclass(frozen=True)
class Statement:
    """One statement as the use case sent it."""

    method: str
    sql: str
    args: tuple[Any, ...]


@dataclass
class Recorder:
    """A connection that writes down what it is asked."""

    conn: Connection
    sent: list[Statement] = field(default_factory=list[Statement])

    def __getattr__(self, method: str) -> Callable[..., Awaitable[Any]]:
        async def call(sql: str, *args: Any) -> Any:
            self.sent.append(Statement(method, sql, args))
            return await getattr(self.conn, method)(sql, *args)

        return call


class RecordingDatabase(Database):
    """Keeps the statements of every transaction, in order."""

    sent: list[list[Statement]]

    @asynccontextmanager
    async def transaction(self, principal: Principal) -> AsyncGenerator[Connection]:
        async with self.pool.acquire() as conn, conn.transaction():
            recorder: Any = Recorder(conn)
            await identify(recorder, principal)
            yield recorder
            self.sent.append(recorder.sent)


def main() -> int:
    """0 when every case ran; the figures are in var/bench/step.jsonl."""
    parser = argparse.ArgumentParser(prog="make bench BENCH=step ARGS=", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="the median of so many (default 3)")
    parser.add_argument("--no-doors", action="store_true", help="only the use case, not over HTTP")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        with PostgresServer(folder / "postgres", durable=True) as server:
            urls = asyncio.run(TemplateDatabases(server).fresh("case_flow", MIGRATIONS))
            with nullcontext({}) if options.no_doors else doors(ROOT, urls) as open_doors:
                lines = uvloop.run(_measure(urls, options.rounds, open_doors))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("".join(json.dumps(line) + "\n" for line in lines))
    for line in lines:
        print(
            f"{line['case']:<24}{line['value']:>10} {line['unit']:<8} floor {line['floor']} ratio {line['ratio']}"
        )
    return 0


async def _measure(urls: DatabaseUrls, rounds: int, open_doors: Mapping[str, Door]) -> list[dict[str, Any]]:
    db = await Database.connect(urls.app, max_size=max(CONNECTIONS))
    await WorkedBureau.seed(db)
    bureau = WorkedBureau(db, ManualClock(START), {})
    await bureau.run(system("D01"), publish_item, PublishItem(ITEM))
    template = await template_of(bureau)
    bare = [await asyncpg.connect(urls.app) for _ in range(max(CONNECTIONS))]
    lines: list[dict[str, Any]] = []
    for number in CONNECTIONS:
        lines += await _case(bureau, bare[:number], template, rounds, open_doors)
    for conn in bare:
        await conn.close()
    await db.close()
    return lines


async def _case(
    bureau: WorkedBureau,
    bare: Sequence[Any],
    template: "Template",
    rounds: int,
    open_doors: Mapping[str, Door],
) -> list[dict[str, Any]]:
    """Each way in turn, round by round, so that what else the machine does meets all of them."""
    number = len(bare)
    loads: dict[str, list[Load]] = {"bare": [], "use case": [], **{name: [] for name in open_doors}}
    for turn in range(1, rounds + 1):
        _say(f"{number} at a time, round {turn} of {rounds}")
        loads["bare"].append(await bare_steps(bureau, bare, template))
        loads["use case"].append(await _use_case(bureau, number))
        for name, door in open_doors.items():
            loads[name].append(await _through(bureau, door, number))
    floor = _median(loads.pop("bare"))
    return [line for name, each in loads.items() for line in _lines(f"{name}@{number}", _median(each), floor)]


def _lines(case: str, load: Load, floor: Load) -> list[dict[str, Any]]:
    aim = {"aim": f"ratio ≥ {TARGET}"} if case.startswith("use case") else {}
    return [
        _line(f"{case} steps/s", round(load.rate), "steps/s", round(floor.rate)) | aim,
        _line(f"{case} p99", round(load.percentile(0.99), 1), "ms", round(floor.percentile(0.99), 1)),
    ]


def _line(case: str, value: float, unit: str, floor: float) -> dict[str, Any]:
    ratio = round(value / floor, 2)
    return {"bench": "step", "case": case, "value": value, "unit": unit, "floor": floor, "ratio": ratio}


def _median(loads: Sequence[Load]) -> Load:
    return sorted(loads, key=lambda one: one.rate)[len(loads) // 2]


def _say(line: str) -> None:
    print(f"      {line}", file=sys.stderr, flush=True)


async def _use_case(bureau: WorkedBureau, number: int) -> Load:
    """Steps through the use case, `number` at a time."""
    people = {step: bureau.who(name) for step, name in STEPS.items()}

    async def advance(matter: str, step: str) -> None:
        command = AdvanceMatter(matter, step)
        await execute(bureau.db, bureau.clock, people[step], advance_matter, command, key=f"{matter}{step}")

    return await _by_steps(bureau, number, advance)


async def _through(bureau: WorkedBureau, door: Door, number: int) -> Load:
    """Steps over HTTP, on `number` connections; the door is warmed up by one matter."""
    door.open(number)

    async def advance(matter: str, step: str) -> None:
        await door.advance(f"D01.{STEPS[step]}", matter, step)

    [first] = await _accept(bureau, 1)
    for step in STEPS:
        await advance(first, step)
    load = await _by_steps(bureau, number, advance)
    door.close()
    return load


async def _by_steps(
    bureau: WorkedBureau, number: int, advance: Callable[[str, str], Awaitable[None]]
) -> Load:
    shares, load = _shares(await _accept(bureau, MATTERS[number]), number), Load()

    async def work(matters: Sequence[str]) -> None:
        for matter in matters:
            for step in STEPS:
                with _noted(load):
                    await advance(matter, step)

    return await _timed(load, [work(share) for share in shares])


async def bare_steps(bureau: WorkedBureau, connections: Sequence[Any], template: "Template") -> Load:
    """Steps when the same statements, made beforehand, are only sent."""
    number, load = len(connections), Load()
    matters = await _accept(bureau, MATTERS[number])
    shares = _shares([template.of(matter) for matter in matters], number)

    async def work(conn: Any, transactions: Sequence[list[list[Statement]]]) -> None:
        for one in transactions:
            for statements in one:
                with _noted(load):
                    async with conn.transaction():
                        for statement in statements:
                            await getattr(conn, statement.method)(statement.sql, *statement.args)

    jobs = [work(conn, share) for conn, share in zip(connections, shares, strict=True)]
    return await _timed(load, jobs)


@contextmanager
def _noted(load: Load) -> Iterator[None]:
    began = time.perf_counter()
    yield
    load.latencies.append(time.perf_counter() - began)


async def _timed(load: Load, jobs: Sequence[Awaitable[None]]) -> Load:
    began = time.perf_counter()
    await asyncio.gather(*jobs)
    load.seconds = time.perf_counter() - began
    return load


@dataclass(frozen=True)
class Template:
    """The transactions of one matter's steps, to be sent again for others."""

    matter: str
    transactions: list[list[Statement]]

    def of(self, matter: str) -> list[list[Statement]]:
        """The same statements about another matter: its id, fresh audit ids, fresh idempotency keys."""
        return [[self._statement(one, matter) for one in statements] for statements in self.transactions]

    def _statement(self, one: Statement, matter: str) -> Statement:
        return Statement(one.method, one.sql, tuple(self._value(arg, matter) for arg in one.args))

    def _value(self, arg: Any, matter: str) -> Any:
        if not isinstance(arg, str):
            return arg
        return new_id(arg[:2]) if arg.startswith(("au_", "ev_")) else arg.replace(self.matter, matter)


async def template_of(bureau: WorkedBureau) -> Template:
    """Record what the steps of one matter send."""
    [matter] = await _accept(bureau, 1)
    recording = RecordingDatabase(bureau.db.pool)
    recording.sent = []
    for step, name in STEPS.items():
        who = bureau.who(name)
        await execute(
            recording, bureau.clock, who, advance_matter, AdvanceMatter(matter, step), key=f"{matter}{step}"
        )
    return Template(matter, recording.sent)


async def _accept(bureau: WorkedBureau, number: int) -> list[str]:
    who = bureau.who("wu-yan")
    command = AcceptMatter(item="BENCH", title="A matter")
    return [(await bureau.run(who, accept_matter, command)).matter_id for _ in range(number)]


def _shares(things: Sequence[Any], number: int) -> list[Sequence[Any]]:
    return [things[index::number] for index in range(number)]


if __name__ == "__main__":
    sys.exit(main())
