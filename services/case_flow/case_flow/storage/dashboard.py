"""Counts of a bureau's year; read as the system of that bureau, after its reader was checked."""

from datetime import date

from plumbline_shared.database import Connection

from case_flow.domain.dashboard import Figures, Quarter

FIGURES = """
with incidents as (
  select incident_level(i.id, i.level) as level, self_reported from incident i where bureau_id = $1 and confirmed_on between $2 and $3
    and not exists (select from incident_contest c where c.incident_id = i.id and not c.stands)
),
alerts as (
  select phase from alert where bureau_id = $1 and (raised_at at time zone 'Asia/Shanghai')::date between $2 and $3
),
verified as (
  select (resolved_at at time zone 'Asia/Shanghai')::date <= verify_due as in_time from alert
  where bureau_id = $1 and verify_due between $2 and $3 and (resolved_at is not null or verify_due < $4)
)
select
  (select count(*) from incidents where level = 'SERIOUS') as cases,
  (select count(*) from incidents) as faults,
  (select count(*) from inquiry_respondent r join inquiry i on i.id = r.inquiry_id
   where i.bureau_id = $1 and i.decided_on between $2 and $3 and r.form is not null and r.form <> 'NONE'
     and not (i.state = 'FINAL' and i.in_force_on is null)) as accountable,
  (select count(*) from incidents where self_reported) as self_reported,
  (select count(*) from alerts where phase = 'EX_ANTE') as ex_ante,
  (select count(*) from alerts where phase = 'IN_PROCESS') as in_process,
  (select count(*) from alerts where phase = 'EX_POST') as ex_post,
  (select count(*) from hold where bureau_id = $1
     and (raised_at at time zone 'Asia/Shanghai')::date between $2 and $3) as holds,
  (select count(*) from verified) as verify_due,
  (select count(*) from verified where in_time) as verified_in_time
"""


async def figures(conn: Connection, bureau_id: str, year: int, today: date) -> Figures:
    """What happened in the year; verifications count once they are done or late."""
    row = await conn.fetchrow(FIGURES, bureau_id, date(year, 1, 1), date(year, 12, 31), today)
    return Figures(**dict(row or {}))


QUARTERS = """
select quarter,
  (select count(*) from alert where bureau_id = $1
     and (raised_at at time zone 'Asia/Shanghai')::date between first and last) as alerts,
  (select count(*) from matter where bureau_id = $1 and run_id is null and accepted_on between first and last) as matters
from (
  select quarter, make_date($2, quarter * 3 - 2, 1) as first,
         (make_date($2, quarter * 3 - 2, 1) + interval '3 months - 1 day')::date as last
  from generate_series(1, $3::integer) quarter
) quarters order by quarter
"""


async def quarters(conn: Connection, bureau_id: str, year: int, count: int) -> list[Quarter]:
    """The first `count` quarters of a year."""
    return [Quarter(**dict(row)) for row in await conn.fetch(QUARTERS, bureau_id, year, count)]
