"""The life of a service: `main(definition)` gives every one of them the same commands."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import uvloop

from plumbline_shared import consumer, outbox
from plumbline_shared import settings as environment
from plumbline_shared.migrate import MigrationError, migrate
from plumbline_shared.principal import system
from plumbline_shared.process import Parts, close_runtime, open_runtime, run_process
from plumbline_shared.runtime import ServiceDefinition
from plumbline_shared.settings import ServiceSettings, SettingsError

PARTS = {"all": Parts(serve=True, work=True), "serve": Parts(serve=True), "work": Parts(work=True)}


def main(definition: ServiceDefinition, arguments: Sequence[str] | None = None) -> None:
    """Parse the command line and run it; configuration errors end in one clear line and status 2."""
    options = _parser(definition).parse_args(arguments)
    if options.command == "schema":
        _schema(definition, options.out)
        return
    try:
        settings = environment.load(definition.settings, os.environ)
        logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
        uvloop.run(_run(definition, settings, options))
    except (SettingsError, MigrationError) as error:
        sys.exit(f"{definition.name}: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


async def _run(definition: ServiceDefinition, settings: ServiceSettings, options: argparse.Namespace) -> None:
    if options.command in PARTS:
        await run_process(definition, settings, PARTS[options.command])
    elif options.command == "migrate":
        ran = await migrate(settings.owner_database_url or settings.database_url, definition.all_migrations())
        sys.stdout.write("".join(f"applied {name}\n" for name in ran) or "nothing to apply\n")
    else:
        await _repair(definition, settings, options)


async def _repair(
    definition: ServiceDefinition, settings: ServiceSettings, options: argparse.Namespace
) -> None:
    runtime = await open_runtime(definition, settings)
    try:
        if options.command == "retry":
            count = await consumer.retry_parked(runtime, options.stream, options.aggregate)
        else:
            async with runtime.db.transaction(system()) as conn:
                count = await outbox.resend(conn, options.since)
        sys.stdout.write(f"{options.command}: {count} events\n")
    finally:
        await close_runtime(runtime)


def _parser(definition: ServiceDefinition) -> argparse.ArgumentParser:
    name, streams = definition.name, sorted(consumer.routes_of(definition.subscriptions))
    parser = argparse.ArgumentParser(prog=name, description=f"The Plumbline service {name}.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("all", help="serve requests and do background work in one process")
    commands.add_parser("serve", help="serve GraphQL, REST and health")
    commands.add_parser("work", help="relay and consume events, fire timers, sequence the audit log")
    commands.add_parser("migrate", help="bring the database up to date (as its owner)")
    resend = commands.add_parser("resend", help="send events again that a stream has lost")
    resend.add_argument("--since", type=datetime.fromisoformat, required=True, help="2026-04-01T00:00+08:00")
    retry = commands.add_parser("retry", help="apply the events of a parked aggregate again")
    retry.add_argument("stream", choices=streams)
    retry.add_argument("aggregate", help="as in parked_aggregate and dead_event")
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
