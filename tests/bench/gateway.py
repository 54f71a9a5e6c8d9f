"""Bench of the gateway, every feature on: requests a second and latency beside the same stubs asked directly."""

import argparse
import asyncio
import itertools
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import psutil
import uvloop
from joserfc import jwt
from joserfc.jwk import OKPKey

sys.path.insert(0, str(Path(__file__).parent))
import gateway_suite
import subgraph
from gateway_load import Load, post, run
from gateway_stubs import SCHEMAS

ROOT = Path(__file__).parents[2]
OUT = ROOT / "var" / "bench" / "gateway.jsonl"
STUBS = Path(__file__).parent / "gateway_stubs.py"
CONNECTIONS = 16
ROUNDS = 3
SECONDS = 2.0
PRODUCTS = 5
ISSUER = "https://issuer.bench"

ONE = "query One($first: Int!, $tag: String!) { products(first: $first, tag: $tag) { id name weight } }"
THREE = """query Three($first: Int!, $tag: String!) {
  products(first: $first, tag: $tag) { id name price currency reviews { stars text } }
}"""
DIRECT = "query($first: Int!, $tag: String!) { products(first: $first, tag: $tag) { id name weight } }"


@dataclass(frozen=True)
class Case:
    """`check` has to be in every answer."""

    name: str
    query: str
    check: bytes
    target: int


CASES = (Case("one subgraph", ONE, b'"weight"', 4000), Case("three subgraphs", THREE, b'"stars"', 1200))


def main() -> int:
    """0 when no request failed; the figures are in var/bench/gateway.jsonl."""
    argparse.ArgumentParser(prog="make bench BENCH=gateway", description=__doc__).parse_args()
    key = OKPKey.generate_key("Ed25519", parameters={"kid": "bench"})
    public = {**key.as_dict(private=False), "kid": "bench", "use": "sig"}
    tokens = [_token(key, number) for number in range(CONNECTIONS)]
    with _stubs({"keys": [public]}) as ports, _gateway(ports) as (process, port):
        _say("stub subgraphs, unique variables, every feature on")
        lines, failures = uvloop.run(_measure(ports, port, tokens, process))
    lines += [*_subgraph(), *_suite()]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("".join(json.dumps(line) + "\n" for line in lines))
    for line in lines:
        print(
            f"{line['case']:<34}{line['value']:>12} {line['unit']:<6} floor {line['floor']} ratio {line['ratio']}"
        )
    if failures:
        print(f"{failures} requests failed", file=sys.stderr)
    return 1 if failures else 0


async def _measure(
    ports: dict[str, int], port: int, tokens: list[str], process: psutil.Process
) -> tuple[list[dict[str, Any]], int]:
    lines: list[dict[str, Any]] = []
    failures = 0
    for case in CASES:
        rounds: list[tuple[Load, Load, float]] = []
        for _ in range(ROUNDS):
            floor = await run(ports["catalog"], _makers(DIRECT, tokens, "/graphql"), b'"weight"', SECONDS / 2)
            before = sum(process.cpu_times()[:2])
            load = await run(port, _makers(case.query, tokens, "/graphql"), case.check, SECONDS)
            spent = sum(process.cpu_times()[:2]) - before
            rounds.append((load, floor, spent / (len(load.latencies) * 1.25) * 1000))
            failures += load.failures + floor.failures
        lines += _lines(case, sorted(rounds, key=lambda one: one[0].rate)[ROUNDS // 2])
    return lines + _memory(process), failures


def _subgraph() -> list[dict[str, Any]]:
    _say(f"a subgraph's CPU for {subgraph.ENTITIES} entities")
    ours, core = uvloop.run(subgraph.measure())
    return [_line(f"subgraph CPU, {subgraph.ENTITIES} entities", ours, "ms", core, 3) | {"target_ratio": 1.3}]


def _suite() -> list[dict[str, Any]]:
    _say("the real suite: starting")
    with gateway_suite.suite(ROOT, _say) as layout:
        _say("three real services, joined and asked directly")
        join, direct = uvloop.run(gateway_suite.measure(layout))
        paged, plain = uvloop.run(gateway_suite.listing(layout))
        held = gateway_suite.memory("risk_registry")
    return [
        _line("join of real services", join.rate, "req/s", direct.rate, 1),
        *(
            _line(f"join of real services p{share}", join.percentile(share / 100), "ms", direct.percentile(share / 100))
            for share in (50, 99)
        ),
        *(
            _line(f"50 points at {gateway_suite.PACE}/s p{share}", paged.percentile(share / 100), "ms",
                  plain.percentile(share / 100))
            for share in (50, 99)
        ),
        _line("memory of the risk registry", held, "MB", None, 0),
    ]  # fmt: skip


def _say(line: str) -> None:
    print(f"      {line}", file=sys.stderr, flush=True)


def _lines(case: Case, median: tuple[Load, Load, float]) -> list[dict[str, Any]]:
    load, floor, cpu = median
    return [
        _line(case.name, load.rate, "req/s", floor.rate, digits=0) | {"target": case.target},
        *(
            _line(f"{case.name} p{share}", load.percentile(share / 100), "ms", floor.percentile(share / 100))
            for share in (50, 99)
        ),
        _line(f"{case.name} CPU", cpu, "ms", None, digits=3),
    ]


def _memory(process: psutil.Process) -> list[dict[str, Any]]:
    planner = process.children()[0]
    return [
        _line("memory gateway", process.memory_info().rss / 1e6, "MB", None) | {"target": 120},
        _line("memory planner", planner.memory_info().rss / 1e6, "MB", None) | {"target": 60},
    ]


def _line(case: str, value: float, unit: str, floor: float | None, digits: int = 2) -> dict[str, Any]:
    return {
        "bench": "gateway",
        "case": case,
        "value": round(value, digits),
        "unit": unit,
        "floor": None if floor is None else round(floor, digits),
        "ratio": None if floor is None else round(value / floor, 3),
    }


def _makers(query: str, tokens: list[str], path: str) -> list[Callable[[], bytes]]:
    numbers = itertools.count(time.monotonic_ns())

    def maker(token: str) -> Callable[[], bytes]:
        def make() -> bytes:
            variables = {"first": PRODUCTS, "tag": f"t{next(numbers)}"}
            return post(path, orjson.dumps({"query": query, "variables": variables}), token)

        return make

    return [maker(token) for token in tokens]


def _token(key: OKPKey, number: int) -> str:
    now = int(time.time())
    claims = {
        "iss": ISSUER,
        "aud": "plumbline",
        "sub": f"D01.person-{number}",
        "bureau": "D01",
        "exp": now + 3600,
    }
    return jwt.encode({"alg": "Ed25519", "kid": "bench", "typ": "JWT"}, claims, key, algorithms=["Ed25519"])


@contextmanager
def _stubs(jwks: dict[str, Any]) -> Iterator[dict[str, int]]:
    process = subprocess.Popen(
        [sys.executable, STUBS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(jwks) + "\n")
    process.stdin.flush()
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.stdin.close()
        process.wait(10)


@contextmanager
def _gateway(ports: dict[str, int]) -> Iterator[tuple[psutil.Process, int]]:
    folder = OUT.parent / "gateway"
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "plumbline_gateway"]
    compose = [*command, "compose", "--out", str(folder / "supergraph.graphql")]
    for name, schema in SCHEMAS.items():
        file = folder / f"{name}.graphql"
        file.write_text(schema)
        compose += ["--subgraph", f"{name}=http://127.0.0.1:{ports[name]}/graphql={file}"]
    subprocess.run(compose, check=True)
    environment = os.environ | {
        "OIDC_ISSUER": ISSUER,
        "OIDC_JWKS_URL": f"http://127.0.0.1:{ports['issuer']}/jwks.json",
        "RATE_PER_SECOND": "1000000",
        "RATE_BURST": "1000000",
        "DRAIN_SECONDS": "0",
        "LOG_LEVEL": "WARNING",
    }
    port = _free_port()
    serve = [*command, "serve", "--supergraph", str(folder / "supergraph.graphql"), "--port", str(port)]
    process = subprocess.Popen(serve, env=environment)
    try:
        asyncio.run(_until_open(port))
        yield psutil.Process(process.pid), port
    finally:
        process.terminate()
        process.wait(20)


async def _until_open(port: int) -> None:
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise TimeoutError("the gateway did not start")


def _free_port() -> int:

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    raise SystemExit(main())
