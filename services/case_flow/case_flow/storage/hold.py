"""Holds, the departures asked for, and what a passed penalty control established."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.errors import NotFound

from case_flow.domain.discretion import Penalty
from case_flow.domain.hold import Departure, HearingNotice, Hold, HoldState

ADD = "insert into hold select * from jsonb_populate_record(null::hold, $1::text::jsonb)"


async def add(conn: Connection, hold: Hold) -> None:
    """Store a new hold; its alert's viewers are those who see it."""
    await conn.execute(ADD, msgspec.json.encode(hold).decode())


GET = "select to_jsonb(h) from hold h where id = $1"


async def get(conn: Connection, hold_id: str) -> Hold:
    """A hold that the asker sees. Raises NotFound."""
    found: str | None = await conn.fetchval(GET, hold_id)
    if found is None:
        raise NotFound("there is no such hold, or it is not yours; check the id", path=("holdId",))
    return msgspec.json.decode(found, type=Hold)


MANY = "select to_jsonb(h) from hold h where id = any($1::text[])"


async def many(conn: Connection, hold_ids: Sequence[str]) -> dict[str, Hold]:
    """Those of the holds that the asker sees, by id."""
    rows = await conn.fetch(MANY, list(hold_ids))
    found = [msgspec.json.decode(row[0], type=Hold) for row in rows]
    return {hold.id: hold for hold in found}


IDS = "select id from hold where matter_id = $1 order by id"


async def ids_of(conn: Connection, matter_id: str) -> list[str]:
    """The holds of a matter that the asker sees, ended ones too."""
    return [row["id"] for row in await conn.fetch(IDS, matter_id)]


OPEN = "select to_jsonb(h) from open_holds($1) h"


async def open_of(conn: Connection, matter_id: str) -> list[Hold]:
    """Every open hold of a matter, also those that the asker does not see: for controls only."""
    return [msgspec.json.decode(row[0], type=Hold) for row in await conn.fetch(OPEN, matter_id)]


PAGE = """
select to_jsonb(h) from hold h
where ($1::text is null or state = $1) and ($2::text is null or matter_id = $2)
  and ($3::timestamptz is null or (raised_at, id) < ($3, $4))
order by raised_at desc, id desc limit $5
"""


async def page(
    conn: Connection, state: str | None, matter_id: str | None, after: tuple[datetime, str] | None, size: int
) -> list[Hold]:
    """Holds that the asker sees, newest first, after the cursor."""
    instant, last = after or (None, None)
    rows = await conn.fetch(PAGE, state, matter_id, instant, last, size)
    return [msgspec.json.decode(row[0], type=Hold) for row in rows]


MOVE = "update hold set state = $2 where id = $1"


async def move(conn: Connection, hold_id: str, state: HoldState) -> None:
    """Move an open hold to another open state."""
    await conn.execute(MOVE, hold_id, state)


END = "update hold set state = $2, ended_at = $3, ended_by = $4, note = $5 where id = $1 and ended_at is null"


async def end(conn: Connection, hold_id: str, state: HoldState, at: datetime, by: str, note: str) -> None:
    """End a hold for good."""
    await conn.execute(END, hold_id, state, at, by, note)


CORRECTED_SINCE = """
select count(*) from hold where person_id = $1 and state = 'CORRECTED' and ended_at >= $2
"""


async def corrected_since(conn: Connection, person_id: str, since: datetime) -> int:
    """How many holds the person corrected from `since` on."""
    return await conn.fetchval(CORRECTED_SINCE, person_id, since)


ASK_DEPARTURE = """
insert into departure (hold_id, bureau_id, reason, requested_by, requested_at) values ($1, $2, $3, $4, $5)
"""


async def ask_departure(conn: Connection, bureau_id: str, departure: Departure) -> None:
    """Store the request for a departure."""
    await conn.execute(
        ASK_DEPARTURE,
        departure.hold_id,
        bureau_id,
        departure.reason,
        departure.requested_by,
        departure.requested_at,
    )


DEPARTURE = "select to_jsonb(d) from departure d where hold_id = $1"


async def departure(conn: Connection, hold_id: str) -> Departure | None:
    """The departure asked for on a hold that the asker sees."""
    found: str | None = await conn.fetchval(DEPARTURE, hold_id)
    return msgspec.json.decode(found, type=Departure) if found else None


REVIEW_DEPARTURE = """
update departure set legal_by = $2, legal_opinion = $3, legal_agrees = $4, legal_at = $5 where hold_id = $1
"""


async def review_departure(
    conn: Connection, hold_id: str, *, by: str, opinion: str, agrees: bool, at: datetime
) -> None:
    """Store the legal opinion."""
    await conn.execute(REVIEW_DEPARTURE, hold_id, by, opinion, agrees, at)


DECIDE_DEPARTURE = """
update departure set decided_by = $2, members = $3, votes_for = $4, votes_against = $5, decided_at = $6
where hold_id = $1
"""


async def decide_departure(
    conn: Connection,
    hold_id: str,
    *,
    by: str,
    members: Sequence[str],
    votes_for: int,
    votes_against: int,
    at: datetime,
) -> None:
    """Store what the collective discussion decided."""
    await conn.execute(DECIDE_DEPARTURE, hold_id, by, list(members), votes_for, votes_against, at)


CO_SIGN_DEPARTURE = "update departure set co_signed_by = $2, co_signed_at = $3 where hold_id = $1"


async def co_sign_departure(conn: Connection, hold_id: str, *, by: str, at: datetime) -> None:
    """Store the discipline lead's co-signature."""
    await conn.execute(CO_SIGN_DEPARTURE, hold_id, by, at)


PUT_PENALTY = """
insert into penalty_assessment select * from jsonb_populate_record(null::penalty_assessment, $1::text::jsonb)
on conflict (matter_id) do update set
  violation_point = excluded.violation_point, party = excluded.party, tier = excluded.tier,
  days_late = excluded.days_late, min_fen = excluded.min_fen, max_fen = excluded.max_fen,
  amount_fen = excluded.amount_fen, procedure = excluded.procedure, authority = excluded.authority,
  departed = excluded.departed, pack = excluded.pack, assessed_at = excluded.assessed_at
"""


async def put_penalty(conn: Connection, penalty: Penalty) -> None:
    """Keep the newest passed assessment of a matter."""
    await conn.execute(PUT_PENALTY, msgspec.json.encode(penalty).decode())


PENALTY = "select to_jsonb(p) from penalty_assessment p where matter_id = $1"


async def penalty(conn: Connection, matter_id: str) -> Penalty | None:
    """The passed assessment of a matter that the asker sees."""
    found: str | None = await conn.fetchval(PENALTY, matter_id)
    return msgspec.json.decode(found, type=Penalty) if found else None


SERVE_NOTICE = """
insert into hearing_notice (matter_id, bureau_id, served_on, request_until, decide_by, served_by)
values ($1, $2, $3, $4, $5, $6)
"""


async def serve_notice(conn: Connection, bureau_id: str, notice: HearingNotice) -> None:
    """Store the service of a hearing notice; once a matter."""
    await conn.execute(
        SERVE_NOTICE,
        notice.matter_id,
        bureau_id,
        notice.served_on,
        notice.request_until,
        notice.decide_by,
        notice.served_by,
    )


NOTICE = "select to_jsonb(n) from hearing_notice n where matter_id = $1"


async def notice(conn: Connection, matter_id: str) -> HearingNotice | None:
    """The hearing notice of a matter that the asker sees."""
    found: str | None = await conn.fetchval(NOTICE, matter_id)
    return msgspec.json.decode(found, type=HearingNotice) if found else None


REQUEST_HEARING = "update hearing_notice set requested_on = $2 where matter_id = $1 and requested_on is null"


async def request_hearing(conn: Connection, matter_id: str, on: date) -> None:
    """The party asked for a hearing."""
    await conn.execute(REQUEST_HEARING, matter_id, on)
