"""Batches and assignments: added once, with what happened to them read beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import asyncpg
from plumbline_shared.database import Connection

from education.domain.assignment import Assignment, Status
from education.domain.curriculum import Kind, Trigger


@dataclass(frozen=True)
class AssignmentFilter:
    """What to list; None does not narrow. `status` is as of `today`."""

    today: date
    person_id: str | None = None
    unit_id: str | None = None
    point_id: str | None = None
    batch_id: str | None = None
    status: Status | None = None


OPEN_BATCH = """
insert into batch (id, bureau_id, cause, cause_ref, reason, opened_by, opened_at)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (bureau_id, cause, cause_ref) do nothing
"""


async def open_batch(
    conn: Connection,
    batch_id: str,
    bureau_id: str,
    cause: tuple[Trigger, str],
    reason: str,
    by: str,
    now: datetime,
) -> bool:
    """Begin the batch of a cause (what it is, and which one); False when the cause has one already."""
    tag = await conn.execute(OPEN_BATCH, batch_id, bureau_id, *cause, reason, by, now)
    return tag.endswith(" 1")


INSERT = """
insert into assignment (
  id, batch_id, bureau_id, person_id, unit_id, kind, curriculum, curriculum_version, point_id, incident_id,
  assigned_on, started_on, due_on, provisional, assigned_by
) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
"""


async def add_assignments(conn: Connection, assignments: Iterable[Assignment]) -> None:
    """Store new assignments."""
    await conn.executemany(INSERT, [_values(one) for one in assignments])


LOCK = "select pg_advisory_xact_lock(hashtextextended('assignment ' || $1, 0))"
LOAD = "select * from assignment_state where id = any ($1::text[])"


async def load_assignments(conn: Connection, ids: Sequence[str]) -> dict[str, Assignment]:
    """Those of `ids` that exist and that the reader may see."""
    return {row["id"]: _assignment(row) for row in await conn.fetch(LOAD, ids)}


async def lock_assignment(conn: Connection, assignment_id: str) -> Assignment | None:
    """One assignment, with every other change of it kept waiting until the end of the transaction."""
    await conn.execute(LOCK, assignment_id)
    return (await load_assignments(conn, [assignment_id])).get(assignment_id)


LIST = """
select * from assignment_state
where bureau_id = $1 and (due_on, id) > ($2, $3)
  and ($4::text is null or person_id = $4)
  and ($5::text is null or unit_id = $5)
  and ($6::text is null or point_id = $6)
  and ($7::text is null or batch_id = $7)
  and ($8::text is null or $8 = case
        when completed_at is not null then 'COMPLETED' when waived_at is not null then 'WAIVED'
        when due_on < $9 then 'OVERDUE' else 'OPEN' end)
order by due_on, id limit $10
"""


async def list_assignments(
    conn: Connection, bureau_id: str, wanted: AssignmentFilter, after: tuple[date, str], limit: int
) -> list[Assignment]:
    """What the reader may see of the bureau, by due date, after a position."""
    rows = await conn.fetch(
        LIST, bureau_id, *after, wanted.person_id, wanted.unit_id, wanted.point_id, wanted.batch_id,
        wanted.status, wanted.today, limit,
    )  # fmt: skip
    return [_assignment(row) for row in rows]


OF_PERSONS = "select * from assignment_state where person_id = any ($1::text[]) order by due_on, id"


async def assignments_of_persons(conn: Connection, persons: Sequence[str]) -> list[Assignment]:
    """Everything these persons got that the reader may see, by due date."""
    return [_assignment(row) for row in await conn.fetch(OF_PERSONS, persons)]


OF_POINTS = """
select * from assignment_state where point_id = any ($1::text[]) and kind = 'LESSON' order by due_on, id
"""


async def lessons_of_points(conn: Connection, points: Sequence[str]) -> list[Assignment]:
    """Lessons given because of these risk points that the reader may see, by due date."""
    return [_assignment(row) for row in await conn.fetch(OF_POINTS, points)]


DUE_IN_BATCH = "select * from assignment_state where batch_id = $1 and due_on = $2 order by id"


async def due_in_batch(conn: Connection, batch_id: str, due_on: date) -> list[Assignment]:
    """The assignments of a batch with one due date."""
    return [_assignment(row) for row in await conn.fetch(DUE_IN_BATCH, batch_id, due_on)]


OPEN_OF_CAUSE = """
select s.* from assignment_state s join batch b on b.id = s.batch_id
where b.bureau_id = $1 and b.cause = $2 and b.cause_ref = $3 and s.completed_at is null and s.waived_at is null
order by s.id
"""


async def open_of_cause(conn: Connection, bureau_id: str, cause: tuple[Trigger, str]) -> list[Assignment]:
    """What one cause gave to do and nobody has done or been excused from."""
    return [_assignment(row) for row in await conn.fetch(OPEN_OF_CAUSE, bureau_id, *cause)]


def _values(one: Assignment) -> tuple[object, ...]:
    return (
        *(one.id, one.batch_id, one.bureau_id, one.person_id, one.unit_id, one.kind),
        *(one.curriculum, one.curriculum_version, one.point_id, one.incident_id),
        *(one.assigned_on, one.started_on, one.due_on, one.provisional, one.assigned_by),
    )


def _assignment(row: asyncpg.Record) -> Assignment:
    return Assignment(
        id=row["id"],
        batch_id=row["batch_id"],
        bureau_id=row["bureau_id"],
        person_id=row["person_id"],
        unit_id=row["unit_id"],
        kind=Kind(row["kind"]),
        curriculum=row["curriculum"],
        curriculum_version=row["curriculum_version"],
        point_id=row["point_id"],
        incident_id=row["incident_id"],
        assigned_on=row["assigned_on"],
        started_on=row["started_on"],
        due_on=row["due_on"],
        provisional=row["provisional"],
        assigned_by=row["assigned_by"],
        completed_at=row["completed_at"],
        score=row["score"],
        waived_at=row["waived_at"],
    )
