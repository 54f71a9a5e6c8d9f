"""`risk-registry rebuild`: are the read models what the log makes of them?"""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence

import asyncpg
from plumbline_shared import settings as environment
from plumbline_shared.bus import Bus
from plumbline_shared.database import Database
from plumbline_shared.errors import PlumblineError
from plumbline_shared.settings import ServiceSettings, SettingsError
from rich.console import Console
from rich.progress import Progress, TaskID

from risk_registry.rebuild.run import Compared, rebuild
from risk_registry.rebuild.stream_log import StreamLog


def main(arguments: Sequence[str] | None = None) -> None:
    """Exit status 0 when every read model has the same bytes, 1 when one differs or the log is not to be had."""
    parser = argparse.ArgumentParser(prog="risk-registry", description=__doc__)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser(
        "rebuild", help="make every read model anew beside what is there, and compare"
    )
    command.set_defaults(run=_rebuild)
    console = Console(stderr=True, highlight=False)
    try:
        sys.exit(parser.parse_args(arguments).run(console))
    except PlumblineError as error:
        sys.exit(f"risk-registry: {error.code}: {error.message}")
    except (OSError, SettingsError, asyncpg.PostgresError) as error:
        sys.exit(f"risk-registry: {type(error).__name__}: {error}")


def _rebuild(console: Console) -> int:
    found = asyncio.run(_compared(environment.load(ServiceSettings, os.environ), console))
    for each in found:
        shown = "sealed" if each.sealed else each.live.hex()
        print(f"{each.name:<22} {shown:<64} {'same' if each.same else 'DIFFERS'}")
        if not each.same and not each.sealed:
            console.print(f"{each.name} made anew is {each.fresh.hex()}; bureaus: {', '.join(each.differs)}")
    return 0 if all(each.same for each in found) else 1


async def _compared(settings: ServiceSettings, console: Console) -> list[Compared]:
    bus = await Bus.connect("risk_registry", settings) if settings.nats_url else None
    if bus is None:
        console.print("no NATS_URL: what comes of events is not compared")
    db = await Database.connect(settings.database_url, max_size=1)
    try:
        with Progress(console=console) as bar:
            tasks: dict[str, TaskID] = {}

            def moved(stage: str, done: int, total: int) -> None:
                if stage not in tasks:
                    tasks[stage] = bar.add_task(stage, total=total)
                bar.update(tasks[stage], completed=done, total=total)

            async with db.pool.acquire() as conn, conn.transaction(isolation="repeatable_read"):
                return await rebuild(conn, StreamLog(bus) if bus else None, moved)
    finally:
        await db.close()
        if bus:
            await bus.close()


if __name__ == "__main__":
    main()
