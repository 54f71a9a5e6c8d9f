import asyncio
from pathlib import Path

import asyncpg
import pytest
from plumbline_shared.migrate import MigrationError, Migrations, migrate
from plumbline_shared.testing.databases import ServiceRoles, ensure_database, ensure_roles
from plumbline_shared.testing.postgres import PostgresServer


@pytest.fixture
async def owner_url(postgres: PostgresServer, tmp_path: Path) -> str:
    roles = ServiceRoles(f"migrating_{abs(hash(tmp_path)) % 10**8}")
    await ensure_roles(postgres, [roles])
    return (await ensure_database(postgres, roles)).owner


def write(folder: Path, name: str, sql: str) -> Migrations:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(sql)
    return Migrations("demo", folder)


async def test_files_run_once_and_in_order(owner_url: str, tmp_path: Path) -> None:
    write(tmp_path / "m", "0002_add.sql", "alter table t add column b int")
    source = write(tmp_path / "m", "0001_make.sql", "create table t (a int)")
    assert await migrate(owner_url, [source]) == ["demo/0001_make.sql", "demo/0002_add.sql"]
    assert await migrate(owner_url, [source]) == []


async def test_runners_at_the_same_time_do_not_meet(owner_url: str, tmp_path: Path) -> None:
    source = write(tmp_path / "m", "0001_make.sql", "create table t (a int)")
    ran = await asyncio.gather(*(migrate(owner_url, [source]) for _ in range(6)))
    assert sorted(ran) == [[], [], [], [], [], ["demo/0001_make.sql"]]


async def test_a_file_that_fails_leaves_nothing(owner_url: str, tmp_path: Path) -> None:
    source = write(tmp_path / "m", "0001_make.sql", "create table half (a int); select broken")
    with pytest.raises(asyncpg.PostgresError):
        await migrate(owner_url, [source])
    conn = await asyncpg.connect(owner_url)
    assert await conn.fetchval("select to_regclass('half')") is None
    await conn.close()


async def test_a_changed_file_is_refused(owner_url: str, tmp_path: Path) -> None:
    await migrate(owner_url, [write(tmp_path / "m", "0001_make.sql", "create table t (a int)")])
    with pytest.raises(MigrationError, match="add a new file"):
        await migrate(owner_url, [write(tmp_path / "m", "0001_make.sql", "create table t (a text)")])
