"""Cases about the conduct of staff beside a taxpayer's case: read by discipline alone."""

from collections.abc import Sequence

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.policy import absent

from case_flow.domain.staff_case import StaffCase

ADD = "insert into staff_case select * from jsonb_populate_record(null::staff_case, $1::text::jsonb)"


async def add(conn: Connection, one: StaffCase) -> None:
    """Store a lead. Whoever hands it over does not read it again."""
    await conn.execute(ADD, msgspec.json.encode(one).decode())


LOCK = "select to_jsonb(c) from staff_case c where id = $1 for update"


async def lock(conn: Connection, case_id: str) -> StaffCase:
    """A case that the asker sees; nobody else changes it in this transaction. Raises NotFound."""
    found: str | None = await conn.fetchval(LOCK, case_id)
    if found is None:
        raise absent("case")
    return msgspec.json.decode(found, type=StaffCase)


MANY = "select to_jsonb(c) from staff_case c where id = any($1::text[])"


async def many(conn: Connection, ids: Sequence[str]) -> dict[str, StaffCase]:
    """Those that the asker sees, by id."""
    rows = await conn.fetch(MANY, list(ids))
    found = [msgspec.json.decode(row[0], type=StaffCase) for row in rows]
    return {one.id: one for one in found}


PAGE = "select to_jsonb(c) from staff_case c order by handed_at desc, id desc limit $1"


async def page(conn: Connection, size: int) -> list[StaffCase]:
    """The newest cases that the asker sees."""
    return [msgspec.json.decode(row[0], type=StaffCase) for row in await conn.fetch(PAGE, size)]


SAVE = """
update staff_case set
  state = n.state, investigators = n.investigators, opened_by = n.opened_by, opened_on = n.opened_on,
  outcome = n.outcome, report = n.report, closed_by = n.closed_by, closed_on = n.closed_on
from jsonb_populate_record(null::staff_case, $1::text::jsonb) n where staff_case.id = n.id
"""


async def save(conn: Connection, one: StaffCase) -> None:
    """Store the case as it is after an act."""
    await conn.execute(SAVE, msgspec.json.encode(one).decode())


PEOPLE = "select paired_people($1)"


async def case_people(conn: Connection, case_id: str) -> frozenset[str]:
    """Whoever had a part in the taxpayer's case."""
    return frozenset(await conn.fetchval(PEOPLE, case_id) or ())
