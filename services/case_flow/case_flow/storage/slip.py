"""Transfer slips: the paper's way from unit to unit."""

from dataclasses import dataclass
from datetime import date, datetime

from plumbline_shared.database import Connection
from plumbline_shared.policy import absent


@dataclass(frozen=True)
class Slip:
    """One slip. Only a hash of the paper's barcode is kept; `document_hash` is the electronic file's SHA-256."""

    id: str
    matter_id: str
    bureau_id: str
    from_unit: str
    to_unit: str
    point: str
    sent_by: str
    sent_at: datetime
    barcode_hash: bytes
    due_on: date
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    document_hash: bytes | None = None


SEND = """
insert into slip (id, matter_id, bureau_id, from_unit, to_unit, point, sent_by, sent_at, barcode_hash, due_on, document_hash)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""


async def send(conn: Connection, slip: Slip) -> None:
    """Add a slip on its way."""
    await conn.execute(
        SEND,
        *(slip.id, slip.matter_id, slip.bureau_id, slip.from_unit, slip.to_unit, slip.point),
        *(slip.sent_by, slip.sent_at, slip.barcode_hash, slip.due_on, slip.document_hash),
    )


ACKNOWLEDGE = """
update slip set acknowledged_by = $2, acknowledged_at = $3 where id = $1 and acknowledged_at is null returning true
"""


async def acknowledge(conn: Connection, slip_id: str, by: str, at: datetime) -> bool:
    """The paper arrived; False when that was noted before."""
    return bool(await conn.fetchval(ACKNOWLEDGE, slip_id, by, at))


BY_ID = """
select id, matter_id, bureau_id, from_unit, to_unit, point, sent_by, sent_at, barcode_hash, due_on, acknowledged_by,
       acknowledged_at, document_hash
from slip where id = $1
"""


async def get(conn: Connection, slip_id: str) -> Slip:
    """A slip of a matter that the caller may see. Raises NotFound."""
    row = await conn.fetchrow(BY_ID, slip_id)
    if row is None:
        raise absent("slip")
    return Slip(**dict(row))


ON_THEIR_WAY = """
select id from slip where bureau_id = $1 and acknowledged_at is null and id > $2 order by id limit $3
"""


async def on_their_way(conn: Connection, bureau_id: str, after: str, limit: int) -> list[str]:
    """Ids of the slips that nobody acknowledged yet, in order, after an id."""
    return [row["id"] for row in await conn.fetch(ON_THEIR_WAY, bureau_id, after, limit)]


SET_DUE = "update slip set due_on = $2 where id = $1 and acknowledged_at is null"


async def set_due(conn: Connection, slip_id: str, due_on: date) -> None:
    """Another last day to acknowledge it."""
    await conn.execute(SET_DUE, slip_id, due_on)


OF_MATTER = BY_ID.replace("where id = $1", "where matter_id = any($1::text[]) order by sent_at, id")


async def of_matters(conn: Connection, matter_ids: list[str]) -> dict[str, list[Slip]]:
    """All slips of these matters, in order."""
    found: dict[str, list[Slip]] = {one: [] for one in matter_ids}
    for row in await conn.fetch(OF_MATTER, matter_ids):
        found[row["matter_id"]].append(Slip(**dict(row)))
    return found
