"""A clone of its own beside this one: the same code and schemas, other data, other ports."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psutil
from plumbline_local.layout import OFFSETS, Layout, layout
from plumbline_local.state import PartState, read_state
from plumbline_local.status import PartReport, report
from plumbline_shared.testing.process import ServerError, kill_child, require_free_port, start_child

ROOT = Path(__file__).parents[2]
LONGEST = 240.0


@dataclass
class Clone:
    """The suite under our own commands, as somebody at a terminal starts and stops it."""

    home: Path
    base: int
    process: "subprocess.Popen[bytes] | None" = field(default=None)

    @classmethod
    def beside(cls, home: Path) -> Self:
        """A home folder whose code is linked from here."""
        home.mkdir(mode=0o711)
        for name in ("services", "gateway"):
            (home / name).symlink_to(ROOT / name)
        return cls(home, free_base())

    @property
    def place(self) -> Layout:
        """Where the demonstration's data are."""
        return layout(demo=True, environ=self._names)

    @property
    def kept(self) -> Layout:
        """Where the data of `up` are."""
        return layout(environ=self._names)

    @property
    def output(self) -> Path:
        """What the person at the terminal reads."""
        return self.home / "output.txt"

    @property
    def _names(self) -> dict[str, str]:
        return {"PLUMBLINE_HOME": str(self.home), "PLUMBLINE_PORT": str(self.base)}

    def start(self, command: str, until: str) -> None:
        """Runs a command until it has printed `until`. Raises ServerError with the end of what it printed."""
        env = {name: value for name, value in os.environ.items() if not name.startswith("DEMO_")}
        self.output.unlink(missing_ok=True)
        arguments = [sys.executable, "-m", "plumbline_local", command]
        self.process = start_child(arguments, self.output, {**env, **self._names})
        deadline = time.monotonic() + LONGEST
        while until not in self.output.read_text(encoding="utf-8"):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise ServerError(f"`{command}` does not serve: {self.output.read_text()[-2000:]}")
            time.sleep(0.1)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int | None:
        """The exit status; None when nothing was running. Kills what does not end within a minute."""
        process, self.process = self.process, None
        if process is None:
            return None
        process.send_signal(how)
        try:
            return process.wait(60)
        except subprocess.TimeoutExpired:
            kill_child(process)
            raise

    def part(self, name: str) -> PartState:
        """A part of the suite as the state file has it."""
        state = read_state(self.place)
        assert state is not None
        return next(part for part in state.parts if part.name == name)

    def family(self) -> list[psutil.Process]:
        """Supervisor and everything below it."""
        assert self.process is not None
        top = psutil.Process(self.process.pid)
        return [top, *top.children(recursive=True)]


def healthy(place: Layout) -> Sequence[PartReport]:
    """What `status` shows, once it calls every part healthy or a minute has gone by."""
    deadline = time.monotonic() + 60
    while True:
        parts = report(place)
        if all(part.healthy for part in parts) or time.monotonic() > deadline:
            return parts
        time.sleep(0.1)


def alive(family: Sequence[psutil.Process]) -> list[str]:
    """The command lines of those which still run; a recycled pid is another process."""
    return [" ".join(one.cmdline()) for one in family if one.is_running() and one.status() != "zombie"]


def free_base() -> int:
    """A base port whose whole range is free, below the ports that the kernel gives to clients."""
    while True:
        base = random.randrange(12_000, 30_000)
        try:
            for name, offset in OFFSETS.items():
                require_free_port(base + offset, name)
        except ServerError:
            continue
        return base
