"""Why open steps are in whose hands, how much people have in hand, and whose turn it was."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from plumbline_shared.database import Connection

from case_flow.domain.assignment import Basis, Considered

_encode = msgspec.json.Encoder().encode
_considered = msgspec.json.Decoder(tuple[Considered, ...]).decode


class WorkAssignment(msgspec.Struct, frozen=True):
    """One time that a step came into hands. `by_person` None: the rule alone."""

    matter_id: str
    bureau_id: str
    step: str
    basis: Basis
    chosen: tuple[str, ...]
    at: datetime
    citation: str = ""
    considered: tuple[Considered, ...] = ()
    by_person: str | None = None
    reason: str = ""


ADD = """
insert into work_assignment (matter_id, bureau_id, step, rule, citation, chosen, considered, by_person, reason, at)
values ($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8, $9, $10)
"""


async def add(conn: Connection, one: WorkAssignment) -> None:
    """Keep why."""
    await conn.execute(
        ADD,
        *(one.matter_id, one.bureau_id, one.step, one.basis, one.citation, list(one.chosen)),
        *(_encode(one.considered).decode(), one.by_person, one.reason, one.at),
    )


OF_MATTERS = """
select matter_id, bureau_id, step, rule, citation, chosen, considered::text as considered, by_person, reason, at
from work_assignment where matter_id = any($1::text[]) order by matter_id, id
"""


async def of_matters(conn: Connection, matter_ids: Sequence[str]) -> dict[str, list[WorkAssignment]]:
    """How the steps of matters that the asker sees came into hands, in order."""
    found: dict[str, list[WorkAssignment]] = {one: [] for one in matter_ids}
    for row in await conn.fetch(OF_MATTERS, list(matter_ids)):
        found[row["matter_id"]].append(
            WorkAssignment(
                matter_id=row["matter_id"],
                bureau_id=row["bureau_id"],
                step=row["step"],
                basis=Basis(row["rule"]),
                citation=row["citation"],
                chosen=tuple(row["chosen"]),
                considered=_considered(row["considered"]),
                by_person=row["by_person"],
                reason=row["reason"],
                at=row["at"],
            )
        )
    return found


LOADS = "select person, open_steps from case_flow_open_load($1::text[])"


async def loads(conn: Connection, people: Sequence[str]) -> dict[str, int]:
    """How many open steps these people have; those without any are left out."""
    return {row["person"]: row["open_steps"] for row in await conn.fetch(LOADS, list(people))}


TURNS = """
select person, turn from assignment_turn
where bureau_id = $1 and item_code = $2 and step = $3 and person = any($4::text[])
"""


async def turns(
    conn: Connection, bureau_id: str, item: str, step: str, people: Sequence[str]
) -> dict[str, int]:
    """When each of these was chosen last for the step, as a growing number; those never chosen are left out."""
    rows = await conn.fetch(TURNS, bureau_id, item, step, list(people))
    return {row["person"]: row["turn"] for row in rows}


TAKE_TURN = """
insert into assignment_turn (bureau_id, item_code, step, person, turn)
select $1, $2, $3, person, nextval('assignment_turn_next') from unnest($4::text[]) person
on conflict (bureau_id, item_code, step, person) do update set turn = excluded.turn
"""


async def take_turn(conn: Connection, bureau_id: str, item: str, step: str, people: Sequence[str]) -> None:
    """These were chosen now."""
    await conn.execute(TAKE_TURN, bureau_id, item, step, list(people))
