"""Batches that take running matters to another version, and what became of each."""

from dataclasses import dataclass
from datetime import date, datetime

from plumbline_shared.database import Connection
from plumbline_shared.policy import absent

from case_flow.domain.matter import Matter


@dataclass(frozen=True)
class Batch:
    """A migration of all running matters of an item. `total` of them were found when it started."""

    id: str
    bureau_id: str
    item_code: str
    to_version: int
    total: int
    started_by: str
    started_at: datetime


@dataclass(frozen=True)
class Outcome:
    """One matter: what it kept and where it goes on, or the obstacle in `refusal`."""

    matter_id: str
    from_version: int
    kept: list[str]
    step: str | None
    due_before: date | None
    due_on: date | None
    refusal: str | None


RUNNING = """
select id from matter where bureau_id = $1 and item_code = $2 and item_version <> $3 and closed_at is null and run_id is null
order by id
"""


async def running(conn: Connection, bureau_id: str, item: str, to_version: int) -> list[str]:
    """The running matters on other versions, by id; as the system."""
    return [row["id"] for row in await conn.fetch(RUNNING, bureau_id, item, to_version)]


START = """
insert into matter_migration (id, bureau_id, item_code, to_version, total, started_by, started_at)
values ($1, $2, $3, $4, $5, $6, $7)
"""


async def start(conn: Connection, batch: Batch) -> None:
    """Open a batch."""
    await conn.execute(
        START,
        *(batch.id, batch.bureau_id, batch.item_code, batch.to_version),
        *(batch.total, batch.started_by, batch.started_at),
    )


OPEN = """
select b.id from matter_migration b
where b.bureau_id = $1 and b.item_code = $2 and b.to_version = $3
  and b.total > (select count(*) from matter_migration_result r where r.migration_id = b.id)
order by b.started_at desc limit 1
"""


async def unfinished(conn: Connection, bureau_id: str, item: str, to_version: int) -> str | None:
    """The batch that is under way already."""
    return await conn.fetchval(OPEN, bureau_id, item, to_version)


GET = """
select id, bureau_id, item_code, to_version, total, started_by, started_at from matter_migration where id = $1
"""


async def get(conn: Connection, batch_id: str) -> Batch:
    """A batch. Raises NotFound."""
    row = await conn.fetchrow(GET, batch_id)
    if row is None:
        raise absent("migration")
    return Batch(**dict(row))


ADD = """
insert into matter_migration_result (migration_id, matter_id, bureau_id, from_version, kept, step, due_before, due_on,
                                     refusal, at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing
"""


async def add_outcome(conn: Connection, batch: Batch, one: Outcome, at: datetime) -> None:
    """What became of one matter; the first word counts."""
    await conn.execute(
        ADD,
        *(batch.id, one.matter_id, batch.bureau_id, one.from_version, one.kept, one.step),
        *(one.due_before, one.due_on, one.refusal, at),
    )


COUNTS = """
select count(*) filter (where refusal is null) as migrated, count(*) filter (where refusal is not null) as refused
from matter_migration_result where migration_id = $1
"""


async def counts(conn: Connection, batch_id: str) -> tuple[int, int]:
    """How many were migrated and how many stay."""
    row = await conn.fetchrow(COUNTS, batch_id)
    return (row["migrated"], row["refused"]) if row else (0, 0)


PAGE = """
select matter_id, from_version, kept, step, due_before, due_on, refusal from matter_migration_result
where migration_id = $1 and ($2::text is null or matter_id > $2) order by matter_id limit $3
"""


async def outcomes(conn: Connection, batch_id: str, after: str | None, limit: int) -> list[Outcome]:
    """What became of the matters so far, by id after a key."""
    rows = await conn.fetch(PAGE, batch_id, after, limit)
    return [Outcome(**dict(row)) for row in rows]


SWITCH = "update matter set item_version = $2, item_hash = $3, domain = $4 where id = $1"


async def switch(conn: Connection, after: Matter) -> None:
    """Point a matter at its new version, in the transaction that moved it."""
    await conn.execute(SWITCH, after.id, after.item_version, after.item_hash, after.domain)
