"""Exceptions to rules, read from the records that they are: nothing is kept twice, so nothing can be left out (S2-030)."""

from datetime import date, datetime

import msgspec
from plumbline_shared.database import Connection

from case_flow.domain.override import Override, OverrideKind, Share

# Every record of a hand in place of a rule, as one shape. $1 bureau, $2 and $3 the first instant and the one after.
ALL = """
  select h.id, 'HOLD_OVERRIDDEN' as kind, h.bureau_id, h.ended_at as at, h.person_id, coalesce(d.reason, h.note) as reason,
         array_remove(array[d.legal_by, d.decided_by, d.co_signed_by], null) as approved_by, h.matter_id, h.step
  from hold h left join departure d on d.hold_id = h.id
  where h.bureau_id = $1 and h.state = 'OVERRIDDEN' and h.ended_at >= $2 and h.ended_at < $3
  union all
  select w.matter_id || '/' || w.id, 'ASSIGNMENT_CHANGED', w.bureau_id, w.at, w.by_person, w.reason, '{}', w.matter_id, w.step
  from work_assignment w
  where w.bureau_id = $1 and w.rule in ('DISPATCHED', 'HANDED_OVER') and w.at >= $2 and w.at < $3
    and exists (select from work_assignment r where r.matter_id = w.matter_id and r.step = w.step and r.id < w.id
                and r.rule in ('LEAST_LOAD', 'ROUND_ROBIN', 'TERRITORY'))
  union all
  select e.id, 'LIMIT_EXTENDED', e.bureau_id, e.decided_at, e.requested_by, e.reasons, array[e.decided_by], e.matter_id, null
  from extension e
  where e.bureau_id = $1 and e.approved and e.decided_at >= $2 and e.decided_at < $3
  union all
  select a.id, 'ASSESSED_BY_HAND', a.bureau_id, a.assessed_at, a.assessed_by, a.reason, '{}', null, null
  from manual_assessment a
  where a.bureau_id = $1 and a.departs_percent > 0 and a.assessed_at >= $2 and a.assessed_at < $3
  union all
  select s.matter_id || '/' || s.seq, 'SIGNER_REMOVED', s.bureau_id, s.at, s.by_person, s.reason, '{}', s.matter_id, s.step
  from signer_change s
  where s.bureau_id = $1 and s.act = 'REMOVED' and s.at >= $2 and s.at < $3
"""
BOUNDS = """
select $1::date::timestamp at time zone 'Asia/Shanghai', $2::date::timestamp at time zone 'Asia/Shanghai'
"""
PAGE = f"""
select to_jsonb(o) from ({ALL}) o
where ($4::text is null or kind = $4) and ($5::text is null or person_id = $5)
  and ($6::timestamptz is null or (at, id) < ($6, $7))
order by at desc, id desc limit $8
"""  # noqa: S608 — composed of constants


async def page(
    conn: Connection,
    bureau_id: str,
    period: tuple[date, date],
    kind: OverrideKind | None,
    person_id: str | None,
    after: tuple[datetime, str] | None,
    limit: int,
) -> list[Override]:
    """Exceptions since the first day and before the second, the newest first; those of one person where one is given."""
    bounds = await conn.fetchrow(BOUNDS, *period)
    key = after or (None, None)
    rows = await conn.fetch(PAGE, bureau_id, *(bounds or ()), kind, person_id, *key, limit)
    return [msgspec.json.decode(row[0], type=Override) for row in rows]


SHARES = f"""
with by_hand as (select kind, count(*) as number from ({ALL}) o group by kind), out_of as (
  select 'HOLD_OVERRIDDEN' as kind, count(*) as number from hold
  where bureau_id = $1 and ended_at >= $2 and ended_at < $3
  union all
  select 'ASSIGNMENT_CHANGED', count(*) from work_assignment
  where bureau_id = $1 and rule in ('LEAST_LOAD', 'ROUND_ROBIN', 'TERRITORY') and at >= $2 and at < $3
  union all
  select 'LIMIT_EXTENDED', count(*) from matter
  where bureau_id = $1 and run_id is null and due_on is not null and closed_at >= $2 and closed_at < $3
  union all
  select 'ASSESSED_BY_HAND', count(*) from manual_assessment
  where bureau_id = $1 and departs_percent is not null and assessed_at >= $2 and assessed_at < $3
  union all
  select 'SIGNER_REMOVED', count(*) from signature where bureau_id = $1 and at >= $2 and at < $3
)
select kind, coalesce(by_hand.number, 0) as by_hand, out_of.number as out_of
from out_of left join by_hand using (kind) order by kind
"""  # noqa: S608 — composed of constants


async def shares(conn: Connection, bureau_id: str, period: tuple[date, date]) -> list[Share]:
    """How much of each kind was done by hand in the period."""
    bounds = await conn.fetchrow(BOUNDS, *period)
    rows = await conn.fetch(SHARES, bureau_id, *(bounds or ()))
    return [Share(OverrideKind(row["kind"]), row["by_hand"], row["out_of"]) for row in rows]
