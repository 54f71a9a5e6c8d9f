"""The replica of the register: what a point is, and its grade on a day."""

from datetime import date

import msgspec
from plumbline_org.grades import RiskGrade
from plumbline_shared.database import Connection


class RiskPoint(msgspec.Struct, frozen=True):
    """A published point as the register last told it."""

    point_id: str
    bureau_id: str
    code: str
    title: str
    title_en: str
    unit_id: str
    owner_unit_id: str | None
    process: str
    step: str


PUT_POINT = """
insert into risk_point_replica as r
  (point_id, bureau_id, code, title, title_en, unit_id, owner_unit_id, process, step)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (point_id) do update set
  code = excluded.code, title = excluded.title, title_en = excluded.title_en, unit_id = excluded.unit_id,
  owner_unit_id = excluded.owner_unit_id, process = excluded.process, step = excluded.step
where r.bureau_id = excluded.bureau_id
"""


async def put_point(conn: Connection, point: RiskPoint) -> None:
    """Keep the point's newest text."""
    await conn.execute(
        PUT_POINT,
        point.point_id,
        point.bureau_id,
        point.code,
        point.title,
        point.title_en,
        point.unit_id,
        point.owner_unit_id,
        point.process,
        point.step,
    )


PUT_GRADE = """
insert into risk_point_grade (point_id, bureau_id, effective_from, grade) values ($1, $2, $3, $4)
on conflict (point_id, effective_from) do update set grade = excluded.grade
"""


async def put_grade(conn: Connection, point: RiskPoint, effective_from: date, grade: RiskGrade) -> None:
    """From this day the point has this grade; earlier days keep theirs."""
    await conn.execute(PUT_GRADE, point.point_id, point.bureau_id, effective_from, grade)


POINT = "select to_jsonb(r) from risk_point_replica r where point_id = $1"


async def point(conn: Connection, point_id: str) -> RiskPoint | None:
    """A point of the asking bureau; None while the register has not published it."""
    found: str | None = await conn.fetchval(POINT, point_id)
    return msgspec.json.decode(found, type=RiskPoint) if found else None


GRADE_ON = """
select grade from risk_point_grade where point_id = $1 and effective_from <= $2
order by effective_from desc limit 1
"""


async def grade_on(conn: Connection, point_id: str, on: date) -> RiskGrade | None:
    """The grade on a day; None before the first."""
    found: str | None = await conn.fetchval(GRADE_ON, point_id, on)
    return RiskGrade(found) if found else None
