"""Interests that keep officers off, and what parties asked. Who reads them: migrations/0131_interest.sql."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.policy import absent

from case_flow.domain.recusal import Interest, InterestRefused, RecusalRequest

ADD = """
insert into interest (id, bureau_id, person_id, party, matter_id, relation, reason, request_id, declared_by, declared_at)
values ($1, $2, $3, case_flow_party($4), $5, $6, $7, $8, $9, $10)
on conflict do nothing returning true
"""


async def add(conn: Connection, one: Interest) -> bool:
    """Keep an interest; False when the same one is in force."""
    what = (one.id, one.bureau_id, one.person_id, one.party, one.matter_id, one.relation, one.reason)
    new = await conn.fetchval(ADD, *what, one.request_id, one.declared_by, one.declared_at)
    return bool(new)


END = """
update interest set ended_at = $2, ended_by = $3, end_reason = $4 where id = $1 and ended_at is null returning true
"""


async def end(conn: Connection, interest_id: str, at: datetime, by: str, reason: str) -> None:
    """It is over. Raises InterestRefused when it was before."""
    if not await conn.fetchval(END, interest_id, at, by, reason):
        raise InterestRefused("this interest has ended already", interest=interest_id)


BY_ID = "select to_jsonb(i) from interest i where id = $1"


async def get(conn: Connection, interest_id: str) -> Interest:
    """An interest that the asker may read. Raises NotFound."""
    found: str | None = await conn.fetchval(BY_ID, interest_id)
    if found is None:
        raise absent("interest")
    return msgspec.json.decode(found, type=Interest)


LATEST = "select to_jsonb(i) from interest i order by declared_at desc, id desc limit $1"


async def latest(conn: Connection, first: int) -> Sequence[Interest]:
    """The latest interests that the asker may read."""
    return [msgspec.json.decode(row[0], type=Interest) for row in await conn.fetch(LATEST, first)]


ASK = """
insert into recusal_request (id, matter_id, bureau_id, officer, grounds, asked_by, asked_at)
values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning true
"""


async def ask(conn: Connection, one: RecusalRequest) -> bool:
    """Keep a party's request; False while the same one waits."""
    who = (one.id, one.matter_id, one.bureau_id, one.officer, one.grounds, one.asked_by, one.asked_at)
    return bool(await conn.fetchval(ASK, *who))


REQUEST = "select to_jsonb(r) from recusal_request r where id = $1 for update"


async def request(conn: Connection, request_id: str) -> RecusalRequest:
    """A request, locked for its decision. Raises NotFound."""
    found: str | None = await conn.fetchval(REQUEST, request_id)
    if found is None:
        raise absent("recusal request")
    return msgspec.json.decode(found, type=RecusalRequest)


DECIDE = """
update recusal_request set decided_by = $2, decided_at = $3, upheld = $4, people = $5, reason = $6 where id = $1
"""


async def decide(conn: Connection, one: RecusalRequest) -> None:
    """Keep the decision."""
    given = (one.id, one.decided_by, one.decided_at, one.upheld, list(one.people), one.reason)
    await conn.execute(DECIDE, *given)


REQUESTS = "select to_jsonb(r) from recusal_request r order by asked_at desc, id desc limit $1"


async def requests(conn: Connection, first: int) -> Sequence[RecusalRequest]:
    """The latest requests that the asker may read."""
    return [msgspec.json.decode(row[0], type=RecusalRequest) for row in await conn.fetch(REQUESTS, first)]


OPEN_WORK = "select distinct matter_id from work where assignee = $1 order by matter_id"


async def open_work_of(conn: Connection, person: str) -> Sequence[str]:
    """Matters of which somebody has an open step."""
    return [row["matter_id"] for row in await conn.fetch(OPEN_WORK, person)]
