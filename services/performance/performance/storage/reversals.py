"""Requests to take an entry back, and what was decided."""

from dataclasses import dataclass
from datetime import datetime

from plumbline_shared.database import Connection


@dataclass(frozen=True)
class ReversalRequest:
    """A request; `confirmed` is None while nobody decided."""

    id: str
    bureau_id: str
    entry_id: str
    reason: str
    requested_by: str
    confirmed: bool | None = None


ADD = """
insert into reversal_request (id, bureau_id, entry_id, reason, requested_by, requested_at)
values ($1, $2, $3, $4, $5, $6)
"""


async def add(conn: Connection, request: ReversalRequest, at: datetime) -> None:
    """Store a request."""
    who = (request.bureau_id, request.entry_id, request.reason, request.requested_by)
    await conn.execute(ADD, request.id, *who, at)


ONE = """
select request.id, request.bureau_id, request.entry_id, request.reason, request.requested_by, decision.confirmed
from reversal_request request left join reversal_decision decision on decision.request_id = request.id
where request.id = $1
"""


async def get(conn: Connection, request_id: str) -> ReversalRequest | None:
    """A request that the caller may see."""
    row = await conn.fetchrow(ONE, request_id)
    return ReversalRequest(**dict(row)) if row else None


DECIDE = """
insert into reversal_decision (request_id, bureau_id, confirmed, decided_by, decided_at) values ($1, $2, $3, $4, $5)
on conflict do nothing returning true
"""


async def decide(conn: Connection, request: ReversalRequest, confirmed: bool, by: str, at: datetime) -> bool:
    """Store the decision; False when somebody decided first."""
    return bool(await conn.fetchval(DECIDE, request.id, request.bureau_id, confirmed, by, at))
