"""Contests of incidents."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.errors import NotFound

from case_flow.domain.contest import Contest

ADD = """
insert into incident_contest (id, incident_id, bureau_id, person_id, grounds, contested_at)
values ($1, $2, $3, $4, $5, $6) on conflict (incident_id, person_id) do nothing returning true
"""


async def add(conn: Connection, contest: Contest) -> bool:
    """Keep a contest; False when this person contested the incident before."""
    c = contest
    return bool(
        await conn.fetchval(ADD, c.id, c.incident_id, c.bureau_id, c.person_id, c.grounds, c.contested_at)
    )


LOCK = "select to_jsonb(c) from incident_contest c where id = $1 for update"
GET = "select to_jsonb(c) from incident_contest c where id = $1"


async def lock(conn: Connection, contest_id: str) -> Contest:
    """A contest that is open and whose incident the asker sees; nobody else decides it now. Raises NotFound."""
    found = await conn.fetchval(LOCK, contest_id) or await conn.fetchval(GET, contest_id)
    if found is None:
        raise NotFound("there is no such contest, or it is not yours; check the id", path=("contestId",))
    return msgspec.json.decode(found, type=Contest)


DECIDE = """
update incident_contest set decided_by = $2, decided_at = $3, stands = $4, reasons = $5 where id = $1
"""


async def decide(
    conn: Connection, contest_id: str, *, by: str, at: datetime, stands: bool, reasons: str
) -> None:
    """How it ended."""
    await conn.execute(DECIDE, contest_id, by, at, stands, reasons)


OF_INCIDENTS = """
select to_jsonb(c) from incident_contest c where incident_id = any($1::text[]) order by contested_at, id
"""


async def of_incidents(conn: Connection, incident_ids: Sequence[str]) -> dict[str, list[Contest]]:
    """The contests of each incident that the asker sees, oldest first."""
    found: dict[str, list[Contest]] = {one: [] for one in incident_ids}
    for row in await conn.fetch(OF_INCIDENTS, list(incident_ids)):
        contest = msgspec.json.decode(row[0], type=Contest)
        found[contest.incident_id].append(contest)
    return found


UNDER_INQUIRY = "select incident_under_inquiry($1)"


async def under_inquiry(conn: Connection, incident_id: str) -> bool:
    """Whether an inquiry looks into the incident, also for those who may not see it."""
    return bool(await conn.fetchval(UNDER_INQUIRY, incident_id))
