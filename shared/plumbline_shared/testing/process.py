"""Child processes that never outlive their parent: started with a parent-death signal, stopped in order."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path


class ServerError(RuntimeError):
    """A server could not start or stop; the message is one line that says what to do."""


class PortTaken(ServerError):
    """Somebody else listens on the port we were told to use."""


def free_port() -> int:
    """A TCP port of the loopback interface that nobody used a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def require_free_port(port: int, what: str) -> None:
    """Raises PortTaken when something already listens on the loopback port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            message = f"port {port}, wanted for {what}, is taken; choose another range: PLUMBLINE_PORT=4100"
            raise PortTaken(message) from error


def start_child(
    arguments: Sequence[str | Path],
    log: Path,
    env: Mapping[str, str] | None = None,
    run_as: Sequence[str] = (),
    death_signal: str = "TERM",
) -> "subprocess.Popen[bytes]":
    """Starts a process in its own group, its output appended to `log`; it gets `death_signal` if we die.

    The kernel delivers that signal when the starting *thread* ends: call from the main thread. A parent that dies
    in the first millisecond, before the wrapper has asked for the signal, is missed; see `end_leftovers`.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            [*_death_wrapper(death_signal, run_as), *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=env,
            start_new_session=True,
        )


def _death_wrapper(death_signal: str, run_as: Sequence[str]) -> list[str]:
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        if run_as:
            raise ServerError(
                "setpriv is missing: install the package util-linux, or run as an ordinary user"
            )
        return []
    return [setpriv, *run_as, "--pdeathsig", death_signal, "--"]


def stop_child(
    process: "subprocess.Popen[bytes]", how: signal.Signals = signal.SIGTERM, seconds: float = 20.0
) -> None:
    """Sends `how`, waits, and kills the process group when it does not end in time."""
    if process.poll() is None:
        process.send_signal(how)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        kill_child(process)


def kill_child(process: "subprocess.Popen[bytes]") -> None:
    """`kill -9` of the whole process group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(ready: Callable[[], bool], process: "subprocess.Popen[bytes]", what: str, log: Path) -> None:
    """Polls `ready` for at most 30 s; raises ServerError with the log's end when the process dies first."""
    deadline = time.monotonic() + 30
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise ServerError(f"{what} did not start: {last_lines(log)}")
        time.sleep(0.01)


def last_lines(log: Path, count: int = 3) -> str:
    """The last lines of a log joined to one, for a one-line error."""
    if not log.exists():
        return f"no log at {log}"
    return " | ".join(log.read_text(errors="replace").splitlines()[-count:])


def port_answers(port: int) -> bool:
    """True when something accepts connections on the loopback port."""
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0
