"""Counts of a bureau's rotations; read as the system of that bureau, after its reader was checked."""

from dataclasses import dataclass
from datetime import date

from plumbline_shared.database import Connection


@dataclass(frozen=True)
class RotationCounts:
    """Holdings by what was told last until a day; `resolved` are those that ended within the period."""

    due_soon: int
    overdue: int
    extended: int
    resolved: int


COUNTS = """
with last as (
  select distinct on (rotation_id) rotation_id, kind from rotation_notice
  where bureau_id = $1 and told_on <= $3 order by rotation_id, sequence desc
)
select
  (select count(*) from last where kind = 'DUE_SOON') as due_soon,
  (select count(*) from last where kind = 'OVERDUE') as overdue,
  (select count(*) from last where kind = 'EXTENDED') as extended,
  (select count(distinct rotation_id) from rotation_notice
   where bureau_id = $1 and kind = 'RESOLVED' and told_on between $2 and $3) as resolved
"""


async def rotation_counts(conn: Connection, bureau_id: str, first: date, last: date) -> RotationCounts:
    """How rotation stood on the last day of a period."""
    return RotationCounts(**dict(await conn.fetchrow(COUNTS, bureau_id, first, last) or {}))
