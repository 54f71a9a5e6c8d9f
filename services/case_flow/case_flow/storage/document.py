"""Numbers of decision documents: without gaps in a series and year, one a matter."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from plumbline_shared.database import Connection


class DecisionDocument(msgspec.Struct, frozen=True):
    """An issued decision."""

    matter_id: str
    number: str
    signers: tuple[str, ...]
    issued_by: str
    issued_at: datetime


NEXT_NUMBER = """
insert into number_series as n (bureau_id, series, year, last) values ($1, $2, $3, 1)
on conflict (bureau_id, series, year) do update set last = n.last + 1 returning last
"""


async def next_number(conn: Connection, bureau_id: str, series: str, year: int) -> int:
    """The next number of a series; concurrent callers wait for each other."""
    return await conn.fetchval(NEXT_NUMBER, bureau_id, series, year)


ISSUE = """
insert into decision_document (matter_id, bureau_id, number, signers, issued_by, issued_at)
values ($1, $2, $3, $4, $5, $6)
"""


async def issue(
    conn: Connection,
    bureau_id: str,
    document: DecisionDocument,
) -> None:
    """Store an issued document for ever."""
    await conn.execute(
        ISSUE,
        document.matter_id,
        bureau_id,
        document.number,
        list(document.signers),
        document.issued_by,
        document.issued_at,
    )


OF_MATTER = "select to_jsonb(d) from decision_document d where matter_id = $1"


async def of_matter(conn: Connection, matter_id: str) -> DecisionDocument | None:
    """The decision document of a matter that the asker sees."""
    found: str | None = await conn.fetchval(OF_MATTER, matter_id)
    return msgspec.json.decode(found, type=DecisionDocument) if found else None


DECIDING_SIGNERS = """
select s.signers from matter_step s
join matter m on m.id = s.matter_id
join item_version v on v.bureau_id = m.bureau_id and v.item_code = m.item_code and v.version = m.item_version
cross join lateral jsonb_array_elements(v.definition -> 'steps') as d
where s.matter_id = $1 and d ->> 'code' = s.step and (d ->> 'decides')::boolean
order by s.seq desc limit 1
"""


async def deciding_signers(conn: Connection, matter_id: str) -> Sequence[str]:
    """Who signed the deciding step; nobody before it is done."""
    return await conn.fetchval(DECIDING_SIGNERS, matter_id) or ()
