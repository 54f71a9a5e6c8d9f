"""Every SQL constant prepares against the migrated database of its service: a typo fails here at once."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType

import asyncpg
import pytest
from architecture_files import SERVICES
from plumbline_shared.testing.plugin import DatabaseUrlsFor

STATEMENT = re.compile(r"\s*(--[^\n]*\n\s*)*(select|insert|update|delete|with)\b", re.IGNORECASE)
SHARED = ("plumbline_shared", "plumbline_org")


def modules(package: str) -> Iterator[ModuleType]:
    """The package's module and all below it."""
    top = importlib.import_module(package)
    yield top
    for found in pkgutil.walk_packages(getattr(top, "__path__", []), f"{package}."):
        if ".testing" not in found.name:
            yield importlib.import_module(found.name)


def statements(package: str) -> dict[str, str]:
    """`module.NAME` → SQL of every uppercase text constant that begins like a statement."""
    return {
        f"{module.__name__}.{name}": value
        for module in modules(package)
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, str) and STATEMENT.match(value)
    }


async def failures(url: str, found: dict[str, str]) -> dict[str, str]:
    """The statements that do not prepare, with the server's message."""
    conn = await asyncpg.connect(url)
    wrong: dict[str, str] = {}
    for name, sql in found.items():
        try:
            await conn.prepare(sql)
        except asyncpg.PostgresError as error:
            wrong[name] = str(error)
    await conn.close()
    return wrong


@pytest.mark.parametrize("service", SERVICES)
async def test_every_statement_of_a_service_prepares(
    service: str, database_urls_for: DatabaseUrlsFor
) -> None:
    found = statements(f"{service}.storage")
    assert found
    assert await failures((await database_urls_for(service)).app, found) == {}


async def test_every_shared_statement_prepares(database_urls_for: DatabaseUrlsFor) -> None:
    found = {name: sql for package in SHARED for name, sql in statements(package).items()}
    assert len(found) > 10
    assert await failures((await database_urls_for("case_flow")).app, found) == {}


@pytest.mark.parametrize("service", SERVICES)
def test_only_storage_holds_sql(service: str) -> None:
    outside = [name for name in statements(service) if not name.startswith(f"{service}.storage.")]
    assert outside == []
