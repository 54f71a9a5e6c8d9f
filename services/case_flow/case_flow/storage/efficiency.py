"""Counts by unit; read as the system of the bureau, after the reader was checked."""

from datetime import date

from plumbline_shared.database import Connection

from case_flow.domain.efficiency import Counted, Measure

BY_UNIT = """
with open_matter as (
  select unit_id, due_on from matter where bureau_id = $1 and run_id is null and closed_at is null
), closed_matter as (
  select unit_id, late_working_days from matter
  where bureau_id = $1 and run_id is null and closed_on between $2 and $3
), counted (unit_id, measure, root) as (
  select unit_id, 'RUNNING', null::text from open_matter
  union all select unit_id, 'DUE_SOON', null from open_matter where due_on between $4 and $5
  union all select unit_id, 'OVERDUE', null from open_matter where due_on < $4
  union all select to_unit, 'SLIP_LATE', null from slip
            where bureau_id = $1 and acknowledged_at is null and due_on < $4
  union all select unit_id, 'CLOSED', null from closed_matter
  union all select unit_id, 'CLOSED_LATE', null from closed_matter where late_working_days > 0
  union all select unit_ids[1], 'STAGE_LATE', null from alert
            where bureau_id = $1 and kind = 'STAGE_OVERDUE'
              and (raised_at at time zone 'Asia/Shanghai')::date between $2 and $3
  union all select m.unit_id, 'EXTENDED', null from clock_event c join matter m on m.id = c.matter_id
            where c.bureau_id = $1 and c.event = 'EXTENDED' and m.run_id is null
              and (c.at at time zone 'Asia/Shanghai')::date between $2 and $3
  union all select unit_id, 'INCIDENT', root from incident where bureau_id = $1 and confirmed_on between $2 and $3
  union all select unit_id, 'HOLD', null from hold
            where bureau_id = $1 and (raised_at at time zone 'Asia/Shanghai')::date between $2 and $3
  union all select unit_id, 'OVERRIDDEN', null from hold
            where bureau_id = $1 and state = 'OVERRIDDEN'
              and (ended_at at time zone 'Asia/Shanghai')::date between $2 and $3
  union all select m.unit_id, 'REVIEW_FAULT', null from post_review r join matter m on m.id = r.matter_id
            where r.bureau_id = $1 and r.finding = 'FAULT'
              and (r.reviewed_at at time zone 'Asia/Shanghai')::date between $2 and $3
)
select unit_id, measure, root, count(*) as count from counted group by unit_id, measure, root order by 1, 2, 3
"""


async def by_unit(
    conn: Connection, bureau_id: str, period: tuple[date, date], today: date, soon: date
) -> list[Counted]:
    """Everything but verifications; `soon` is the last day that counts as close."""
    rows = await conn.fetch(BY_UNIT, bureau_id, *period, today, soon)
    return [
        Counted(row["unit_id"], Measure(row["measure"]), row["count"], row["root"])
        for row in rows
        if row["unit_id"]
    ]


VERIFIED_LATE = """
select verifier, count(*) as count from alert
where bureau_id = $1 and verifier is not null and verify_due between $2 and $3 and verify_due < $4
  and (resolved_at is null or (resolved_at at time zone 'Asia/Shanghai')::date > verify_due)
group by verifier order by verifier
"""


async def verified_late(
    conn: Connection, bureau_id: str, period: tuple[date, date], today: date
) -> list[tuple[str, int]]:
    """How many verifications that fell due in the period each verifier did late, or not yet."""
    rows = await conn.fetch(VERIFIED_LATE, bureau_id, *period, today)
    return [(row["verifier"], row["count"]) for row in rows]
