"""What is kept of an inquiry beside its votes: questions with their evidence, the review of its publication."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from plumbline_shared.database import Connection

from case_flow.domain.collective import Choice
from case_flow.domain.inquiry_record import Evidence, PublicationReview, Question

ADD_QUESTION = "insert into inquiry_question select * from jsonb_populate_record(null::inquiry_question, $1::text::jsonb)"


async def add_question(conn: Connection, one: Question) -> None:
    """Keep a question with its answer for ever."""
    await conn.execute(ADD_QUESTION, msgspec.json.encode(one).decode())


QUESTIONS = "select to_jsonb(q) from inquiry_question q where inquiry_id = $1 order by at, id"


async def questions(conn: Connection, inquiry_id: str) -> tuple[Question, ...]:
    """What was asked, for those who take part."""
    rows = await conn.fetch(QUESTIONS, inquiry_id)
    return tuple(msgspec.json.decode(row[0], type=Question) for row in rows)


SLIPS = "select inquiry_slips($1, $2::text[])"


async def slips_among(conn: Connection, inquiry_id: str, evidence: Sequence[Evidence]) -> frozenset[str]:
    """Those slips of the evidence that are of the matter behind the inquiry."""
    given = [one.slip_id for one in evidence if one.slip_id is not None]
    return frozenset(await conn.fetchval(SLIPS, inquiry_id, given) or ())


RECUSED = "select incident_recused($1, $2::text[])"


async def recused(conn: Connection, incident_id: str, persons: Sequence[str]) -> frozenset[str]:
    """Those of the persons who keep off the matter of an incident."""
    return frozenset(await conn.fetchval(RECUSED, incident_id, list(persons)) or ())


ADD_REVIEW = """
insert into inquiry_publication_review
select * from jsonb_populate_record(null::inquiry_publication_review, $1::text::jsonb)
on conflict do nothing returning true
"""


async def add_review(conn: Connection, one: PublicationReview) -> bool:
    """Keep the legal review of the publication; False when there is one."""
    return bool(await conn.fetchval(ADD_REVIEW, msgspec.json.encode(one).decode()))


REVIEW = "select to_jsonb(r) from inquiry_publication_review r where inquiry_id = $1"


async def review(conn: Connection, inquiry_id: str) -> PublicationReview | None:
    """The legal review of the publication, for those who take part."""
    found: str | None = await conn.fetchval(REVIEW, inquiry_id)
    return msgspec.json.decode(found, type=PublicationReview) if found else None


class NamedVote(msgspec.Struct, frozen=True):
    """A vote with its name, read under seal."""

    person_id: str
    choice: Choice
    cast_at: datetime


ROLL_CALL = "select person_id, choice, cast_at from inquiry_roll_call($1, $2)"


async def roll_call(conn: Connection, inquiry_id: str, now: datetime) -> tuple[NamedVote, ...]:
    """The votes by name while an appeal is open; a read that writes its entry. Empty for all but the discipline lead."""
    rows = await conn.fetch(ROLL_CALL, inquiry_id, now)
    return tuple(NamedVote(row["person_id"], Choice(row["choice"]), row["cast_at"]) for row in rows)
