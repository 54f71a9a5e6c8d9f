"""What supervision did in a period, as far as the registry knows: counted by unit, by point, or by control."""

from dataclasses import dataclass
from datetime import datetime

from plumbline_shared.database import Connection

from risk_registry.domain.allocation import EffortKind


@dataclass(frozen=True)
class Done:
    """So many acts of a kind about a unit, a point or a control; the other two are empty."""

    kind: EffortKind
    unit: str
    point: str
    control: str
    count: int


# An alert counts when somebody verified it, not when its cause went away; what is sealed is not counted.
DONE = """
select 'VERIFIED_ALERT' as kind, l.unit_id as unit, '' as point, '' as control, count(*) as acts
from alert_progress r join alert_ledger l using (alert_id)
where r.bureau_id = $1 and r.step = 'RESOLVED' and r.outcome in ('CONFIRMED', 'EXPLAINED', 'FALSE_POSITIVE')
  and r.at >= $2 and r.at < $3 and not starts_with(l.kind, 'SEALED_')
group by l.unit_id
union all
select 'CONTROL_TEST', '', '', control, count(*) from control_test
where bureau_id = $1 and tested_at >= $2 and tested_at < $3 group by control
union all
select 'GRADING_REVIEW', '', r.point_id, '', count(*) from grading_decision d join grading_review r on r.id = d.review_id
where d.bureau_id = $1 and d.closed_at >= $2 and d.closed_at < $3 group by r.point_id
union all
select 'FINDING', '', point_id, '', count(*) from evidence
where bureau_id = $1 and kind in ('FINDING', 'UNSIGNED_FINDING') and reverses is null and known_at >= $2 and known_at < $3
group by point_id
union all
select 'SPECIAL_AUDIT', x.unit_id, '', '', count(*) from rotation_audit a join rotation_extension x on x.id = a.extension_id
where a.bureau_id = $1 and a.recorded_at >= $2 and a.recorded_at < $3 group by x.unit_id
order by kind, unit, point, control
"""


async def done(conn: Connection, bureau_id: str, start: datetime, end: datetime) -> list[Done]:
    """Acts in `[start, end)`. Ask as the service: who may read the sum is told apart before."""
    rows = await conn.fetch(DONE, bureau_id, start, end)
    return [
        Done(EffortKind(row["kind"]), row["unit"], row["point"], row["control"], row["acts"]) for row in rows
    ]
