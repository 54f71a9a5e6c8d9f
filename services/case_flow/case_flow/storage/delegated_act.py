"""Acts that count as a grantor's hands too. Append-only."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from plumbline_shared.database import Connection

from case_flow.domain.matter import Matter


class DelegatedAct(msgspec.Struct, frozen=True):
    """`person` did or signed the step with an authority of `grantor`."""

    matter_id: str
    step: str
    person: str
    grantor: str
    at: datetime


ADD = """
insert into delegated_act (matter_id, seq, bureau_id, step, person, grantor, at)
select $1, $2, $3, $4, $5, grantor, $7 from unnest($6::text[]) grantor
"""


async def add(
    conn: Connection, matter: Matter, step: str, person: str, grantors: Iterable[str], at: datetime
) -> None:
    """Keep them beside the version of the matter that the act made."""
    who = (matter.id, matter.row_version, matter.bureau_id, step, person, list(grantors), at)
    await conn.execute(ADD, *who)


OF_MATTERS = """
select matter_id, step, person, grantor, at from delegated_act
where matter_id = any($1::text[]) order by matter_id, seq, grantor
"""


async def of_matters(conn: Connection, matter_ids: Sequence[str]) -> dict[str, list[DelegatedAct]]:
    """The delegated acts on matters that the asker sees, in order."""
    found: dict[str, list[DelegatedAct]] = {one: [] for one in matter_ids}
    for row in await conn.fetch(OF_MATTERS, list(matter_ids)):
        found[row["matter_id"]].append(DelegatedAct(**dict(row)))
    return found
