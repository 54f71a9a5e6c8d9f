"""The parts of the suite: how each is started, when it is ready, how it stops."""

import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Protocol
from urllib.request import urlopen

import psutil
from plumbline_shared.testing.nats import NatsServer
from plumbline_shared.testing.postgres import PostgresServer
from plumbline_shared.testing.process import (
    ServerError,
    last_lines,
    require_free_port,
    start_child,
    stop_child,
)

from plumbline_local.state import PartState


class Part(Protocol):
    """Something the supervisor keeps running."""

    name: str

    @property
    def process(self) -> "subprocess.Popen[bytes] | None":
        """The child process, while there is one."""
        ...

    def start(self) -> object:
        """Starts it; may return before it is ready."""
        ...

    def stop(self) -> None:
        """Stops it in good order."""
        ...

    def state(self) -> PartState | None:
        """What the state file says of it, while it runs."""
        ...


@dataclass
class Server:
    """PostgreSQL or NATS."""

    name: str
    server: PostgresServer | NatsServer

    @property
    def process(self) -> "subprocess.Popen[bytes] | None":
        return self.server.process

    def start(self) -> object:
        return self.server.start()

    def stop(self) -> None:
        self.server.stop()

    def state(self) -> PartState | None:
        return part_state(self.name, self.server.port, self.process, self.server.log)


@dataclass
class Program:
    """A service or the gateway: a Python program that answers `/readyz`."""

    name: str
    arguments: Sequence[str]
    env: Mapping[str, str]
    port: int
    log: Path
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def start(self) -> object:
        require_free_port(self.port, self.name)
        self.process = start_child([sys.executable, *self.arguments], self.log, self.env)
        return self.process

    def stop(self) -> None:
        if self.process is not None:
            stop_child(self.process, signal.SIGTERM, 15)
            self.process = None

    def signal_stop(self) -> None:
        """Asks it to end, without waiting: several programs end side by side."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def state(self) -> PartState | None:
        return part_state(self.name, self.port, self.process, self.log)

    def ready(self) -> bool:
        """True when it answers; raises ServerError with the end of its log when it has died."""
        if self.process is not None and self.process.poll() is not None:
            raise ServerError(f"{self.name} ended while starting: {last_lines(self.log)}")
        return answers(self.port)


def part_state(
    name: str, port: int, process: "subprocess.Popen[bytes] | None", log: Path
) -> PartState | None:
    """None for a process that has ended."""
    with suppress(psutil.Error):
        if process is not None and process.poll() is None:
            born = psutil.Process(process.pid).create_time()
            return PartState(name, port, process.pid, born, str(log))
    return None


def answers(port: int, path: str = "/readyz") -> bool:
    """True when `path` on that loopback port answers with 200."""
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=2) as response:
            return response.status == 200
    except (OSError, HTTPException):
        return False


def wait_ready(programs: Sequence[Program], seconds: float = 60) -> None:
    """Waits for all of them; raises ServerError naming the first that died or is late."""
    deadline = time.monotonic() + seconds
    waiting = list(programs)
    while waiting := [program for program in waiting if not program.ready()]:
        if time.monotonic() > deadline:
            raise ServerError(
                f"{waiting[0].name} is not ready after {seconds:.0f} s: {last_lines(waiting[0].log)}"
            )
        time.sleep(0.1)
