"""Totals of registers: counted as they were known, or read from what the worker has added up (invariant 1)."""

from collections.abc import Iterable
from datetime import date, datetime

import asyncpg
from plumbline_org.grades import RiskCategory, RiskGrade
from plumbline_shared.database import Connection

from risk_registry.domain.totals import Cell

COUNTED = """
select category, grade, count(*) as points from register_on($1, $2, coalesce($3::timestamptz, 'infinity'))
where state in ('ACTIVE', 'UNDER_REVIEW') group by category, grade
"""


async def counted_on(
    conn: Connection, bureau_id: str, on: date, known_at: datetime | None = None
) -> dict[Cell, int]:
    """Points in force by category and grade, counted point by point, as known at an instant."""
    return _cells(await conn.fetch(COUNTED, bureau_id, on, known_at))


# All that is added up, less what comes after the day, and what no compaction has seen yet: one snapshot.
ADDED_UP = """
select part.category, part.grade, sum(part.points) as points
from unnest($1::text[]) scope (id)
cross join lateral (select * from register_parts(scope.id, $2) offset 0) part
group by part.category, part.grade having sum(part.points) <> 0
"""


async def totals_on(conn: Connection, bureau_id: str, on: date, *, below: bool = False) -> dict[Cell, int]:
    """Points in force by category and grade, of a bureau alone or with all below it; call it as the system."""
    scopes = [bureau_id, f"{bureau_id}/*"] if below else [bureau_id]
    return _cells(await conn.fetch(ADDED_UP, scopes, on))


EACH_BELOW = """
with below as (
  select $1::text as id union all select bureau_id from register_scope where scope_id = $1 || '/*'
)
select below.id as scope_id, sums.category, sums.grade, sums.points
from below
cross join lateral (
  select category, grade, sum(points) as points from register_parts(below.id, $2)
  group by category, grade having sum(points) <> 0 offset 0
) sums
"""


async def totals_of_each(conn: Connection, bureau_id: str, on: date) -> dict[str, dict[Cell, int]]:
    """Totals of the bureau and of each below it that has points in force; call it as the system of no bureau."""
    found: dict[str, dict[Cell, int]] = {}
    for row in await conn.fetch(EACH_BELOW, bureau_id, on):
        cell = RiskCategory(row["category"]), RiskGrade(row["grade"])
        found.setdefault(row["scope_id"], {})[cell] = int(row["points"])
    return found


ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtextextended('register compaction', 0))"
COMPACT = """
with gone as (
  delete from register_delta where sequence in (
    select sequence from register_delta order by sequence limit $1
  ) returning scope_id, day, category, grade, change
), summed as (
  select scope_id, grain, from_day, category, grade, sum(change) as points
  from gone cross join lateral (
    values ('DAY', day), ('MONTH', date_trunc('month', day)::date), ('YEAR', date_trunc('year', day)::date),
      ('ALL', '-infinity')
  ) grains (grain, from_day)
  group by scope_id, grain, from_day, category, grade
  order by scope_id, grain, from_day, category, grade
), kept as (
  insert into register_rollup as old (scope_id, grain, from_day, category, grade, points)
  select scope_id, grain, from_day, category, grade, points from summed
  on conflict (scope_id, grain, from_day, category, grade) do update set points = old.points + excluded.points
)
select count(*) from gone
"""


async def compact(conn: Connection, limit: int) -> int:
    """Add at most `limit` pending deltas to the sums; returns how many. As the system of no bureau."""
    await conn.execute(ONE_AT_A_TIME)
    return await conn.fetchval(COMPACT, limit)


def _cells(rows: Iterable[asyncpg.Record]) -> dict[Cell, int]:
    return {(RiskCategory(row["category"]), RiskGrade(row["grade"])): int(row["points"]) for row in rows}
