"""Relief decisions found in other records. Append-only."""

import msgspec
from plumbline_shared.database import Connection

from case_flow.domain.decision_register import FoundDecision

ADD = """
insert into decision_register (bureau_id, decision_no, unit_id, decided_on, matter_id, source, reported_by, reported_at)
values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing
"""


async def add(conn: Connection, one: FoundDecision) -> bool:
    """Keep it; False when the number was reported before. Whoever reports need not be able to read the register."""
    what = (one.bureau_id, one.decision_no, one.unit_id, one.decided_on, one.matter_id, one.source)
    return (await conn.execute(ADD, *what, one.reported_by, one.reported_at)).endswith(" 1")


BY_NUMBER = "select to_jsonb(d) from decision_register d where bureau_id = $1 and decision_no = $2"


async def get(conn: Connection, bureau_id: str, decision_no: str) -> FoundDecision:
    """A decision that was reported."""
    return msgspec.json.decode(await conn.fetchval(BY_NUMBER, bureau_id, decision_no), type=FoundDecision)


NEWEST = """
select to_jsonb(d) from decision_register d where bureau_id = $1 order by reported_at desc, decision_no limit $2
"""


async def newest(conn: Connection, bureau_id: str, limit: int) -> list[FoundDecision]:
    """What was reported last."""
    return [
        msgspec.json.decode(row[0], type=FoundDecision) for row in await conn.fetch(NEWEST, bureau_id, limit)
    ]
