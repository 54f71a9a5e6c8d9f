"""Alerts about overdue assignments."""

from datetime import datetime

from plumbline_shared.database import Connection

from education.domain.alert import EducationAlert
from education.domain.assignment import Assignment

RAISE = """
insert into education_alert (id, assignment_id, bureau_id, person_id, unit_id, raised_at)
values ($1, $2, $3, $4, $5, $6) on conflict (assignment_id) do nothing
"""


async def raise_alert(conn: Connection, alert_id: str, about: Assignment, now: datetime) -> bool:
    """Add the alert of an assignment; False when it has one already."""
    tag = await conn.execute(RAISE, alert_id, about.id, about.bureau_id, about.person_id, about.unit_id, now)
    return tag.endswith(" 1")


LIST = """
select * from education_alert where bureau_id = $1 and (raised_at, id) > ($2, $3) order by raised_at, id limit $4
"""


async def list_alerts(
    conn: Connection, bureau_id: str, after: tuple[datetime, str], limit: int
) -> list[EducationAlert]:
    """What the reader may see, oldest first, after a position."""
    return [EducationAlert(**dict(row)) for row in await conn.fetch(LIST, bureau_id, *after, limit)]
