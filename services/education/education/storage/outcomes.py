"""What happened to an assignment: attempts, completion, waiver. Rows are added, never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from plumbline_shared.database import Connection

from education.domain.assignment import Assignment


@dataclass(frozen=True)
class Attempt:
    """One submitted quiz; `score` in percent."""

    id: str
    assignment_id: str
    score: int
    passed: bool
    submitted_at: datetime


ADD_ATTEMPT = """
insert into attempt (id, assignment_id, bureau_id, person_id, answers, score, passed, submitted_at)
values ($1, $2, $3, $4, $5::text::jsonb, $6, $7, $8)
"""


async def add_attempt(
    conn: Connection, attempt: Attempt, of: Assignment, answers: Mapping[str, frozenset[str]]
) -> None:
    """Store a submitted quiz with its answers."""
    body = msgspec.json.encode({question: sorted(chosen) for question, chosen in answers.items()}).decode()
    await conn.execute(
        ADD_ATTEMPT, attempt.id, of.id, of.bureau_id, of.person_id, body, attempt.score, attempt.passed,
        attempt.submitted_at,
    )  # fmt: skip


ATTEMPTS = """
select id, assignment_id, score, passed, submitted_at from attempt
where assignment_id = any ($1::text[]) order by submitted_at, id
"""


async def attempts_of(conn: Connection, assignments: Sequence[str]) -> dict[str, list[Attempt]]:
    """Attempts by assignment, oldest first; only the reader's own."""
    found: dict[str, list[Attempt]] = {}
    for row in await conn.fetch(ATTEMPTS, assignments):
        found.setdefault(row["assignment_id"], []).append(Attempt(**dict(row)))
    return found


COMPLETE = """
insert into completion (assignment_id, bureau_id, score, completed_at) values ($1, $2, $3, $4)
"""


async def add_completion(conn: Connection, of: Assignment, score: int | None, now: datetime) -> None:
    """Note that the assignment is done; `score` is None for a pledge."""
    await conn.execute(COMPLETE, of.id, of.bureau_id, score, now)


WAIVE = """
insert into waiver (assignment_id, bureau_id, reason, waived_by, waived_at) values ($1, $2, $3, $4, $5)
"""


async def add_waiver(conn: Connection, of: Assignment, reason: str, by: str, now: datetime) -> None:
    """Note that the assignment is lifted."""
    await conn.execute(WAIVE, of.id, of.bureau_id, reason, by, now)


WAIVERS = "select assignment_id, reason from waiver where assignment_id = any ($1::text[])"


async def waiver_reasons(conn: Connection, assignments: Sequence[str]) -> dict[str, str]:
    """Why assignments were lifted, by assignment."""
    return {row["assignment_id"]: row["reason"] for row in await conn.fetch(WAIVERS, assignments)}
