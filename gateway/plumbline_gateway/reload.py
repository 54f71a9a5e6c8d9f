"""Follow the supergraph file: a better one is taken, a broken one is named once and the last good one stays."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from plumbline_gateway.graph import Graph
from plumbline_gateway.planner import BadSupergraph, PlannerGone

log = logging.getLogger(__name__)

Load = Callable[[str], Awaitable[Graph]]
RETIRE_AFTER = 15.0


async def read_graph(path: Path, load: Load) -> tuple[str, Graph]:
    """The text and the graph of a file. Raises BadSupergraph with one line that says what is wrong."""
    try:
        text = await asyncio.to_thread(path.read_text, encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSupergraph(f"{path} cannot be read: {error}") from error
    try:
        return text, await load(text)
    except (BadSupergraph, PlannerGone, TimeoutError) as error:
        raise BadSupergraph(f"{path} is not a usable supergraph: {error}") from error


class Watcher:
    """`adopt` is called with each new graph and returns the one that it replaced."""

    def __init__(
        self, path: Path, text: str, load: Load, adopt: Callable[[Graph], Graph], every: float
    ) -> None:
        self._path = path
        self._text = text
        self._load = load
        self._adopt = adopt
        self._every = every
        self._stamp = _stamp(path)
        self._retiring: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(self._every)
            await self.look()

    async def look(self) -> bool:
        """Whether a changed file was taken."""
        stamp = _stamp(self._path)
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        try:
            text, graph = await read_graph(self._path, self._load)
        except BadSupergraph as error:
            log.error("supergraph not taken, the last good one serves on: %s", " ".join(str(error).split()))
            return False
        self._text = text
        self._retire(self._adopt(graph))
        log.info("supergraph taken: %s", self._path)
        return True

    async def close(self) -> None:
        """End the planners of graphs that were replaced a moment ago."""
        for task in self._retiring:
            task.cancel()
        await asyncio.gather(*self._retiring, return_exceptions=True)

    def _retire(self, graph: Graph) -> None:
        task = asyncio.create_task(_close_later(graph))
        self._retiring.add(task)
        task.add_done_callback(self._retiring.discard)


async def _close_later(graph: Graph) -> None:
    """Operations that were being prepared still need the old planner."""
    try:
        await asyncio.sleep(RETIRE_AFTER)
    finally:
        await graph.close()


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
