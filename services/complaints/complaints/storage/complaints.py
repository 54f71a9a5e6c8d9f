"""Service complaints. Text and contact are sealed; they are read apart from the rest."""

from collections.abc import Sequence
from datetime import date

import asyncpg
from plumbline_shared.database import Connection

from complaints.domain.complaint import Complaint, ComplaintKind, ComplaintState

ADD_COMPLAINT = """
insert into complaint (id, bureau_id, kind, unit_id, person_id, typed_by, received_on, occurred_on, text_sealed,
  contact_sealed, state, accept_due_on)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""


async def add_complaint(conn: Connection, one: Complaint, text: bytes, contact: bytes | None) -> None:
    """Store a new complaint with its sealed parts."""
    await conn.execute(
        ADD_COMPLAINT,
        one.id,
        one.bureau_id,
        one.kind,
        one.unit_id,
        one.person_id,
        one.typed_by,
        one.received_on,
        one.occurred_on,
        text,
        contact,
        one.state,
        one.accept_due_on,
    )


FIND_COMPLAINTS = """
select id, bureau_id, kind, unit_id, person_id, typed_by, received_on, occurred_on, state, accept_due_on,
  accepted_on, accepted_by, decide_due_on, decided_on, decided_by, substantiated, corrected, fed_back_on, overturned_on
from complaint where id = any ($1::text[])
"""


async def find_complaints(conn: Connection, ids: Sequence[str]) -> dict[str, Complaint]:
    """Those of `ids` that the reader sees."""
    return {row["id"]: _complaint(row) for row in await conn.fetch(FIND_COMPLAINTS, ids)}


LOCK_COMPLAINT = FIND_COMPLAINTS + " for update"


async def lock_complaint(conn: Connection, complaint_id: str) -> Complaint | None:
    """The complaint, locked until the transaction ends; None when absent, or not the caller's to change."""
    row = await conn.fetchrow(LOCK_COMPLAINT, [complaint_id])
    return None if row is None else _complaint(row)


LIST_COMPLAINTS = """
select id, bureau_id, kind, unit_id, person_id, typed_by, received_on, occurred_on, state, accept_due_on,
  accepted_on, accepted_by, decide_due_on, decided_on, decided_by, substantiated, corrected, fed_back_on, overturned_on
from complaint
where ($1::text is null or state = $1)
  and ($2::date is null or (received_on, id) < ($2, $3))
order by received_on desc, id desc limit $4
"""


async def list_complaints(
    conn: Connection, state: ComplaintState | None, after: tuple[date, str] | None, limit: int
) -> list[Complaint]:
    """The reader's complaints, newest first; `after` is (received_on, id) of the row before."""
    day, last = after or (None, None)
    return [_complaint(row) for row in await conn.fetch(LIST_COMPLAINTS, state, day, last, limit)]


SAVE_COMPLAINT = """
update complaint set state = $2, accepted_on = $3, accepted_by = $4, decide_due_on = $5, decided_on = $6,
  decided_by = $7, substantiated = $8, corrected = $9, fed_back_on = $10, overturned_on = $11
where id = $1
"""


async def save_complaint(conn: Connection, one: Complaint) -> None:
    """Store the step that a complaint took."""
    await conn.execute(
        SAVE_COMPLAINT,
        one.id,
        one.state,
        one.accepted_on,
        one.accepted_by,
        one.decide_due_on,
        one.decided_on,
        one.decided_by,
        one.substantiated,
        one.corrected,
        one.fed_back_on,
        one.overturned_on,
    )


READ_SEALED = "select text_sealed, contact_sealed from complaint where id = $1"


async def read_sealed(conn: Connection, complaint_id: str) -> tuple[bytes, bytes | None] | None:
    """(text, contact) as sealed; None when the reader does not see the row."""
    row = await conn.fetchrow(READ_SEALED, complaint_id)
    return None if row is None else (row["text_sealed"], row["contact_sealed"])


def _complaint(row: asyncpg.Record) -> Complaint:
    return Complaint(
        id=row["id"],
        bureau_id=row["bureau_id"],
        kind=ComplaintKind(row["kind"]),
        unit_id=row["unit_id"],
        person_id=row["person_id"],
        typed_by=row["typed_by"],
        received_on=row["received_on"],
        occurred_on=row["occurred_on"],
        state=ComplaintState(row["state"]),
        accept_due_on=row["accept_due_on"],
        accepted_on=row["accepted_on"],
        accepted_by=row["accepted_by"],
        decide_due_on=row["decide_due_on"],
        decided_on=row["decided_on"],
        decided_by=row["decided_by"],
        substantiated=row["substantiated"],
        corrected=row["corrected"],
        fed_back_on=row["fed_back_on"],
        overturned_on=row["overturned_on"],
    )
