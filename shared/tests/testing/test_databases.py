from pathlib import Path

import asyncpg
import pytest
from plumbline_shared.migrate import Migrations
from plumbline_shared.testing.databases import name
from plumbline_shared.testing.plugin import DatabaseUrlsFor

TABLE = """
create table thing (id int primary key, bureau_id text not null);
insert into thing values (1, 'D01'), (2, 'D02');
alter table thing enable row level security;
alter table thing force row level security;
create policy own on thing using (bureau_id = current_setting('plumbline.bureau', true));
"""


@pytest.fixture
def sources(tmp_path: Path) -> tuple[str, list[Migrations]]:
    (tmp_path / "0001_thing.sql").write_text(TABLE)
    return "thing", [Migrations("thing", tmp_path)]


async def test_every_test_gets_its_own_copy(
    database_urls_for: DatabaseUrlsFor, sources: tuple[str, list[Migrations]]
) -> None:
    first, second = await database_urls_for(sources), await database_urls_for(sources)
    assert first.name != second.name
    conn = await asyncpg.connect(first.owner)
    await conn.execute("drop table thing")
    await conn.close()
    other = await asyncpg.connect(second.owner)
    assert await other.fetchval("select count(*) from pg_class where relname = 'thing'") == 1
    await other.close()


async def test_row_level_security_holds_for_app_and_owner(
    database_urls_for: DatabaseUrlsFor, sources: tuple[str, list[Migrations]]
) -> None:
    urls = await database_urls_for(sources)
    for url in (urls.app, urls.owner):
        conn = await asyncpg.connect(url)
        assert await conn.fetchval("select count(*) from thing") == 0
        await conn.execute("set plumbline.bureau = 'D02'")
        assert [row["id"] for row in await conn.fetch("select id from thing")] == [2]
        await conn.close()


async def test_the_app_may_not_change_the_schema(
    database_urls_for: DatabaseUrlsFor, sources: tuple[str, list[Migrations]]
) -> None:
    conn = await asyncpg.connect((await database_urls_for(sources)).app)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await conn.execute("create table mine (id int)")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await conn.execute("alter table thing no force row level security")
    await conn.close()


@pytest.mark.parametrize("bad", ['x"; drop database postgres', "Upper", "", "1st", "a" * 64])
def test_only_plain_identifiers_reach_ddl(bad: str) -> None:
    with pytest.raises(ValueError, match="plain identifier"):
        name(bad)


async def test_one_name_with_other_migrations_is_another_template(
    database_urls_for: DatabaseUrlsFor, sources: tuple[str, list[Migrations]], tmp_path: Path
) -> None:
    more = tmp_path / "more"
    more.mkdir()
    (more / "0001_other.sql").write_text("create table other (id int)")
    found: list[list[str]] = []
    for source in (sources, ("thing", [Migrations("more", more)]), sources):
        conn = await asyncpg.connect((await database_urls_for(source)).owner)
        rows = await conn.fetch("select relname from pg_class where relname in ('thing', 'other')")
        found.append([row["relname"] for row in rows])
        await conn.close()
    assert found == [["thing"], ["other"], ["thing"]]
