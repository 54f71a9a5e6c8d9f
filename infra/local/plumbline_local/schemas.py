"""Writes what is generated from a service: `schema.graphql` (the subgraph now) and `schema.sql` (the database now)."""

import asyncio
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from plumbline_shared.testing.databases import TemplateDatabases
from plumbline_shared.testing.placement import binaries
from plumbline_shared.testing.postgres import PostgresServer

from plumbline_local.layout import SERVICES, layout
from plumbline_local.migrations import definition_of

# Comments name server versions, and \restrict carries a random key: neither is the schema.
NOISE = re.compile(r"^(--.*|\\(un)?restrict .*|SET .*|SELECT pg_catalog\.set_config.*)\n", re.MULTILINE)


def sdl(service: str) -> str:
    """The subgraph's schema as the service serves it."""
    return definition_of(service).schema.as_str() + "\n"


def sql(url: str) -> str:
    """The schema of a migrated database, without anything that changes from run to run."""
    dump = subprocess.run(
        [binaries() / "pg_dump", "--schema-only", "--no-owner", "--no-privileges", url],
        capture_output=True,
        text=True,
        check=True,
    )
    return re.sub(r"\n{3,}", "\n\n", NOISE.sub("", dump.stdout)).strip() + "\n"


async def migrated_sql(templates: TemplateDatabases, service: str) -> str:
    """Migrates a fresh database of the service and returns its schema."""
    urls = await templates.fresh(service, definition_of(service).all_migrations())
    try:
        return await asyncio.to_thread(sql, urls.owner)
    finally:
        await templates.drop(urls)


async def write(server: PostgresServer, services: Sequence[str], root: Path) -> None:
    """Rewrites both files of each service."""
    templates = TemplateDatabases(server)
    for service in services:
        home = root / "services" / service
        (home / "schema.graphql").write_text(sdl(service), encoding="utf-8")
        (home / "schema.sql").write_text(await migrated_sql(templates, service), encoding="utf-8")
        sys.stdout.write(f"services/{service}: schema.graphql and schema.sql written\n")


def main() -> None:
    """`python -m plumbline_local.schemas [SERVICE …]`."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        with PostgresServer(Path(folder) / "postgres", durable=False) as server:
            asyncio.run(write(server, sys.argv[1:] or SERVICES, layout().root))


if __name__ == "__main__":
    main()
