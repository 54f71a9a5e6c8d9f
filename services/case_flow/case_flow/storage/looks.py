"""How often applicants came before acceptance."""

from collections.abc import Sequence

from plumbline_shared.database import Connection

from case_flow.domain.matter_path import Looks

LOOKS = """
select p.matter_id, count(*) as count, max(c.local_on) as last_on
from pre_review p join pre_review_check c on c.pre_review_id = p.id
where p.matter_id = any($1::text[]) group by p.matter_id
"""


async def looks_of(conn: Connection, matter_ids: Sequence[str]) -> dict[str, Looks]:
    """The looks at pre-review, for matters that had one."""
    rows = await conn.fetch(LOOKS, list(matter_ids))
    return {row["matter_id"]: Looks(row["count"], row["last_on"]) for row in rows}
