"""Adjudications of major cases: their seats, opinions by round, totals and rulings."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.policy import absent

from case_flow.domain.adjudication import Adjudication, MemberSeat, Opinion, Round, Ruling
from case_flow.domain.collective import Tally

ADD = "insert into adjudication select * from jsonb_populate_record(null::adjudication, $1::text::jsonb)"


async def add(conn: Connection, one: Adjudication) -> None:
    """Store a proposed adjudication."""
    await conn.execute(ADD, msgspec.json.encode(one).decode())


LOCK = "select to_jsonb(a) from adjudication a where id = $1 for update"


async def lock(conn: Connection, adjudication_id: str) -> Adjudication:
    """An adjudication that the asker sees; nobody else changes it in this transaction. Raises NotFound."""
    found: str | None = await conn.fetchval(LOCK, adjudication_id)
    if found is None:
        raise absent("adjudication")
    return msgspec.json.decode(found, type=Adjudication)


MANY = "select to_jsonb(a) from adjudication a where id = any($1::text[])"


async def many(conn: Connection, ids: Sequence[str]) -> dict[str, Adjudication]:
    """Those that the asker sees, by id."""
    rows = await conn.fetch(MANY, list(ids))
    found = [msgspec.json.decode(row[0], type=Adjudication) for row in rows]
    return {one.id: one for one in found}


IS_OPEN = "select exists (select from adjudication where matter_id = $1 and decided_on is null)"


async def is_open(conn: Connection, matter_id: str) -> bool:
    """Whether an adjudication of the case that the asker sees is under way."""
    return await conn.fetchval(IS_OPEN, matter_id)


PAGE = """
select to_jsonb(a) from adjudication a
where ($1::text is null or matter_id = $1) and ($2::date is null or (proposed_on, id) < ($2::date, $3))
order by proposed_on desc, id desc limit $4
"""


async def page(
    conn: Connection, matter_id: str | None, after: tuple[date, str] | None, size: int
) -> list[Adjudication]:
    """Adjudications that the asker sees, newest first, after the cursor."""
    on, last = after or (None, None)
    rows = await conn.fetch(PAGE, matter_id, on, last, size)
    return [msgspec.json.decode(row[0], type=Adjudication) for row in rows]


SAVE = """
update adjudication set
  state = n.state, number = n.number, chair = n.chair, convened_on = n.convened_on, quorum = n.quorum,
  meeting_on = n.meeting_on, minutes = n.minutes, votes_for = n.votes_for, votes_against = n.votes_against,
  abstained = n.abstained, carried = n.carried, decided_on = n.decided_on
from jsonb_populate_record(null::adjudication, $1::text::jsonb) n where adjudication.id = n.id
"""


async def save(conn: Connection, one: Adjudication) -> None:
    """Store the adjudication as it is after an act."""
    await conn.execute(SAVE, msgspec.json.encode(one).decode())


ADD_SEATS = """
insert into adjudication_seat
select s.* from jsonb_array_elements($1::text::jsonb) one, jsonb_populate_record(null::adjudication_seat, one) s
"""


async def add_seats(conn: Connection, one: Adjudication, seats: Iterable[MemberSeat]) -> None:
    """Seat the committee."""
    of = {"adjudication_id": one.id, "bureau_id": one.bureau_id}
    await conn.execute(
        ADD_SEATS, msgspec.json.encode([{**msgspec.to_builtins(seat), **of} for seat in seats]).decode()
    )


SEATS = "select to_jsonb(s) from adjudication_seat s where adjudication_id = $1 order by unit_id"


async def seats(conn: Connection, adjudication_id: str) -> list[MemberSeat]:
    """The committee of an adjudication that the asker sees, by unit."""
    return [msgspec.json.decode(row[0], type=MemberSeat) for row in await conn.fetch(SEATS, adjudication_id)]


RECUSE = """
update adjudication_seat set recused = true, recusal_reason = $3
where adjudication_id = $1 and person_id = $2 returning true
"""


async def recuse(conn: Connection, adjudication_id: str, person_id: str, reason: str) -> bool:
    """The member takes no part any more; False for somebody who is no member."""
    return bool(await conn.fetchval(RECUSE, adjudication_id, person_id, reason))


MARK_PRESENT = "update adjudication_seat set present = person_id = any($2::text[]) where adjudication_id = $1"


async def mark_present(conn: Connection, adjudication_id: str, names: Iterable[str]) -> None:
    """Who is at the meeting."""
    await conn.execute(MARK_PRESENT, adjudication_id, list(names))


GIVE = (
    "insert into adjudication_opinion select * from "
    "jsonb_populate_record(null::adjudication_opinion, $1::text::jsonb)"
)


async def give(conn: Connection, opinion: Opinion) -> None:
    """Store an opinion for ever; the key makes it one a member and round."""
    await conn.execute(GIVE, msgspec.json.encode(opinion).decode())


OPINIONS = (
    "select to_jsonb(o) from adjudication_opinion o where adjudication_id = $1 order by given_at, person_id"
)


async def opinions(conn: Connection, adjudication_id: str) -> list[Opinion]:
    """What the asker may read of what was said: the own opinion, after the decision all."""
    return [msgspec.json.decode(row[0], type=Opinion) for row in await conn.fetch(OPINIONS, adjudication_id)]


TALLY = "select votes_for, votes_against, abstained from adjudication_tally($1, $2)"


async def tally(conn: Connection, adjudication_id: str, of: Round) -> Tally:
    """Totals of a round so far; no names."""
    row = await conn.fetchrow(TALLY, adjudication_id, of)
    return Tally(row["votes_for"], row["votes_against"], row["abstained"]) if row else Tally(0, 0, 0)


RULING = "select amount_fen, carried, decided_on from adjudication_ruling($1)"


async def ruling(conn: Connection, matter_id: str) -> Ruling | None:
    """The latest ruling on a case, for whoever handles it."""
    row = await conn.fetchrow(RULING, matter_id)
    return Ruling(row["amount_fen"], row["carried"], row["decided_on"]) if row else None


PEOPLE = "select adjudicated_people($1)"


async def case_people(conn: Connection, adjudication_id: str) -> frozenset[str]:
    """Whoever had a part in the case; they have no vote in it."""
    return frozenset(await conn.fetchval(PEOPLE, adjudication_id) or ())
