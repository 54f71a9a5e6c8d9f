"""The query planner: one small Node process per supergraph, spoken to in JSON lines, restarted when it dies."""

import asyncio
import contextlib
import itertools
import logging
from typing import Any

import orjson

from plumbline_gateway.node import node_command

log = logging.getLogger(__name__)

LINE_LIMIT = 64 * 1024 * 1024
START_TIMEOUT = 30.0
PLAN_TIMEOUT = 10.0
ATTEMPTS = 2


class BadSupergraph(Exception):
    """The planner does not accept the supergraph."""


class PlanRefused(Exception):
    """The planner has no plan for this operation, and says why."""


class PlannerGone(Exception):
    """The planner process ended, or did not answer in time."""


class Planner:
    """Start with `await Planner.start(sdl)`; end with `await close()`."""

    def __init__(self, sdl: str) -> None:
        self._sdl = sdl
        self._ids = itertools.count()
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._lock = asyncio.Lock()
        self.consumer_schema = ""

    @classmethod
    async def start(cls, sdl: str) -> "Planner":
        """A planner that has read `sdl`. Raises BadSupergraph if it cannot."""
        planner = cls(sdl)
        await planner._ensure()
        return planner

    @property
    def pid(self) -> int | None:
        """The process, while one runs."""
        return self._process.pid if self._process else None

    async def plan(self, query: str, operation_name: str | None) -> dict[str, Any]:
        """The plan as the addon gives it. Raises PlanRefused, or PlannerGone after a second attempt."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await self._ask(query, operation_name)
            except PlannerGone:
                if attempt == ATTEMPTS:
                    raise
        raise PlannerGone("no attempt was made")

    async def close(self) -> None:
        """End the process and everybody who waits for it."""
        await self._end()
        self._fail_waiting()

    async def _ask(self, query: str, operation_name: str | None) -> dict[str, Any]:
        process = await self._ensure()
        number = next(self._ids)
        future = self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            await _write(process, {"id": number, "query": query, "operationName": operation_name})
            answer = await asyncio.wait_for(future, PLAN_TIMEOUT)
        except TimeoutError:
            await self._end()
            raise PlannerGone("the planner did not answer in time") from None
        finally:
            self._waiting.pop(number, None)
        if "error" in answer:
            raise PlanRefused(answer["error"])
        return answer["plan"]

    async def _ensure(self) -> asyncio.subprocess.Process:
        async with self._lock:
            if self._process is not None and self._process.returncode is None:
                return self._process
            process = await asyncio.create_subprocess_exec(
                *node_command("planner.mjs"),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=LINE_LIMIT,
                start_new_session=True,  # Ctrl-C is for the gateway; the planner ends when its input does
            )
            try:
                self.consumer_schema = await asyncio.wait_for(_introduce(process, self._sdl), START_TIMEOUT)
            except BaseException:
                await _kill(process)
                raise
            self._process = process
            self._reader = asyncio.create_task(self._read(process))
            return process

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None  # noqa: S101  asked for above
        while line := await process.stdout.readline():
            answer = orjson.loads(line)
            future = self._waiting.get(answer["id"])
            if future is not None and not future.done():
                future.set_result(answer)
        if self._process is process:
            self._process = None
            log.warning("the planner process ended; the next plan starts it again")
            self._fail_waiting()

    def _fail_waiting(self) -> None:
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(PlannerGone("the planner process ended"))

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            await _kill(process)
        if self._reader is not None:
            await asyncio.gather(self._reader, return_exceptions=True)


async def _introduce(process: asyncio.subprocess.Process, sdl: str) -> str:
    await _write(process, {"sdl": sdl})
    assert process.stdout is not None  # noqa: S101  asked for by the caller
    line = await process.stdout.readline()
    if not line:
        raise BadSupergraph("the planner process ended while it read the supergraph")
    answer = orjson.loads(line)
    if "error" in answer:
        raise BadSupergraph(answer["error"])
    return answer["consumerSchema"]


async def _write(process: asyncio.subprocess.Process, message: dict[str, Any]) -> None:
    assert process.stdin is not None  # noqa: S101  asked for by the caller
    try:
        process.stdin.write(orjson.dumps(message) + b"\n")
        await process.stdin.drain()
    except (ConnectionError, RuntimeError) as error:
        raise PlannerGone("the planner process ended") from error


async def _kill(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    await process.wait()
