"""Brings the databases of several services up to date in one process: `{"service": "owner url"}` on stdin."""

import asyncio
import json
import sys
from importlib import import_module

from plumbline_shared.migrate import migrate
from plumbline_shared.runtime import ServiceDefinition


async def migrate_all(urls: dict[str, str]) -> dict[str, list[str]]:
    """Runs every service's migrations side by side; the names of what ran, by service."""
    definitions = {service: definition_of(service) for service in urls}
    ran = await asyncio.gather(
        *(migrate(urls[service], found.all_migrations()) for service, found in definitions.items())
    )
    return dict(zip(urls, ran, strict=True))


def definition_of(service: str) -> ServiceDefinition:
    """The definition that `<service>.app` holds."""
    return import_module(f"{service}.app").definition


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(migrate_all(json.load(sys.stdin)))))
