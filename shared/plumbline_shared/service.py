"""The life of a service: `main(definition)` gives every one of them the same commands."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import uvloop

from plumbline_shared import settings as environment
from plumbline_shared.migrate import MigrationError, migrate
from plumbline_shared.process import Parts, run_process
from plumbline_shared.runtime import ServiceDefinition
from plumbline_shared.settings import ServiceSettings, SettingsError

PARTS = {"all": Parts(serve=True, work=True), "serve": Parts(serve=True), "work": Parts(work=True)}


def main(definition: ServiceDefinition, arguments: Sequence[str] | None = None) -> None:
    """Parse the command line and run it; configuration errors end in one clear line and status 2."""
    options = _parser(definition.name).parse_args(arguments)
    if options.command == "schema":
        _schema(definition, options.out)
        return
    try:
        settings = environment.load(definition.settings, os.environ)
        logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
        uvloop.run(_run(definition, settings, options.command))
    except (SettingsError, MigrationError) as error:
        sys.exit(f"{definition.name}: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


async def _run(definition: ServiceDefinition, settings: ServiceSettings, command: str) -> None:
    if command == "migrate":
        ran = await migrate(settings.owner_database_url or settings.database_url, definition.all_migrations())
        sys.stdout.write("".join(f"applied {name}\n" for name in ran) or "nothing to apply\n")
        return
    await run_process(definition, settings, PARTS[command])


def _parser(name: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=name, description=f"The Plumbline service {name}.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("all", help="serve requests and do background work in one process")
    commands.add_parser("serve", help="serve GraphQL, REST and health")
    commands.add_parser("work", help="relay and consume events, fire timers, sequence the audit log")
    commands.add_parser("migrate", help="bring the database up to date (as its owner)")
    schema = commands.add_parser("schema", help="print the subgraph's schema")
    schema.add_argument("--out", type=Path, help="write it to this file instead")
    return parser


def _schema(definition: ServiceDefinition, out: Path | None) -> None:
    sdl = definition.schema.as_str() + "\n"
    if out is None:
        sys.stdout.write(sdl)
    else:
        out.write_text(sdl, encoding="utf-8")


__all__ = ["ServiceDefinition", "main"]
