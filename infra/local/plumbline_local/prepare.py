"""What has to be in place before the services start: databases, migrations, the supergraph."""

import asyncio
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from plumbline_shared.testing.databases import ensure_database, ensure_roles
from plumbline_shared.testing.postgres import PostgresServer
from plumbline_shared.testing.process import ServerError

from plumbline_local.credentials import Credentials
from plumbline_local.environment import common_environment, roles_of
from plumbline_local.layout import SERVICES, Layout


def prepare_databases(layout: Layout, credentials: Credentials, postgres: PostgresServer) -> int:
    """Creates what is missing and migrates all; the number of migrations that ran."""
    roles = roles_of(credentials)
    urls = asyncio.run(_ensure(postgres, credentials))
    owners = {service: roles[service].urls(postgres, service).owner for service in urls}
    done = _run(layout, [sys.executable, "-m", "plumbline_local.migrations"], json.dumps(owners))
    return sum(len(names) for names in json.loads(done).values())


async def _ensure(postgres: PostgresServer, credentials: Credentials) -> list[str]:
    roles = roles_of(credentials)
    await ensure_roles(postgres, list(roles.values()))
    for service in SERVICES:
        await ensure_database(postgres, roles[service])
    return list(roles)


def compose(layout: Layout) -> bool:
    """Composes the supergraph from the services' committed schemas; False when it is current already."""
    schemas = {service: layout.root / "services" / service / "schema.graphql" for service in SERVICES}
    missing = [str(file.relative_to(layout.root)) for file in schemas.values() if not file.exists()]
    if missing:
        raise ServerError(f"no {missing[0]}: write it with `make schemas`")
    digest = _digest([*schemas.values(), layout.root / "gateway" / "node" / "package-lock.json"], layout.base)
    stamp = layout.supergraph.with_suffix(".sha256")
    if layout.supergraph.exists() and stamp.exists() and stamp.read_text() == digest:
        return False
    subgraphs = [f"{name}={layout.url(name, '/graphql')}={file}" for name, file in schemas.items()]
    command = [sys.executable, "-m", "plumbline_gateway", "compose", "--out", str(layout.supergraph)]
    _run(layout, [*command, *(part for one in subgraphs for part in ("--subgraph", one))], "")
    stamp.write_text(digest)
    return True


def _digest(files: Iterable[Path], base: int) -> str:
    digest = hashlib.sha256(str(base).encode())
    for file in files:
        digest.update(file.read_bytes() if file.exists() else b"-")
    return digest.hexdigest()


def _run(layout: Layout, command: list[str], given: str) -> str:
    done = subprocess.run(
        command, input=given, capture_output=True, text=True, env=common_environment(layout), check=False
    )
    if done.returncode != 0:
        last = (done.stderr.strip() or done.stdout.strip() or "no output").splitlines()[-1]
        raise ServerError(f"`{' '.join(command[1:4])}` failed: {last}")
    return done.stdout
