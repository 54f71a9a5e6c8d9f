"""Extensions asked for and decided."""

from dataclasses import dataclass
from datetime import datetime

from plumbline_shared.database import Connection
from plumbline_shared.policy import absent


@dataclass(frozen=True)
class Extension:
    """One request; `approved` is None while it waits."""

    id: str
    matter_id: str
    bureau_id: str
    days: int
    reasons: str
    requested_by: str
    requested_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    approved: bool | None = None


ASK = """
insert into extension (id, matter_id, bureau_id, days, reasons, requested_by, requested_at)
values ($1, $2, $3, $4, $5, $6, $7) on conflict (matter_id) where decided_at is null do nothing returning true
"""


async def ask(conn: Connection, extension: Extension) -> bool:
    """Add a request; False while another one waits."""
    return bool(
        await conn.fetchval(
            ASK,
            *(extension.id, extension.matter_id, extension.bureau_id, extension.days, extension.reasons),
            *(extension.requested_by, extension.requested_at),
        )
    )


DECIDE = """
update extension set decided_by = $2, decided_at = $3, approved = $4 where id = $1 and decided_at is null returning true
"""


async def decide(conn: Connection, extension_id: str, by: str, at: datetime, approved: bool) -> bool:
    """Note the decision; False when it was decided before."""
    return bool(await conn.fetchval(DECIDE, extension_id, by, at, approved))


BY_ID = """
select id, matter_id, bureau_id, days, reasons, requested_by, requested_at, decided_by, decided_at, approved
from extension where id = $1
"""


async def get(conn: Connection, extension_id: str) -> Extension:
    """A request on a matter that the caller may see. Raises NotFound."""
    row = await conn.fetchrow(BY_ID, extension_id)
    if row is None:
        raise absent("extension")
    return Extension(**dict(row))
