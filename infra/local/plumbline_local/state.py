"""One suite per clone: a lock that the kernel releases however we end, and a file that says what runs."""

import fcntl
import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import msgspec
import psutil
from plumbline_shared.testing.process import ServerError

from plumbline_local.credentials import write_private
from plumbline_local.layout import Layout


class PartState(msgspec.Struct, frozen=True):
    """A running part: `born` is the process's own start time, so that a recycled pid is not mistaken for it."""

    name: str
    port: int
    pid: int
    born: float
    log: str


class SuiteState(msgspec.Struct, frozen=True):
    """The supervisor and its parts. `phase` is starting, running or stopping."""

    pid: int
    phase: str
    data: str
    base: int
    parts: list[PartState]


class AlreadyRunning(ServerError):
    """Another supervisor holds this clone's lock."""


class RunLock:
    """Held for the life of the supervisor."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._file: int | None = None

    def acquire(self) -> None:
        """Raises AlreadyRunning when another supervisor of this clone lives."""
        self._layout.run.mkdir(parents=True, exist_ok=True)
        self._file = os.open(self._layout.lock, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._file)
            self._file = None
            state = read_state(self._layout)
            where = f" on port {state.base} (process {state.pid})" if state else ""
            raise AlreadyRunning(
                f"the suite runs already{where}; see `make status`, stop it with `make down`"
            ) from error

    def release(self) -> None:
        if self._file is not None:
            self._layout.state.unlink(missing_ok=True)
            os.close(self._file)
            self._file = None


def is_locked(layout: Layout) -> bool:
    """True while a supervisor of this clone lives."""
    if not layout.lock.exists():
        return False
    with layout.lock.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def read_state(layout: Layout) -> SuiteState | None:
    """What the last supervisor wrote, if anything."""
    with suppress(OSError, msgspec.DecodeError):
        return msgspec.json.decode(layout.state.read_bytes(), type=SuiteState)
    return None


def write_state(layout: Layout, state: SuiteState) -> None:
    write_private(layout.state, msgspec.json.encode(state))


def process_of(part: PartState) -> psutil.Process | None:
    """The part's process if it still lives; None also when its pid now belongs to another."""
    with suppress(psutil.Error):
        process = psutil.Process(part.pid)
        if abs(process.create_time() - part.born) < 1 and process.status() != psutil.STATUS_ZOMBIE:
            return process
    return None


def end_leftovers(layout: Layout) -> list[str]:
    """Ends what a supervisor that was killed left behind; the names of those parts. Call with the lock held."""
    state = read_state(layout)
    if state is None:
        return []
    left = [(part, process) for part in reversed(state.parts) if (process := process_of(part))]
    for part, process in left:
        how = signal.SIGINT if part.name == "postgres" else signal.SIGTERM
        _end(process, how)
    Path(layout.state).unlink(missing_ok=True)
    return [part.name for part, _ in left]


def _end(process: psutil.Process, how: signal.Signals) -> None:
    with suppress(psutil.NoSuchProcess):
        process.send_signal(how)
        with suppress(psutil.TimeoutExpired):
            process.wait(20)
            return
        process.kill()


def wait_for_end(layout: Layout, seconds: float) -> bool:
    """True when the supervisor has ended within that time."""
    deadline = time.monotonic() + seconds
    while is_locked(layout):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True
