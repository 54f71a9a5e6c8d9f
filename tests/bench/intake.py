"""Bench of the hotline: posts a second with sealing, idempotency, receipt and audit row, beside bare INSERTs of the
same rows; and the time a caller waits at 50 posts a second while the worker hardens receipts. fsync is on."""

import argparse
import asyncio
import json
import os
import secrets
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg
import uvloop
from complaints.app import definition
from complaints.settings import ComplaintsSettings
from complaints.storage.keys import add_officer_key
from complaints.testing import KEY_HOLDERS, PASSPHRASE
from complaints.vault import open_vault
from complaints.vault.officers import make_officer_key
from joserfc import jwt
from joserfc.jwk import ECKey
from plumbline_org.principal import principal_of
from plumbline_org.testing import city, linjiang, seed_replica
from plumbline_shared.clock import SystemClock
from plumbline_shared.database import Database
from plumbline_shared.ids import new_id
from plumbline_shared.principal import system
from plumbline_shared.testing.databases import DatabaseUrls, TemplateDatabases
from plumbline_shared.testing.postgres import PostgresServer
from plumbline_shared.testing.process import free_port
from plumbline_shared.timers import run_due

sys.path.insert(0, str(Path(__file__).parent))
from gateway_load import Load, run

OUT = Path(__file__).parents[2] / "var" / "bench" / "intake.jsonl"
CONNECTIONS, ROUNDS, SECONDS = 16, 3, 2.0
PACE, PACED_SECONDS = 50, 4.0
ISSUER = "https://issuer.bench"
SIGNER = ECKey.generate_key("P-256", {"kid": "bench"})

CALLER = {"name": "李会计", "phone": "13911112222", "address": "滨江路 1 号"}
TIP_OFF = {
    "regime": "STAFF_REPORT", "bureauId": "D01", "subjectId": "D01.chen-gang", "informant": CALLER,
    "text": "科长在减免审批中收受礼金。" * 20,
}  # fmt: skip
COMPLAINT = {
    "regime": "SERVICE_COMPLAINT", "bureauId": "D01", "kind": "QUALITY", "unitId": "D01.HALL", "contact": CALLER,
    "text": "等候三个小时无人解释。" * 20,
}  # fmt: skip

ACTOR = "select set_config('plumbline.actor', 'system', false)"
BARE: tuple[tuple[str, Callable[[str], tuple[Any, ...]]], ...] = (
    (
        "insert into intake_key values ($1, $2, $3, $4)",
        lambda one: (one.encode(), bytes(32), bytes(570), NOW),
    ),
    (
        "insert into sealed_report (id, bureau_id, received_on, named, handlers, content, identity, notice_due_on)"
        " values ($1, 'D01', $2, true, $3, $4, $5, $2)",
        lambda one: (one, TODAY, ["D01.huang-zhen", "D01.ma-qing"], bytes(1100), bytes(560)),
    ),
    (
        "insert into sealed_wrap select $1, * from unnest($2::text[], $3::text[], $4::bytea[])",
        lambda one: (one, ["a", "b", "c", "d", "e"], ["CONTENT"] * 5, [bytes(80)] * 5),
    ),
    (
        "insert into receipt (locator, bureau_id, kind, case_id, salt, fresh) values ($1, 'D01', 'REPORT', $1, $2, $3)",
        lambda one: (one, bytes(16), bytes(560)),
    ),
    (
        "insert into timer (id, bureau_id, kind, ref, fire_at) values ($1, 'D01', 'none', $1, $2)",
        lambda one: (one, NEVER),
    ),
    (
        "insert into audit_entry (id, bureau_id, action, object_type, at, commitment) values ($1, 'D01', 'A', 'B', $2, $3)",
        lambda one: (one, NOW, bytes(32)),
    ),
)
NOW, NEVER, TODAY = datetime.now(UTC), datetime(2100, 1, 1, tzinfo=UTC), date.today()  # noqa: DTZ011


def main() -> int:
    """0 when no post failed; the figures are in var/bench/intake.jsonl."""
    argparse.ArgumentParser(prog="make bench BENCH=intake", description=__doc__).parse_args()
    folder = Path(tempfile.mkdtemp(prefix="plumbline-bench-"))
    folder.chmod(0o711)
    with PostgresServer(folder / "postgres", durable=True) as server, jwks() as keys:
        lines = uvloop.run(_measure(TemplateDatabases(server), Bench(folder, keys, free_port())))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("".join(json.dumps(line) + "\n" for line in lines))
    for line in lines:
        print(
            f"{line['case']:<34}{line['value']:>8} {line['unit']:<8} floor {line['floor']} ratio {line['ratio']}"
        )
    return 0


@dataclass(frozen=True)
class Bench:
    """Where the service under test keeps its key, finds the issuer's keys, and listens."""

    folder: Path
    jwks_url: str
    port: int

    def environment(self, urls: DatabaseUrls) -> dict[str, str]:
        return os.environ | {
            "DATABASE_URL": urls.app,
            "PORT": str(self.port),
            "MODE": "demo",
            "OIDC_ISSUER": ISSUER,
            "OIDC_JWKS_URL": self.jwks_url,
            "DATA_DIR": str(self.folder / "files"),
            "DRAIN_SECONDS": "0",
            "POOL_SIZE": str(CONNECTIONS),
            "LOG_LEVEL": "ERROR",
        }


async def _measure(templates: TemplateDatabases, bench: Bench) -> list[dict[str, Any]]:
    urls = await templates.fresh(definition.name, definition.all_migrations())
    await _prepare(urls)
    lines: list[dict[str, Any]] = []
    async with _service(bench, urls, "serve"):
        floors = [await _floor(urls)]
        for name, body in (("tip-off", TIP_OFF), ("service complaint", COMPLAINT)):
            loads: list[Load] = []
            for _ in range(ROUNDS):
                loads.append(await run(bench.port, [_maker(body)] * CONNECTIONS, b'"receiptNo"', SECONDS))
                floors.append(await _floor(urls))
            lines += _lines(name, loads, statistics.median(floors))
    lines.append(await _hardening(bench, urls))
    async with _service(bench, urls, "all"):
        lines += await _paced(bench)
    return lines


def _lines(name: str, loads: list[Load], floor: float) -> list[dict[str, Any]]:
    if failures := sum(load.failures for load in loads):
        raise SystemExit(f"{failures} posts of {name} failed")
    rate = statistics.median(load.rate for load in loads)
    rows = [_line(f"{name}@{CONNECTIONS}", round(rate), "posts/s", round(floor), round(rate / floor, 2))]
    for share in (0.5, 0.99):
        value = statistics.median(load.percentile(share) for load in loads)
        rows.append(_line(f"{name}@{CONNECTIONS} p{share * 100:.0f}", round(value, 1), "ms"))
    return rows


def _line(
    case: str, value: float, unit: str, floor: float | None = None, ratio: float | None = None
) -> dict[str, Any]:
    return {"bench": "intake", "case": case, "value": value, "unit": unit, "floor": floor, "ratio": ratio}


async def _prepare(urls: DatabaseUrls) -> None:
    """The bureau in the replica, and officers with sealing keys."""
    org = linjiang("D01", city())
    db = await Database.connect(urls.app, max_size=1)
    async with db.transaction(system()) as conn:
        await seed_replica(conn, org, *([org.upper] if org.upper else []))
    for code in KEY_HOLDERS:
        async with db.transaction(principal_of(org, f"D01.{code}", TODAY)) as conn:
            await add_officer_key(conn, "D01", make_officer_key(f"D01.{code}", PASSPHRASE), TODAY)
    await db.close()


async def _floor(urls: DatabaseUrls) -> float:
    """Transactions a second when rows of the same sizes are only inserted."""
    connections = [await asyncpg.connect(urls.app) for _ in range(CONNECTIONS)]
    ends = time.perf_counter() + SECONDS

    async def insert(conn: Any) -> int:
        await conn.execute(ACTOR)
        done = 0
        while time.perf_counter() < ends:
            one = new_id("x")
            async with conn.transaction():
                for statement, arguments in BARE:
                    await conn.execute(statement, *arguments(one))
            done += 1
        return done

    total = sum(await asyncio.gather(*(insert(conn) for conn in connections)))
    for conn in connections:
        await conn.close()
    return total / SECONDS


async def _hardening(bench: Bench, urls: DatabaseUrls) -> dict[str, Any]:
    """Receipts a second that one worker hashes (argon2id, 64 MiB); the rest of the backlog is dropped."""
    db, limit = await Database.connect(urls.app, max_size=1), 12
    open_vault(ComplaintsSettings(database_url=urls.app, mode="demo", data_dir=str(bench.folder / "files")))
    async with db.transaction(system()) as conn:
        await conn.execute(
            "delete from timer where id not in (select id from timer where kind = 'harden_receipt' limit $1)",
            limit,
        )
    began = time.perf_counter()
    done = await run_due(db, SystemClock(), definition.timers)
    rate = done / (time.perf_counter() - began)
    await db.close()
    return _line("receipts hardened", round(rate, 1), "1/s")


async def _paced(bench: Bench) -> list[dict[str, Any]]:
    """What a caller waits when posts come at their own pace, whether the service keeps up or not."""
    waits: list[float] = []
    async with aiohttp.ClientSession(f"http://127.0.0.1:{bench.port}", headers=_token()) as http:

        async def post(at: float) -> None:
            await asyncio.sleep(at - time.perf_counter())
            headers = {"idempotency-key": secrets.token_hex(16)}
            async with http.post("/v1/intakes", json=TIP_OFF, headers=headers) as answer:
                await answer.read()
                if answer.status != 201:
                    raise SystemExit(f"a paced post failed with {answer.status}")
            waits.append(time.perf_counter() - at)

        began = time.perf_counter() + 0.5
        await asyncio.gather(*(post(began + number / PACE) for number in range(int(PACE * PACED_SECONDS))))
    waits.sort()
    return [
        _line(
            f"at {PACE}/s with worker p{share * 100:.0f}",
            round(waits[int(share * (len(waits) - 1))] * 1000, 1),
            "ms",
        )
        for share in (0.5, 0.99)
    ]


class _service:
    """The service as its own process, ready when entered."""

    def __init__(self, bench: Bench, urls: DatabaseUrls, command: str) -> None:
        self._url = f"http://127.0.0.1:{bench.port}/readyz"
        self._environment = bench.environment(urls)
        self._command = command

    async def __aenter__(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "complaints.app", self._command, env=self._environment
        )
        async with aiohttp.ClientSession() as http:
            for _ in range(200):
                try:
                    async with http.get(self._url) as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.1)
        raise SystemExit("the service did not become ready")

    async def __aexit__(self, *_: object) -> None:
        self._process.terminate()
        await self._process.wait()


def _token() -> dict[str, str]:
    claims = {
        "iss": ISSUER, "aud": "plumbline", "sub": "hotline", "client_id": "hotline", "bureau": "D01",
        "scope": "complaints:intake", "exp": int(time.time()) + 3600,
    }  # fmt: skip
    signed = jwt.encode(
        {"alg": "ES256", "kid": "bench", "typ": "at+jwt"}, claims, SIGNER, algorithms=["ES256"]
    )
    return {"authorization": f"Bearer {signed}"}


def _maker(body: dict[str, Any]) -> Callable[[], bytes]:
    """Requests with a fresh idempotency key each."""
    content, bearer = json.dumps(body).encode(), _token()["authorization"]
    head = f"POST /v1/intakes HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nauthorization: {bearer}\r\n"
    start = f"{head}content-length: {len(content)}\r\nidempotency-key: ".encode()
    return lambda: start + secrets.token_hex(16).encode() + b"\r\n\r\n" + content


@contextmanager
def jwks() -> Iterator[str]:
    """The issuer's keys on a thread."""
    document = json.dumps({"keys": [SIGNER.as_dict(private=False)]}).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-length", str(len(document)))
            self.end_headers()
            self.wfile.write(document)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/jwks.json"
    server.shutdown()


if __name__ == "__main__":
    sys.exit(main())
