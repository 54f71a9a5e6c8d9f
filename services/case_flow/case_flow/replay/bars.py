"""How far a replay has come, on the terminal."""

import time
from collections.abc import Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn

from case_flow.replay.run import Progress as Moved

_EVERY_SECONDS = 0.1


@contextmanager
def bars(console: Console) -> Generator[Moved]:
    """One bar for each stage: its share, the events so far and those a second, and the time to go."""
    columns = (
        TextColumn("{task.description:<8}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[events]}"),
        TimeRemainingColumn(),
    )
    began, tasks, shown = time.perf_counter(), dict[str, TaskID](), [0.0]
    with Progress(*columns, console=console) as bar:

        def moved(stage: str, done: int, total: int, events: int) -> None:
            now = time.perf_counter()
            if now - shown[0] < _EVERY_SECONDS and done < total:
                return
            shown[0] = now
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total, events="")
            rate = f"{events:,} events, {events / (now - began):,.0f}/s" if events else ""
            bar.update(tasks[stage], completed=done, total=total, events=rate)

        yield moved
