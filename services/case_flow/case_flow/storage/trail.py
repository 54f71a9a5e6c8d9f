"""What was done on matters, and the work that is open: lists for reading."""

from dataclasses import dataclass
from datetime import date, datetime

from plumbline_shared.database import Connection


@dataclass(frozen=True)
class StepDone:
    """One completed step of a matter."""

    matter_id: str
    seq: int
    step: str
    signers: list[str]
    unit_id: str | None
    at: datetime
    local_on: date
    due_on: date | None


STEPS = """
select matter_id, seq, step, signers, unit_id, at, local_on, due_on from matter_step
where matter_id = any($1::text[]) order by matter_id, seq
"""


async def steps(conn: Connection, matter_ids: list[str]) -> dict[str, list[StepDone]]:
    """The completed steps of these matters, in order."""
    found: dict[str, list[StepDone]] = {one: [] for one in matter_ids}
    for row in await conn.fetch(STEPS, matter_ids):
        found[row["matter_id"]].append(StepDone(**dict(row)))
    return found


@dataclass(frozen=True)
class WorkRow:
    """One line of an inbox."""

    matter_id: str
    step: str
    due_on: date
    assignee: str


INBOX = """
select distinct on (due_on, matter_id, step) matter_id, step, due_on, assignee
from unnest($1::text[]) mine
cross join lateral (
  select matter_id, step, due_on, assignee from work
  where assignee = mine and (due_on, matter_id, step) > ($2::date, $3, $4)
  order by due_on, matter_id, step limit $5
) page
order by due_on, matter_id, step limit $5
"""


async def inbox(conn: Connection, mine: list[str], after: tuple[date, str, str], limit: int) -> list[WorkRow]:
    """Open work of these assignees (a person and the queues of units), by due date after a key.

    A queue shows only what row-level security lets the caller see: the steps that ask for a role they hold.
    """
    return [WorkRow(**dict(row)) for row in await conn.fetch(INBOX, mine, *after, limit)]
