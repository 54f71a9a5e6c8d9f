"""Receipts by locator."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from plumbline_shared.database import Connection


class CaseKind(StrEnum):
    """Which store a receipt leads to."""

    COMPLAINT = "COMPLAINT"
    REPORT = "REPORT"
    HANDED = "HANDED"


@dataclass(frozen=True)
class StoredReceipt:
    """What is kept of a receipt: its secret sealed (`fresh`) until it is hashed."""

    locator: str
    bureau_id: str
    kind: CaseKind
    case_id: str
    salt: bytes
    fresh: bytes | None
    hash: bytes | None


ADD_RECEIPT = """
with added as (
  insert into receipt (locator, bureau_id, kind, case_id, salt, fresh) values ($1, $2, $3, $4, $5, $6)
  on conflict do nothing returning locator, bureau_id
)
insert into timer (id, bureau_id, kind, ref, fire_at)
select $7 || ':' || locator, bureau_id, $7, locator, $8 from added returning true
"""


async def add_receipt(conn: Connection, row: StoredReceipt, timer: str, fire_at: datetime) -> bool:
    """Store it and have the timer `timer` harden it; False when the locator is taken: draw again."""
    added = await conn.fetchval(
        ADD_RECEIPT, row.locator, row.bureau_id, row.kind, row.case_id, row.salt, row.fresh, timer, fire_at
    )
    return bool(added)


FIND_RECEIPT = """
select locator, bureau_id, kind, case_id, salt, fresh, hash from receipt where locator = $1
"""


async def find_receipt(conn: Connection, locator: str) -> StoredReceipt | None:
    """The row of a locator."""
    row = await conn.fetchrow(FIND_RECEIPT, locator)
    if row is None:
        return None
    return StoredReceipt(
        row["locator"],
        row["bureau_id"],
        CaseKind(row["kind"]),
        row["case_id"],
        row["salt"],
        row["fresh"],
        row["hash"],
    )


HARDEN_RECEIPT = "update receipt set fresh = null, hash = $2 where locator = $1 and hash is null"


async def harden_receipt(conn: Connection, locator: str, hashed: bytes) -> None:
    """Replace the sealed secret by its hash."""
    await conn.execute(HARDEN_RECEIPT, locator, hashed)
