"""`up`: the suite in the foreground, or left running in the background."""

import subprocess
import sys
import time

from plumbline_shared.testing.process import ServerError, last_lines
from rich.console import Console

from plumbline_local.layout import Layout
from plumbline_local.state import AlreadyRunning, is_locked, read_state
from plumbline_local.status import print_status
from plumbline_local.suite import Suite, say


def serve(place: Layout) -> None:
    """Starts, prints what runs where, and keeps it running until interrupted."""
    with Suite(place, say) as suite:
        suite.start()
        print_status(place, Console())
        say("Ctrl-C, or `make down` elsewhere, stops it; the data stays in var/")
        suite.watch()


def detach(place: Layout) -> int:
    """Starts a supervisor of its own session and returns once all is ready."""
    if is_locked(place):
        raise AlreadyRunning("the suite runs already; see `make status`, stop it with `make down`")
    log = place.log("supervisor")
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "plumbline_local", "up"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    while not _running(place, supervisor.pid):
        if supervisor.poll() is not None:
            raise ServerError(last_lines(log, 1).removeprefix("plumbline: "))
        time.sleep(0.1)
    return print_status(place, Console())


def _running(place: Layout, pid: int) -> bool:
    state = read_state(place)
    return state is not None and state.pid == pid and state.phase == "running"
