"""Every SQL constant is accepted by the migrated database: a typo fails here first."""

import pkgutil
from importlib import import_module

from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime
from risk_registry import storage

STATEMENTS = {
    f"{module.name}.{name}": value
    for module in pkgutil.iter_modules(storage.__path__, f"{storage.__name__}.")
    for name, value in vars(import_module(module.name)).items()
    if name.isupper() and isinstance(value, str)
}


def test_there_are_statements() -> None:
    assert len(STATEMENTS) > 20


async def test_the_database_accepts_every_statement(runtime: Runtime) -> None:
    async with runtime.db.read(system("D01")) as conn:
        for name, statement in STATEMENTS.items():
            assert await conn.prepare(statement), name
