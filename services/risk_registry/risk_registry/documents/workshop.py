"""The way to the worker: started at the first job, started again when it has ended, one job at a time."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process

import msgspec
from plumbline_shared.errors import Invalid, Unavailable

from risk_registry.documents.jobs import Answer, Job

LENGTH = 4
LONGEST_SECONDS = 30
COMMAND = (sys.executable, "-m", "risk_registry.documents.worker")


class Workshop:
    """One worker process and its queue; bound to the event loop that first used it."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._process: Process | None = None

    async def do(self, job: Job) -> bytes:
        """The document. Raises Invalid for characters without a glyph, Unavailable when the worker fails twice."""
        async with self._lock:
            answer = await self._ask(job) or await self._ask(job)
        if answer is None:
            raise Unavailable("documents cannot be made at the moment: try again")
        if answer.missing:
            raise Invalid(f"the font has no glyph for: {answer.missing[:20]}")
        if answer.error:
            raise Unavailable(f"the document could not be made: {answer.error}")
        return answer.content

    async def close(self) -> None:
        """End the worker."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.kill()
            await process.wait()

    async def _ask(self, job: Job) -> Answer | None:
        """None when the worker ended meanwhile (idle, its share done, killed) or took too long."""
        try:
            return await asyncio.wait_for(self._exchange(msgspec.json.encode(job)), LONGEST_SECONDS)
        except (OSError, asyncio.IncompleteReadError, TimeoutError):
            await self.close()
            return None
        except asyncio.CancelledError:
            await self.close()
            raise

    async def _exchange(self, frame: bytes) -> Answer:
        sink, source = await self._pipes()
        sink.write(len(frame).to_bytes(LENGTH) + frame)
        await sink.drain()
        size = int.from_bytes(await source.readexactly(LENGTH))
        return msgspec.json.decode(await source.readexactly(size), type=Answer)

    async def _pipes(self) -> tuple[asyncio.StreamWriter, asyncio.StreamReader]:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(*COMMAND, stdin=PIPE, stdout=PIPE)
        sink, source = self._process.stdin, self._process.stdout
        if sink is None or source is None:
            raise BrokenPipeError("the worker has no pipes")
        return sink, source


_OPEN: dict[asyncio.AbstractEventLoop, Workshop] = {}


def workshop() -> Workshop:
    """The workshop of this process."""
    return _OPEN.setdefault(asyncio.get_running_loop(), Workshop())
