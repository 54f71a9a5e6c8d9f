"""The acts of a penalty, and of whom it is. Acts are only added."""

from datetime import date

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.policy import absent

from case_flow.domain.penalty_process import Process, Recorded


class Collectable(msgspec.Struct, frozen=True):
    """A decision as the cashier sees it."""

    matter_id: str
    fine_fen: int
    signers: tuple[str, ...]
    served_on: date | None
    paid_fen: int


ADD = "insert into penalty_act select * from jsonb_populate_record(null::penalty_act, $1::text::jsonb)"


async def add(conn: Connection, one: Recorded) -> None:
    """Store an act for ever."""
    await conn.execute(ADD, msgspec.json.encode(one).decode())


OF_MATTER = "select to_jsonb(a) from penalty_act a where matter_id = $1 order by at, id"


async def process(conn: Connection, matter_id: str) -> Process:
    """What was recorded of a penalty that the asker sees, in order."""
    rows = await conn.fetch(OF_MATTER, matter_id)
    return Process(tuple(msgspec.json.decode(row[0], type=Recorded) for row in rows))


PUT_PARTY = """
insert into penalty_party (matter_id, bureau_id, taxpayer_id, violation_point, occurred_on) values ($1, $2, $3, $4, $5)
on conflict (matter_id) do update set
  taxpayer_id = excluded.taxpayer_id, violation_point = excluded.violation_point, occurred_on = excluded.occurred_on
"""


async def put_party(
    conn: Connection, matter_id: str, bureau_id: str, violation: tuple[str, str, date]
) -> None:
    """Keep of whom the penalty is, for what and when."""
    await conn.execute(PUT_PARTY, matter_id, bureau_id, *violation)


FINED_BEFORE = "select fined_before($1, $2, $3, $4)"


async def fined_before(conn: Connection, matter_id: str, violation: tuple[str, str, date]) -> str | None:
    """The number of a decision that fined the same violation in another case, or None."""
    return await conn.fetchval(FINED_BEFORE, *violation, matter_id)


PEOPLE = "select penalty_people($1)"


async def case_people(conn: Connection, matter_id: str) -> frozenset[str] | None:
    """Who worked on a penalty case, for a legal officer; None when there is no such case."""
    found = await conn.fetchval(PEOPLE, matter_id)
    return None if found is None else frozenset(found)


COLLECTABLE = "select * from decision_to_collect($1)"


async def collectable(conn: Connection, number: str) -> Collectable:
    """The decision of a number, for a cashier. Raises NotFound."""
    row = await conn.fetchrow(COLLECTABLE, number)
    if row is None:
        raise absent("decision")
    return msgspec.convert(dict(row), Collectable)
