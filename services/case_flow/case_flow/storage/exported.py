"""Matters as a log of events, page by page: who did which step when, and nothing that was told in confidence."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime

from plumbline_shared.database import Connection

from case_flow.storage import trail
from case_flow.storage.trail import StepDone

PAGE_SIZE = 500


@dataclass(frozen=True)
class ExportedMatter:
    """What leaves the service of a matter: neither title, facts nor payloads."""

    id: str
    case_ref: str
    item_code: str
    item_version: int
    unit_id: str
    state: str
    outcome: str | None
    accepted_at: datetime
    due_on: date | None
    closed_at: datetime | None


PAGE = """
select id, case_ref, item_code, item_version, unit_id, state, outcome, accepted_at, due_on, closed_at from matter
where item_code = $1 and accepted_on >= $2 and accepted_on < $3 and run_id is not distinct from $4 and id > $5
order by id limit $6
"""


ExportedSteps = tuple[ExportedMatter, list[StepDone]]


async def page_of(
    conn: Connection, item: str, period: tuple[date, date], run_id: str | None, after: str
) -> list[ExportedSteps]:
    """The next matters, 500 at most, accepted in [since, until) that the reader sees, each with its steps in order."""
    rows = await conn.fetch(PAGE, item, *period, run_id, after, PAGE_SIZE)
    page = [ExportedMatter(**dict(row)) for row in rows]
    steps = await trail.steps(conn, [one.id for one in page])
    return [(one, steps[one.id]) for one in page]


async def matters_of(
    conn: Connection, item: str, since: date, until: date, run_id: str | None
) -> AsyncIterator[ExportedSteps]:
    """All of them, page by page."""
    last = ""
    while page := await page_of(conn, item, (since, until), run_id, last):
        for one in page:
            yield one
        last = page[-1][0].id


COUNT = """
select count(*) from matter where item_code = $1 and accepted_on >= $2 and accepted_on < $3 and run_id is null
"""


async def count(conn: Connection, item: str, period: tuple[date, date]) -> int:
    """How many live matters the reader sees."""
    return await conn.fetchval(COUNT, item, *period)
