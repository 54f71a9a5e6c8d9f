"""The alert ledger: every alert of case flow, once."""

from datetime import datetime

from plumbline_shared.database import Connection

from risk_registry.domain.alerts import Alert, AlertCount, AlertPhase

INSERT_ALERT = """
insert into alert_ledger (alert_id, point_id, bureau_id, unit_id, matter_id, kind, phase, grade, raised_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning true
"""


async def add_alert(conn: Connection, alert: Alert) -> bool:
    """Record an alert; False when the ledger has it already."""
    added = await conn.fetchval(
        INSERT_ALERT,
        *(alert.id, alert.point_id, alert.bureau_id, alert.unit_id, alert.matter_id),
        *(alert.kind, alert.phase, alert.grade, alert.raised_at),
    )
    return bool(added)


COUNT_ALERTS = """
select point_id, phase, count(*) as alerts from alert_ledger
where bureau_id = $1 and ($2::text is null or point_id = $2)
  and raised_at >= $3 and raised_at < $4
group by point_id, phase order by point_id, phase
"""


async def count_alerts(
    conn: Connection, bureau_id: str, point_id: str | None, start: datetime, end: datetime
) -> list[AlertCount]:
    """Alerts raised in `[start, end)` by point and phase, among those that the reader may count."""
    rows = await conn.fetch(COUNT_ALERTS, bureau_id, point_id, start, end)
    return [AlertCount(row["point_id"], AlertPhase(row["phase"]), row["alerts"]) for row in rows]
