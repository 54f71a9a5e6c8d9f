"""Read models made anew in temporary tables of the same names, and compared with what is there, bureau by bureau.

A temporary table stands before the real one wherever a statement names no schema: the statements that keep a read model
fill it unchanged. Everything is gone with the transaction.
"""

from plumbline_shared.database import Connection

FRESH = """
create temporary table register_scope (like public.register_scope including all) on commit drop;
create temporary table register_delta (like public.register_delta including all) on commit drop;
create temporary table register_rollup (like public.register_rollup including all) on commit drop;
create temporary table evidence (like public.evidence including all) on commit drop;
create temporary table alert_ledger (like public.alert_ledger including all) on commit drop;
create temporary table heightened_monitoring (like public.heightened_monitoring including all) on commit drop;
create temporary table matter_month (like public.matter_month including all) on commit drop;
create temporary table alert_seer (like public.alert_seer including all) on commit drop;
"""


async def begin_fresh(conn: Connection) -> None:
    """Empty tables, until the transaction ends."""
    await conn.execute(FRESH)


BUREAUS = "select id from org_bureau union select bureau_id from public.register_scope order by 1"


async def bureaus(conn: Connection) -> list[str]:
    """Every bureau that has rows, or may have. As the system of no bureau."""
    return [row["id"] for row in await conn.fetch(BUREAUS)]


PLACE = """
insert into register_scope
with recursive chain as (
  select o.id as bureau_id, o.parent_id as scope_id from org_bureau o where o.parent_id is not null
  union select c.bureau_id, o.parent_id from chain c join org_bureau o on o.id = c.scope_id where o.parent_id is not null
) select bureau_id, scope_id || '/*' from chain where bureau_id <> scope_id
"""


async def place_bureaus(conn: Connection) -> None:
    """Which bureaus add to the totals of which above them. As the system of no bureau."""
    await conn.execute(PLACE)


ADD_UP = """
insert into register_delta (scope_id, bureau_id, day, category, grade, change)
select scope.id, t.bureau_id, t.day, t.category, t.grade, sum(t.change)
from register_timeline((select coalesce(array_agg(id), '{}') from risk_point where bureau_id = $1), '{}', '{}') t
cross join lateral (
  select t.bureau_id as id union select scope_id from register_scope r where r.bureau_id = t.bureau_id
) scope
group by scope.id, t.bureau_id, t.day, t.category, t.grade having sum(t.change) <> 0
"""


async def add_up(conn: Connection, bureau_id: str) -> None:
    """The totals of a bureau from its standings and versions. As the system of that bureau."""
    await conn.execute(ADD_UP, bureau_id)


BURIED = "select seq from dead_event where stream = $1"


async def buried(conn: Connection, stream: str) -> frozenset[int]:
    """Events that were set aside and so have no effect yet."""
    return frozenset(row["seq"] for row in await conn.fetch(BURIED, stream))


SCOPES = """
select side, string_agg(line, E'\n' order by line collate "C") as lines from (
  select 'live' as side, r::text as line from public.register_scope r where bureau_id = $1
  union all select 'fresh', r::text from register_scope r where bureau_id = $1
) lines group by side
"""
TOTALS = """
with parts as (
  select 'live' as side, scope_id, grain, from_day, category, grade, points from public.register_rollup
  where scope_id in ($1, $1 || '/*')
  union all
  select d.side, d.scope_id, g.grain, g.from_day, d.category, d.grade, d.change
  from (
    select 'live' as side, scope_id, day, category, grade, change from public.register_delta
    where scope_id in ($1, $1 || '/*')
    union all
    select 'fresh', scope_id, day, category, grade, change from register_delta
    where scope_id in ($1, $1 || '/*')
  ) d cross join lateral (
    values ('DAY', day), ('MONTH', date_trunc('month', day)::date), ('YEAR', date_trunc('year', day)::date),
      ('ALL', '-infinity')
  ) g (grain, from_day)
), summed as (
  select side, concat_ws('|', scope_id, grain, from_day, category, grade, sum(points)) as line
  from parts group by side, scope_id, grain, from_day, category, grade having sum(points) <> 0
)
select side, string_agg(line, E'\n' order by line collate "C") as lines from summed group by side
"""
EVIDENCE = """
select side, string_agg(line, E'\n' order by line collate "C") as lines from (
  select 'live' as side, e::text as line from public.evidence e where bureau_id = $1
  union all select 'fresh', e::text from evidence e where bureau_id = $1
) lines group by side
"""
ALERTS = """
select side, string_agg(line, E'\n' order by line collate "C") as lines from (
  select 'live' as side, a::text as line from public.alert_ledger a where bureau_id = $1
  union all select 'fresh', a::text from alert_ledger a where bureau_id = $1
) lines group by side
"""
SIGNALS = """
select side, string_agg(line, E'\n' order by line collate "C") as lines from (
  select 'live' as side, h::text as line from public.heightened_monitoring h where bureau_id = $1
  union all select 'fresh', h::text from heightened_monitoring h where bureau_id = $1
) lines group by side
"""
MATTERS = """
select side, string_agg(line, E'\n' order by line collate "C") as lines from (
  select 'live' as side, m::text as line from public.matter_month m where bureau_id = $1
  union all select 'fresh', m::text from matter_month m where bureau_id = $1
) lines group by side
"""

SEERS = """
select side, string_agg(line, E'\n' order by line collate "C") as lines from (
  select 'live' as side, s::text as line from public.alert_seer s where bureau_id = $1
  union all select 'fresh', s::text from alert_seer s where bureau_id = $1
) lines group by side
"""


async def both_sides(conn: Connection, comparison: str, bureau_id: str) -> tuple[bytes, bytes]:
    """The rows of a bureau as text, in one order: as they are, and made anew."""
    found = {row["side"]: row["lines"].encode() for row in await conn.fetch(comparison, bureau_id)}
    return found.get("live", b""), found.get("fresh", b"")
