"""Inquiries: respondents, panel, statements, sealed votes and their totals."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.errors import NotFound

from case_flow.domain.collective import Choice, Seat, Tally
from case_flow.domain.inquiry import Inquiry, Respondent


class Statement(msgspec.Struct, frozen=True):
    """What a respondent said: in defence, at the hearing, in appeal."""

    person_id: str
    kind: str
    body: str
    at: datetime


ADD = "insert into inquiry select * from jsonb_populate_record(null::inquiry, $1::text::jsonb)"


async def add(conn: Connection, inquiry: Inquiry) -> None:
    """Store a proposed inquiry."""
    await conn.execute(ADD, msgspec.json.encode(inquiry).decode())


GET = "select to_jsonb(i) from inquiry i where id = $1"


async def get(conn: Connection, inquiry_id: str) -> Inquiry:
    """An inquiry that the asker sees. Raises NotFound."""
    found: str | None = await conn.fetchval(GET, inquiry_id)
    return _inquiry(found)


LOCK = "select to_jsonb(i) from inquiry i where id = $1 for update"


async def lock(conn: Connection, inquiry_id: str) -> Inquiry:
    """The same, and nobody else changes it in this transaction."""
    found: str | None = await conn.fetchval(LOCK, inquiry_id)
    return _inquiry(found)


def _inquiry(found: str | None) -> Inquiry:
    if found is None:
        raise NotFound("there is no such inquiry, or it is not yours; check the id", path=("inquiryId",))
    return msgspec.json.decode(found, type=Inquiry)


MANY = "select to_jsonb(i) from inquiry i where id = any($1::text[])"


async def many(conn: Connection, inquiry_ids: Sequence[str]) -> dict[str, Inquiry]:
    """Those of the inquiries that the asker sees, by id."""
    rows = await conn.fetch(MANY, list(inquiry_ids))
    found = [msgspec.json.decode(row[0], type=Inquiry) for row in rows]
    return {inquiry.id: inquiry for inquiry in found}


OF_INCIDENTS = "select to_jsonb(i) from inquiry i where incident_id = any($1::text[])"


async def of_incidents(conn: Connection, incident_ids: Sequence[str]) -> dict[str, Inquiry]:
    """The inquiry into each incident, where there is one that the asker sees."""
    rows = await conn.fetch(OF_INCIDENTS, list(incident_ids))
    found = [msgspec.json.decode(row[0], type=Inquiry) for row in rows]
    return {inquiry.incident_id: inquiry for inquiry in found}


SAVE = """
update inquiry set
  state = n.state, number = n.number, opened_by = n.opened_by, opened_on = n.opened_on, quorum = n.quorum,
  notice_served_on = n.notice_served_on, defence_due_on = n.defence_due_on, hearing_on = n.hearing_on,
  decided_by = n.decided_by, decided_on = n.decided_on, carried = n.carried,
  publication_scope = n.publication_scope, appeal_until = n.appeal_until, in_force_on = n.in_force_on
from jsonb_populate_record(null::inquiry, $1::text::jsonb) n where inquiry.id = n.id
"""


async def save(conn: Connection, inquiry: Inquiry) -> None:
    """Store the inquiry as it is after an act."""
    await conn.execute(SAVE, msgspec.json.encode(inquiry).decode())


ADD_RESPONDENTS = """
insert into inquiry_respondent (inquiry_id, person_id, bureau_id, unit_id)
select $1, person, $2, unit from unnest($3::text[], $4::text[]) as t (person, unit)
"""


async def add_respondents(conn: Connection, inquiry: Inquiry, persons: Iterable[tuple[str, str]]) -> None:
    """Name those whom the inquiry is about, each with the unit."""
    listed = list(persons)
    people, units = [one[0] for one in listed], [one[1] for one in listed]
    await conn.execute(ADD_RESPONDENTS, inquiry.id, inquiry.bureau_id, people, units)


RESPONDENTS = "select to_jsonb(r) from inquiry_respondent r where inquiry_id = $1 order by person_id"


async def respondents(conn: Connection, inquiry_id: str) -> tuple[Respondent, ...]:
    """Those whom an inquiry that the asker sees is about."""
    rows = await conn.fetch(RESPONDENTS, inquiry_id)
    return tuple(msgspec.json.decode(row[0], type=Respondent) for row in rows)


SET_OUTCOME = "update inquiry_respondent set part = $3, form = $4 where inquiry_id = $1 and person_id = $2"


async def set_outcomes(conn: Connection, outcomes: Iterable[Respondent]) -> None:
    """What was decided about each."""
    rows = [(one.inquiry_id, one.person_id, one.part, one.form) for one in outcomes]
    await conn.executemany(SET_OUTCOME, rows)


ADD_STATEMENT = """
insert into inquiry_statement (inquiry_id, bureau_id, person_id, kind, body, at) values ($1, $2, $3, $4, $5, $6)
"""


async def add_statement(conn: Connection, inquiry: Inquiry, statement: Statement) -> None:
    """Record what was said."""
    await conn.execute(
        ADD_STATEMENT,
        inquiry.id,
        inquiry.bureau_id,
        statement.person_id,
        statement.kind,
        statement.body,
        statement.at,
    )


STATEMENTS = "select to_jsonb(s) from inquiry_statement s where inquiry_id = $1 order by id"


async def statements(conn: Connection, inquiry_id: str) -> tuple[Statement, ...]:
    """What was said, for those who take part."""
    rows = await conn.fetch(STATEMENTS, inquiry_id)
    return tuple(msgspec.json.decode(row[0], type=Statement) for row in rows)


ADD_SEATS = """
insert into inquiry_seat (inquiry_id, person_id, bureau_id, recused, recusal_reason)
select $1, person, $2, person = any($4), case when person = any($4) then $5 else '' end
from unnest($3::text[]) as t (person)
"""


async def add_seats(
    conn: Connection, inquiry: Inquiry, members: Sequence[str], barred: Iterable[str], reason: str
) -> None:
    """Seat the panel; barred members are recused from the start."""
    await conn.execute(ADD_SEATS, inquiry.id, inquiry.bureau_id, list(members), list(barred), reason)


SEATS = "select person_id, recused, present from inquiry_seat where inquiry_id = $1 order by person_id"


async def seats(conn: Connection, inquiry_id: str) -> tuple[Seat, ...]:
    """The panel, for those who take part."""
    rows = await conn.fetch(SEATS, inquiry_id)
    return tuple(Seat(row["person_id"], row["recused"], row["present"]) for row in rows)


RECUSE = """
update inquiry_seat set recused = true, recusal_reason = $3 where inquiry_id = $1 and person_id = $2
returning true
"""


async def recuse(conn: Connection, inquiry_id: str, person_id: str, reason: str) -> bool:
    """The member takes no part in the vote; False for somebody who is no member."""
    return bool(await conn.fetchval(RECUSE, inquiry_id, person_id, reason))


MARK_PRESENT = "update inquiry_seat set present = person_id = any($2::text[]) where inquiry_id = $1"


async def mark_present(conn: Connection, inquiry_id: str, present: Iterable[str]) -> None:
    """Who is there at the hearing."""
    await conn.execute(MARK_PRESENT, inquiry_id, list(present))


CAST = """
insert into inquiry_vote (inquiry_id, person_id, bureau_id, choice, cast_at) values ($1, $2, $3, $4, $5)
"""


async def cast(conn: Connection, inquiry: Inquiry, person_id: str, choice: Choice, at: datetime) -> None:
    """Store a vote for ever; the key makes it one a member."""
    await conn.execute(CAST, inquiry.id, person_id, inquiry.bureau_id, choice, at)


HAS_VOTED = "select true from inquiry_vote where inquiry_id = $1 and person_id = $2"


async def has_voted(conn: Connection, inquiry_id: str, person_id: str) -> bool:
    """Whether the asking member has voted."""
    return bool(await conn.fetchval(HAS_VOTED, inquiry_id, person_id))


TALLY = "select votes_for, votes_against, abstained from inquiry_tally($1)"


async def tally(conn: Connection, inquiry_id: str) -> Tally:
    """Totals of the votes cast so far; no names."""
    row = await conn.fetchrow(TALLY, inquiry_id)
    return Tally(row["votes_for"], row["votes_against"], row["abstained"]) if row else Tally(0, 0, 0)


ADD_RESULT = """
insert into inquiry_result (inquiry_id, bureau_id, votes_for, votes_against, abstained) values ($1, $2, $3, $4, $5)
"""


async def add_result(conn: Connection, inquiry: Inquiry, totals: Tally) -> None:
    """Keep the totals that the respondents are shown."""
    await conn.execute(
        ADD_RESULT, inquiry.id, inquiry.bureau_id, totals.for_, totals.against, totals.abstained
    )


RESULTS = """
select inquiry_id, votes_for, votes_against, abstained from inquiry_result where inquiry_id = any($1::text[])
"""


async def results(conn: Connection, inquiry_ids: Sequence[str]) -> dict[str, Tally]:
    """The totals of decided inquiries, for those who take part."""
    rows = await conn.fetch(RESULTS, list(inquiry_ids))
    return {
        row["inquiry_id"]: Tally(row["votes_for"], row["votes_against"], row["abstained"]) for row in rows
    }


PAGE = """
select to_jsonb(i) from inquiry i
where ($1::text is null or state = $1) and ($2::text is null or (proposed_on, id) < ($2::date, $3))
order by proposed_on desc, id desc limit $4
"""


async def page(
    conn: Connection, state: str | None, after: tuple[str, str] | None, size: int
) -> list[Inquiry]:
    """Inquiries that the asker sees, newest first, after the cursor."""
    on, last = after or (None, None)
    rows = await conn.fetch(PAGE, state, on, last, size)
    return [msgspec.json.decode(row[0], type=Inquiry) for row in rows]
