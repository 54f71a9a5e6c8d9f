"""What runs, on which port, healthy or not, and how much memory it takes."""

from contextlib import suppress
from dataclasses import dataclass

import psutil
from plumbline_shared.testing.process import port_answers
from rich.console import Console
from rich.table import Table

from plumbline_local.layout import Layout
from plumbline_local.parts import answers
from plumbline_local.state import PartState, is_locked, process_of, read_state

MEGABYTE = 2**20


@dataclass(frozen=True)
class PartReport:
    """One line of the table; memory is the proportional set size in bytes, with all children."""

    name: str
    port: int
    pid: int | None
    healthy: bool
    memory: int


def report(layout: Layout) -> list[PartReport]:
    """Empty when nothing runs."""
    state = read_state(layout)
    if state is None or not is_locked(layout):
        return []
    own = PartReport("issuer", state.base + 10, state.pid, answers(state.base + 10), memory_of(state.pid))
    return [own, *(_report(part) for part in state.parts)]


def _report(part: PartState) -> PartReport:
    process = process_of(part)
    if process is None:
        return PartReport(part.name, part.port, None, False, 0)
    database_or_bus = part.name in ("postgres", "nats")
    healthy = port_answers(part.port) if database_or_bus else answers(part.port)
    return PartReport(part.name, part.port, part.pid, healthy, family_memory(process))


def family_memory(process: psutil.Process) -> int:
    """Bytes of a process and its children; pages they share are counted once."""
    total = 0
    with suppress(psutil.Error):
        for one in (process, *process.children(recursive=True)):
            total += memory_of(one.pid)
    return total


def memory_of(pid: int) -> int:
    """The proportional set size in bytes, or the resident size where the kernel does not tell it."""
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        try:
            return process.memory_full_info().pss
        except psutil.AccessDenied:
            return process.memory_info().rss
    return 0


def print_status(layout: Layout, console: Console) -> int:
    """The exit status: 0 when all is healthy, 1 when something is not, 3 when nothing runs."""
    parts = report(layout)
    if not parts:
        console.print("nothing runs; start it with `make up` or `make demo`")
        return 3
    console.print(table(parts))
    console.print(f"GraphiQL  http://127.0.0.1:{_gateway_port(parts)}/graphql")
    return 0 if all(part.healthy for part in parts) else 1


def table(parts: list[PartReport]) -> Table:
    """The parts as a table with a total."""
    shown = Table(box=None, header_style="bold")
    for column, side in (("part", "left"), ("port", "right"), ("pid", "right"), ("state", "left")):
        shown.add_column(column, justify="right" if side == "right" else "left")
    shown.add_column("memory", justify="right")
    for part in sorted(parts, key=lambda part: part.port):
        state = "[green]healthy[/]" if part.healthy else "[red]not healthy[/]"
        shown.add_row(part.name, str(part.port), str(part.pid or "-"), state, _megabytes(part.memory))
    shown.add_row("total", "", "", "", _megabytes(sum(part.memory for part in parts)), style="bold")
    return shown


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.0f} MB"


def _gateway_port(parts: list[PartReport]) -> int:
    return next((part.port for part in parts if part.name == "gateway"), parts[0].port - 10)
