"""What a person owes apart from steps of matters, under the reader's row-level security."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plumbline_shared.database import Connection

from case_flow.domain.my_work import WorkKind

# A day is the last one of the calendar where nothing says until when. Sorted by code point, as Python does.
DUTIES = """
with open_alert as (
  select a.*, v.basis from alert_viewer v join alert a on a.id = v.alert_id
  where v.person_id = $1 and a.closed_at is null and a.state in ('RAISED', 'ACKNOWLEDGED', 'VERIFYING')
), duty as (
  select coalesce(acknowledge_due, $7::date) as due_on, id, 'ACKNOWLEDGE' as kind from open_alert
  where state = 'RAISED' and basis in ('MANAGER', 'MONITOR', 'SUPERIOR', 'GROUP', 'ESCALATION', 'VERIFIER')
    and not $1 = any(subject_ids)
  union all
  select verify_due, id, 'EXPLAIN' from open_alert a
  where verify_due is not null and $1 = any(subject_ids) and not exists (
    select from alert_act x where x.alert_id = a.id and x.act = 'EXPLANATION' and x.actor = $1)
  union all
  select coalesce(verify_due, $7::date), id, 'VERIFY' from open_alert where state = 'VERIFYING' and verifier = $1
  union all
  select $7::date, id, 'HOLD' from hold where person_id = $1 and ended_at is null
  union all
  select coalesce(i.defence_due_on, $7::date), i.id, 'DEFENCE' from inquiry i
  join inquiry_respondent r on r.inquiry_id = i.id and r.person_id = $1
  where i.state in ('NOTICE_SERVED', 'DEFENCE') and not exists (
    select from inquiry_statement s where s.inquiry_id = i.id and s.person_id = $1)
  union all
  select $7::date, i.id, 'VOTE' from inquiry_seat s join inquiry i on i.id = s.inquiry_id
  where s.person_id = $1 and s.present and not s.recused and i.state in ('HEARING', 'DELIBERATION')
    and not exists (select from inquiry_vote v where v.inquiry_id = i.id and v.person_id = $1)
  union all
  select coalesce(renewed_due_on, due_on), id, 'RECTIFY' from rectification_order
  where unit_id = any($2) and verified_at is null
    and state in ('ISSUED', 'ACCEPTED', 'RETURNED', 'OVERDUE', 'CIRCULARISED')
  union all
  select case when accepted_at is null then accept_by else due_on end, id, 'WORK_ORDER' from work_order
  where to_unit = any($2) and closed_at is null and fed_back_at is null
)
select due_on, id, kind from duty
where kind = any($8) and (due_on, id collate "C", kind collate "C") > ($3, $4, $5) order by due_on, id collate "C", kind collate "C" limit $6
"""


@dataclass(frozen=True)
class DutyRow:
    """One thing that is owed: of which kind, about what, until when."""

    due_on: date
    id: str
    kind: WorkKind


async def duties(
    conn: Connection,
    person_id: str,
    units: Sequence[str],
    kinds: Sequence[str],
    after: tuple[date, str, str],
    limit: int,
) -> list[DutyRow]:
    """What the person, or a unit of theirs, owes; by due date after a key."""
    rows = await conn.fetch(DUTIES, person_id, list(units), *after, limit, date.max, list(kinds))
    return [DutyRow(row["due_on"], row["id"], WorkKind(row["kind"])) for row in rows]
