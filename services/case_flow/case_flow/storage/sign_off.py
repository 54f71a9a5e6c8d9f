"""Where a sign-off went: who of the roster was passed over, and why."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import msgspec
from plumbline_shared.database import Connection


class Routed(msgspec.Struct, frozen=True):
    """One person of the roster: passed over with the code of the refusal, or asked to sign (no refusal)."""

    person_id: str
    refusal: str | None


class RouteRow(msgspec.Struct, frozen=True):
    """One line of a matter's routing."""

    matter_id: str
    step: str
    on_day: date
    at: datetime
    person_id: str
    refusal: str | None


ADD = """
insert into sign_off_route (bureau_id, matter_id, step, on_day, at, person_id, refusal)
select $1, $2, $3, $4, $5, person, refusal from unnest($6::text[], $7::text[]) as t (person, refusal)
"""


async def add(
    conn: Connection,
    bureau_id: str,
    matter_id: str,
    step: str,
    on: date,
    at: datetime,
    people: Iterable[Routed],
) -> None:
    """Record the roster as it was gone through, in its order."""
    listed = list(people)
    await conn.execute(
        ADD,
        *(bureau_id, matter_id, step, on, at),
        *([one.person_id for one in listed], [one.refusal for one in listed]),
    )


OF_MATTERS = """
select matter_id, step, on_day, at, person_id, refusal from sign_off_route
where matter_id = any($1::text[]) order by matter_id, id
"""


async def of_matters(conn: Connection, matter_ids: Sequence[str]) -> dict[str, list[RouteRow]]:
    """The routing of matters that the asker sees, in order."""
    found: dict[str, list[RouteRow]] = {one: [] for one in matter_ids}
    for row in await conn.fetch(OF_MATTERS, list(matter_ids)):
        found[row["matter_id"]].append(RouteRow(**dict(row)))
    return found
