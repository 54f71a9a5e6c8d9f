"""The roll call of an inquiry by name, for the discipline lead while an appeal is open (C-14)."""

from datetime import datetime

from plumbline_shared.database import Database
from plumbline_shared.principal import Principal

from case_flow.storage import inquiry_record as records
from case_flow.storage.inquiry_record import NamedVote


async def roll_call_of(
    db: Database, principal: Principal, inquiry_id: str, now: datetime
) -> tuple[NamedVote, ...]:
    """The votes by name; empty for everybody else, and before or after the review.

    A read that writes: its entry goes to the sealed log in the same transaction.
    """
    async with db.transaction(principal) as conn:
        return await records.roll_call(conn, inquiry_id, now)
