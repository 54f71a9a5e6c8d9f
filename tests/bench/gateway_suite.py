"""The real suite for the bench of the gateway: started in a folder of its own, with one incident's story played in it.

The join asks three services through the gateway; its floor is one client asking the same three directly, in turn.
"""

import asyncio
import os
import socket
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import psutil
from gateway_load import Load
from plumbline_gateway.http_pool import HttpPool
from plumbline_local.demo.expectations import Expectations
from plumbline_local.demo.opening import Opening
from plumbline_local.demo.play import BEGIN
from plumbline_local.demo.scenario_1 import Relief
from plumbline_local.demo.scenario_1_inquiry import Inquiry
from plumbline_local.demo.world import open_world
from plumbline_local.keys import key_file
from plumbline_local.layout import OFFSETS, Layout
from plumbline_local.suite import Suite
from plumbline_local.tokens import TokenIssuer
from plumbline_shared.auth import Claims, InternalTokens
from plumbline_shared.clock import FileClock

VIEWER, UNIT = "D01.huang-zhen", "D01.POLICY"
CONNECTIONS, ROUNDS, SECONDS, TIMEOUT = 16, 3, 3.0, 10.0
PACE, PACED_SECONDS = 50, 6
LIST = """query List($day: Date) { riskPoints(first: 50, asOf: $day) { nodes { id code title grade status } } }"""
JOIN = """query Join($unit: ID!) { unitScore(unitId: $unit, year: 2026) {
  total entries { points rule { code } incident { kind occurredOn riskPoint { code title grade } } } } }"""
SCORE = """query($unit: ID!) { unitScore(unitId: $unit, year: 2026) {
  total entries { points rule { code } incident { id } } } }"""
INCIDENT = """query($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Incident { kind occurredOn riskPoint { id } } } }"""
POINT = """query($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on RiskPoint { code title grade } } }"""

Ask = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class BenchLayout(Layout):
    """Apart from what `make up` and `make demo` keep in var/."""

    @property
    def var(self) -> Path:
        return self.data / "var"


@contextmanager
def suite(root: Path, say: Callable[[str], None]) -> Generator[BenchLayout]:
    """Every part running, the directory and register imported, an incident confirmed, scored and inquired into."""
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as folder:
        Path(folder).chmod(0o711)
        layout = BenchLayout(root, Path(folder), free_base())
        FileClock(layout.clock).set(BEGIN)
        with Suite(layout, say) as running:
            running.start()
            say("playing the incident that the join asks for")
            asyncio.run(_play(running))
            yield layout


async def _play(running: Suite) -> None:
    async with open_world(running.layout, running.credentials, Expectations()) as world:
        relief = Relief(world)
        scenes = (Opening(world), relief, Inquiry(world, relief))
        steps = [step for scene in scenes for step in scene.steps()]
        for step in sorted(steps, key=lambda one: one.at):
            await world.time.move_to(step.at)
            await step.act()
        await world.time.settle()


async def measure(layout: BenchLayout) -> tuple[Load, Load]:
    """The join through the gateway, and the same three questions asked directly; each the median of its rounds."""
    pools = {name: _pool(layout, name) for name in ("gateway", "performance", "case_flow", "risk_registry")}
    through, direct = _through(layout, pools["gateway"]), _direct(layout, pools)
    rounds = [(await _load(through), await _load(direct)) for _ in range(ROUNDS)]
    for pool in pools.values():
        pool.close()
    joins, floors = zip(*rounds, strict=True)
    return _median(joins), _median(floors)


async def listing(layout: BenchLayout) -> tuple[Load, Load]:
    """Fifty points of the register, asked `PACE` times a second whether or not answers keep up; and asked directly."""
    gateway, registry = _pool(layout, "gateway"), _pool(layout, "risk_registry")
    person = TokenIssuer(layout.url("issuer"), Suite(layout, print).credentials).person(VIEWER)
    inside = InternalTokens.from_pem(key_file(layout, "gateway.pem").read_bytes())
    direct = inside.mint(Claims(VIEWER, VIEWER.partition(".")[0], "person"), "risk_registry")
    loads = await _paced(gateway, person), await _paced(registry, direct)
    gateway.close()
    registry.close()
    return loads


def memory(service: str) -> float:
    """Megabytes that the processes of a service of the suite hold now."""
    found = [each for each in psutil.Process().children(recursive=True) if f"{service}.app" in each.cmdline()]
    if not found:
        raise SystemExit(f"{service} does not run")
    return sum(each.memory_info().rss for each in found) / 1e6


async def _paced(pool: HttpPool, token: str) -> Load:
    load = Load(seconds=PACED_SECONDS)

    async def one(at: float) -> None:
        await asyncio.sleep(at - time.perf_counter())
        found = await _post(pool, token, LIST, {"day": "2026-06-01"})
        assert len(found["riskPoints"]["nodes"]) == 50
        load.latencies.append(time.perf_counter() - at)

    await one(time.perf_counter())
    load.latencies.clear()
    began = time.perf_counter() + 0.2
    await asyncio.gather(*(one(began + number / PACE) for number in range(PACE * PACED_SECONDS)))
    return load


def _median(loads: tuple[Load, ...]) -> Load:
    middle = statistics.median_low(load.rate for load in loads)
    return next(load for load in loads if load.rate == middle)


async def _load(ask: Ask) -> Load:
    load = Load()
    await ask()
    began = time.perf_counter()

    async def one() -> None:
        while (sent := time.perf_counter()) < began + SECONDS:
            await ask()
            load.latencies.append(time.perf_counter() - sent)

    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
    load.seconds = time.perf_counter() - began
    return load


def _pool(layout: Layout, name: str) -> HttpPool:
    return HttpPool(layout.url(name, "/graphql"), CONNECTIONS, TIMEOUT)


def _through(layout: BenchLayout, pool: HttpPool) -> Ask:
    token = TokenIssuer(layout.url("issuer"), Suite(layout, print).credentials).person(VIEWER)

    async def ask() -> None:
        score = (await _post(pool, token, JOIN, {"unit": UNIT}))["unitScore"]
        if not any(entry["incident"] and entry["incident"]["riskPoint"] for entry in score["entries"]):
            raise SystemExit("the join did not reach a risk point")

    return ask


def _direct(layout: BenchLayout, pools: Mapping[str, HttpPool]) -> Ask:
    tokens = InternalTokens.from_pem(key_file(layout, "gateway.pem").read_bytes())
    viewer = Claims(VIEWER, VIEWER.partition(".")[0], "person")

    async def post(service: str, query: str, variables: Mapping[str, Any]) -> Any:
        return await _post(pools[service], tokens.mint(viewer, service), query, variables)

    async def entities(service: str, query: str, kind: str, ids: set[str]) -> list[Any]:
        representations = [{"__typename": kind, "id": one} for one in sorted(ids)]
        return (await post(service, query, {"representations": representations}))["_entities"]

    async def ask() -> None:
        entries = (await post("performance", SCORE, {"unit": UNIT}))["unitScore"]["entries"]
        incidents = {entry["incident"]["id"] for entry in entries if entry["incident"]}
        found = await entities("case_flow", INCIDENT, "Incident", incidents)
        points = {one["riskPoint"]["id"] for one in found if one["riskPoint"]}
        await entities("risk_registry", POINT, "RiskPoint", points)

    return ask


async def _post(pool: HttpPool, token: str, query: str, variables: Mapping[str, Any]) -> Any:
    body = orjson.dumps({"query": query, "variables": variables})
    _, raw = await pool.post(body, {"authorization": f"Bearer {token}"}, TIMEOUT)
    answer = orjson.loads(raw)
    if answer.get("errors"):
        raise SystemExit(f"a question of the join failed: {answer['errors'][0]['message']}")
    return answer["data"]


def free_base() -> int:
    """A first port whose fellows are free too. Raises SystemExit when there is none."""
    for base in range(20_000 + os.getpid() % 500 * 40, 60_000, 40):
        if all(_free(base + offset) for offset in OFFSETS.values()):
            return base
    raise SystemExit("no free range of ports for the suite")


def _free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
