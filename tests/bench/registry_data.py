"""A national register, invented: 3,000 bureaus in a tree, 733 points each, three grades on average; grows in stages."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from risk_registry.compaction import compact_all

POINTS = 733
FIRST_DAY, LAST_DAY = date(2024, 1, 1), date(2026, 6, 30)

Tree = list[tuple[str, str | None, str]]


def tree() -> Tree:
    """`(id, parent, level)` depth first: the nation, 31 provinces, 310 cities, districts below, 3,000 in all."""
    found: Tree = [("N", None, "STATE")]
    for province in range(1, 32):
        found.append((f"P{province:02d}", "N", "PROVINCE"))
        for city in range(1, 11):
            name = f"P{province:02d}C{city:02d}"
            found.append((name, f"P{province:02d}", "CITY"))
            found += [(f"{name}D{district}", name, "DISTRICT") for district in range(1, 10 - (city % 7) // 3)]
    return found[:3000]


BUREAUS = """
insert into org_bureau (id, parent_id, name, name_en, level)
select id, parent, id, id, level from unnest($1::text[], $2::text[], $3::text[]) as b (id, parent, level)
"""
SCOPES = """
insert into register_scope
with recursive chain as (
  select o.id as bureau_id, o.parent_id as scope_id from org_bureau o where o.parent_id is not null and o.id = any ($1)
  union select c.bureau_id, o.parent_id from chain c join org_bureau o on o.id = c.scope_id where o.parent_id is not null
) select bureau_id, scope_id || '/*' from chain
"""
GENERATE = (
    """
insert into risk_point (id, bureau_id, code, origin, created_at)
select b || '.RP-' || lpad(n::text, 4, '0'), b, 'RP-' || lpad(n::text, 4, '0'), 'REGISTER', '2024-01-01'
from unnest($1::text[]) b cross join generate_series(1, $2) n
""",
    """
insert into risk_point_version (point_id, bureau_id, category, valid_from, recorded_at)
select b || '.RP-' || lpad(n::text, 4, '0'), b,
  case when n % 9 < 5 then 'TAX_OPERATIONS' when n % 9 < 8 then 'ADMINISTRATION' else 'PARTY_AFFAIRS' end,
  '2024-01-01', '2024-01-01'
from unnest($1::text[]) b cross join generate_series(1, $2) n
""",
    """
insert into risk_point_description (
  sequence, point_id, bureau_id, scope, title_zh, title_en, post_ids, unit_ids, owner_unit_id, post_named,
  process, step, cause, consequence, controls, source_title, source_url, source_locator
)
select v.sequence, v.point_id, v.bureau_id, 'COMMON', '虚构风险点' || v.point_id, 'Invented point',
  array[v.bureau_id || '.U' || (v.sequence % 12) || '.officer'], array[v.bureau_id || '.U' || (v.sequence % 12)],
  v.bureau_id || '.U' || (v.sequence % 12), '', 'PROC-' || (v.sequence % 40), 'S' || (v.sequence % 7),
  '限时责任不明，监督不到位', '影响纳税人权益', '限时预警；双人复核', '虚构登记表', '', v.sequence::text
from risk_point_version v where v.bureau_id = any ($1::text[]) and $2::int > 0
""",
    """
insert into risk_point_standing (point_id, bureau_id, state, grade, valid_from, recorded_at, reason)
select v.point_id, v.bureau_id,
  case when k = 4 and h % 10 = 0 then 'DISSOLVED' else 'ACTIVE' end,
  case when k = 4 and h % 10 = 0 then null else (array['LOW', 'LOW', 'MEDIUM', 'HIGH'])[1 + (h >> (4 * k)) % 4] end,
  (date '2024-01-01' + make_interval(months => k * 7 + ((h >> (3 * k)) % 6)::int * least(k, 1)))::date,
  (date '2024-01-01' + make_interval(months => k * 7 + ((h >> (3 * k)) % 6)::int * least(k, 1)))::date, ''
from risk_point_version v
cross join lateral (select hashtextextended(v.point_id, 7) & 4611686018427387903 as h) hash
cross join generate_series(0, 4) k
where v.bureau_id = any ($1::text[]) and $2::int > 0 and (k = 0 or (h >> (2 * k)) % 20 < 11)
order by v.sequence, k
""",
)
TOTALS = """
insert into register_delta (scope_id, bureau_id, day, category, grade, change)
select bureau_id, bureau_id, day, category, grade, sum(change)
from register_timeline((select array_agg(id) from risk_point where bureau_id = $1), '{}', '{}')
group by bureau_id, day, category, grade having sum(change) <> 0
"""
ABOVE = """
insert into register_delta (scope_id, bureau_id, day, category, grade, change)
select s.scope_id, min(d.bureau_id), d.day, d.category, d.grade, sum(d.change)
from register_delta d join register_scope s on s.bureau_id = d.bureau_id
group by s.scope_id, d.day, d.category, d.grade having sum(d.change) <> 0
"""
CHUNK = 50


async def grow(admin: Any, db: Any, new: Sequence[tuple[str, str | None, str]]) -> Iterator[int]:  # type: ignore[misc]
    """Add bureaus with their registers and totals; yields how many are in, for a progress bar."""
    ids = [each[0] for each in new]
    await admin.execute("set session_replication_role = replica; set synchronous_commit = off")
    await admin.execute(BUREAUS, ids, [each[1] for each in new], [each[2] for each in new])
    await admin.execute(SCOPES, ids)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        for statement in GENERATE:
            await admin.execute(statement, chunk, POINTS)
        for bureau in chunk:
            await admin.execute(TOTALS, bureau)
        yield len(chunk)
    await admin.execute(ABOVE)
    await compact_all(db)
    await admin.execute("set session_replication_role = origin")
    for table in ("risk_point", "risk_point_version", "risk_point_description", "risk_point_standing",
                  "register_rollup", "register_delta", "register_scope", "org_bureau"):  # fmt: skip
        await admin.execute(f"vacuum analyze {table}")
