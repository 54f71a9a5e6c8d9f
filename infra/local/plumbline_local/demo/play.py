"""`make demo`: an empty suite, every scene in the order of its instants, the report."""

import asyncio
import os
import time
from datetime import datetime

from plumbline_shared.clock import SHANGHAI, FileClock
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from plumbline_local.demo.expectations import Expectations, Report
from plumbline_local.demo.printed import print_report, print_trees
from plumbline_local.demo.scenes import scenes
from plumbline_local.demo.world import Step, World, open_world
from plumbline_local.layout import Layout
from plumbline_local.reset import discard, move_aside
from plumbline_local.signals import Interrupted
from plumbline_local.status import print_status
from plumbline_local.suite import Suite, say

BEGIN = datetime(2026, 3, 2, 8, 0, tzinfo=SHANGHAI)


def play(layout: Layout, keep_serving: bool) -> int:
    """The exit status: 0 only if every expectation held."""
    console, started = Console(), time.monotonic()
    with Suite(layout, say) as suite:
        _begin_afresh(layout)
        suite.start()
        report = asyncio.run(_perform(suite, console))
        print_report(report, console)
        print_status(layout, console)
        say(
            f"{len(report.expectations)} expectations in {time.monotonic() - started:.0f} s; {layout.data / 'report.json'}"
        )
        if keep_serving:
            _serve_on(suite)
    return 0 if report.ok else 1


def _serve_on(suite: Suite) -> None:
    say("still serving on the demonstration's data: Ctrl-C, or `make down` elsewhere, stops it")
    try:
        suite.watch()
    except Interrupted:
        return


def _begin_afresh(layout: Layout) -> None:
    """Every demonstration starts from nothing; the last one's data is gone, that of `make up` is not touched."""
    discard(move_aside(layout))
    layout.data.mkdir(parents=True, exist_ok=True)
    FileClock(layout.clock).set(BEGIN)


async def _perform(suite: Suite, console: Console) -> Report:
    expect = Expectations()
    file = suite.layout.data / "report.json"
    try:
        async with open_world(suite.layout, suite.credentials, expect) as world:
            await _run(world, sorted(scenes(world), key=lambda one: one.at), console)
            await world.time.settle()
            print_trees(world.trees, console)
    finally:
        report = expect.write(file)
    return report


async def _run(world: World, steps: list[Step], console: Console) -> None:
    columns = (TextColumn("{task.description:<64}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=len(steps))
        for one in steps:
            day = one.at.astimezone(SHANGHAI).strftime("%m-%d %H:%M")
            progress.update(task, description=f"{day}  {one.title}"[:64])
            await world.time.move_to(one.at)
            await _act(world, one)
            progress.advance(task)


async def _act(world: World, one: Step) -> None:
    """A scene that cannot go on is a line of the report; the others still play."""
    try:
        await one.act()
    except (Interrupted, asyncio.CancelledError):
        raise
    except Exception as error:
        if os.environ.get("DEMO_RAISE"):
            raise
        world.expect.equal(
            f"{one.at.date()}:{one.title}", one.title, "done", f"{type(error).__name__}: {error}"
        )
