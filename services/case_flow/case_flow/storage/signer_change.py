"""Who was asked to sign in addition, or no longer, by whom and why. Append-only."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from plumbline_shared.database import Connection

from case_flow.domain.matter import Matter


class SignerChange(msgspec.Struct, frozen=True):
    """One person added to or taken off the signatures of a step."""

    matter_id: str
    seq: int
    step: str
    person: str
    act: str
    by_person: str
    at: datetime
    reason: str


ADD = """
insert into signer_change (matter_id, seq, bureau_id, step, person, act, by_person, at, reason)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""


async def add(conn: Connection, matter: Matter, change: SignerChange) -> None:
    """Keep the change beside the version of the matter that it made."""
    await conn.execute(
        ADD,
        *(change.matter_id, change.seq, matter.bureau_id, change.step, change.person, change.act),
        *(change.by_person, change.at, change.reason),
    )


OF_MATTERS = """
select matter_id, seq, step, person, act, by_person, at, reason from signer_change
where matter_id = any($1::text[]) order by matter_id, seq
"""


async def of_matters(conn: Connection, matter_ids: Sequence[str]) -> dict[str, list[SignerChange]]:
    """The changes on matters that the asker sees, in order."""
    found: dict[str, list[SignerChange]] = {one: [] for one in matter_ids}
    for row in await conn.fetch(OF_MATTERS, list(matter_ids)):
        found[row["matter_id"]].append(SignerChange(**dict(row)))
    return found
