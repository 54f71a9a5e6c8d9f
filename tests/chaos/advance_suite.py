"""Case flow as one real process that is killed in the middle of a step, and a client that asks again with the same key."""

import asyncio
import json
import os
import sys
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import asyncpg
import httpx
from case_flow.testing import WorkedBureau
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.publish_item import PublishItem, publish_item
from plumbline_shared.auth import Claims, InternalTokens
from plumbline_shared.clock import FileClock, ManualClock
from plumbline_shared.database import Database
from plumbline_shared.principal import system
from plumbline_shared.testing.databases import DatabaseUrls
from plumbline_shared.testing.plugin import START
from plumbline_shared.testing.process import free_port, kill_child, start_child

ITEM = """
item: KILLED
version: 1
name: {zh: 断电, en: Killed}
citation: {source: a rule}
limit: {length: 20, citation: {source: a rule}}
steps:
  - {code: take, name: {zh: 收, en: Take}, role: WINDOW_CLERK, unit: HALL, next: work}
  - {code: work, name: {zh: 办, en: Work}, role: INVESTIGATOR, unit: TO-3, end: true}
"""
MUTATION = """mutation($input: AdvanceMatterInput!) { advanceMatter(input: $input) {
  result { ... on Matter { id state rowVersion } } userErrors { code message } } }"""
HANDLER = "D01.li-wei"
GATE = 4_711
HOLD_COMMIT = """
create function hold_commit() returns trigger language plpgsql as
  $$ begin perform pg_advisory_xact_lock_shared(4711); return null; end $$;
create constraint trigger hold_commit after insert on matter_step deferrable initially deferred
  for each row execute function hold_commit();
"""
WAITING = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query ~* $1"
STEPPED = "select true from matter_step where matter_id = $1 and step = 'work'"
TRACES = """
select (select count(*) from matter_step where matter_id = $1 and step = 'work') as steps,
       (select count(*) from outbox where aggregate_id = $1 and subject = 'case_flow.v1.MatterClosed') as events,
       (select count(*) from audit_entry where object_id = $1 and action = 'advanceMatter') as audited,
       (select count(*) from idempotency where key = $1) as keys
"""


@dataclass(frozen=True)
class Traces:
    """What a step left behind."""

    steps: int
    events: int
    audited: int
    keys: int


NOTHING, ONCE = Traces(0, 0, 0, 0), Traces(1, 1, 1, 1)


class CaseFlowUnderFire:
    """The service, its database seen from outside, and the officer's client."""

    def __init__(self, folder: Path, urls: DatabaseUrls, watcher: str) -> None:
        self._folder, self._urls, self._watcher, self._port = folder, urls, watcher, free_port()
        self._tokens = InternalTokens.generate()
        self._clock = FileClock(folder / "clock")

    async def start(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._clock.set(START)
        self._keys = _serve_json(self._tokens.jwks())
        self._db = await Database.connect(self._urls.app, max_size=2)
        self.locks, self._seen = [await asyncpg.connect(self._watcher) for _ in range(2)]
        await self.locks.execute(HOLD_COMMIT)
        await WorkedBureau.seed(self._db)
        self._bureau = WorkedBureau(self._db, ManualClock(START), {})
        await self._bureau.run(system("D01"), publish_item, PublishItem(ITEM))
        await self.boot()

    async def stop(self) -> None:
        kill_child(self._process)
        self._keys.shutdown()
        for conn in (self.locks, self._seen):
            await conn.close()
        await self._db.close()

    async def boot(self) -> None:
        """Start the service and wait until it answers."""
        settings = {
            "DATABASE_URL": self._urls.app,
            "GATEWAY_JWKS_URL": f"http://127.0.0.1:{self._keys.server_address[1]}/jwks.json",
            "PORT": str(self._port),
            "MODE": "test",
            "CLOCK_FILE": str(self._folder / "clock"),
        }
        command = [sys.executable, "-m", "case_flow.app", "serve"]
        self._process = start_child(command, self._folder / "case_flow.log", {**os.environ, **settings})
        async with httpx.AsyncClient() as client:
            await _until(lambda: self._is_alive(client))

    def kill(self) -> None:
        """`kill -9`."""
        kill_child(self._process)

    async def accepted(self) -> str:
        """A matter whose last step is open."""
        return (await self._bureau.do("wu-yan", accept_matter, AcceptMatter("KILLED", "x"))).matter_id

    async def advance(self, matter: str) -> dict[str, Any]:
        """The answer of one request; the key is the matter's id. Raises httpx.TransportError when none came."""
        token = self._tokens.mint(Claims(HANDLER, "D01", "person"), "case_flow")
        given = {"clientMutationId": matter, "matterId": matter, "step": "work"}
        async with httpx.AsyncClient(timeout=20) as client:
            answer = await client.post(
                f"http://127.0.0.1:{self._port}/graphql",
                json={"query": MUTATION, "variables": {"input": given}},
                headers={"authorization": f"Bearer {token}"},
            )
        return answer.json()["data"]["advanceMatter"]

    async def until_waiting(self, query: str) -> None:
        """Return once a session waits for a lock in a statement like this."""
        await _until(lambda: self._seen.fetchval(WAITING, query))

    async def until_stepped(self, matter: str) -> None:
        """Return once the step of the matter is committed."""
        await _until(lambda: self._seen.fetchval(STEPPED, matter))

    async def _is_alive(self, client: httpx.AsyncClient) -> bool:
        assert self._process.poll() is None, (self._folder / "case_flow.log").read_text()[-2000:]
        try:
            return (await client.get(f"http://127.0.0.1:{self._port}/livez")).status_code == 200
        except httpx.TransportError:
            return False

    async def traces(self, matter: str) -> Traces:
        return Traces(**dict(await self._seen.fetchrow(TRACES, matter)))


async def unanswered(request: "asyncio.Task[dict[str, Any]]") -> None:
    """Whatever the killed service still said, its client did not hear it."""
    with suppress(httpx.TransportError):
        await request


async def _until(happened: Callable[[], Awaitable[Any]]) -> None:
    """Ask every few milliseconds, at most 30 s."""
    async with asyncio.timeout(30):
        while not await happened():  # noqa: ASYNC110 - another process cannot set an event of ours
            await asyncio.sleep(0.005)


def _serve_json(body: object) -> ThreadingHTTPServer:
    text = json.dumps(body).encode()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    run: Callable[[], None] = server.serve_forever
    threading.Thread(target=run, daemon=True).start()
    return server
