"""The memory of workers that documents are made in, while they live."""

import asyncio
import contextlib
from pathlib import Path

import psutil

WORKER = "risk_registry.documents.worker"
PAUSE = 0.005


class WorkerPeak:
    """The largest resident size of any worker that ran meanwhile, asked every 5 ms: a large one ends by itself."""

    def __init__(self) -> None:
        self.megabytes = 0.0

    async def __aenter__(self) -> "WorkerPeak":
        self._task = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._task.cancel()
        await asyncio.wait([self._task])
        if not self.megabytes:
            raise SystemExit("no worker was seen")

    async def _watch(self) -> None:
        while True:
            for child in psutil.Process().children():
                self.megabytes = max(self.megabytes, _peak(child))
            await asyncio.sleep(PAUSE)


def _peak(child: psutil.Process) -> float:
    """Megabytes; 0 for what is no worker, or has ended."""
    with contextlib.suppress(psutil.NoSuchProcess, OSError, StopIteration):
        if WORKER in child.cmdline():
            status = Path(f"/proc/{child.pid}/status").read_text().splitlines()
            return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) / 1024
    return 0.0
