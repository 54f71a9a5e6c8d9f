"""What inspected offices were told of runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from plumbline_shared.database import Connection

from case_flow.domain.inspection import InspectionRun, Notice

ADD = """
insert into inspection_notice (run_id, bureau_id, office_id, told_at, content)
select $1, $2, office, $4, $5 from unnest($3::text[]) office on conflict do nothing
"""


async def add(
    conn: Connection, run: InspectionRun, offices: Sequence[str], notice: Notice, at: datetime
) -> None:
    """Tell each office once."""
    content = msgspec.json.encode(notice).decode()
    await conn.execute(ADD, run.id, run.bureau_id, list(offices), at, content)


@dataclass(frozen=True)
class Told:
    """A notice as an office has it."""

    run_id: str
    bureau_id: str
    office_id: str
    told_at: datetime
    notice: Notice


LATEST = """
select run_id, bureau_id, office_id, told_at, content::text as content from inspection_notice
order by told_at desc, run_id, office_id limit $1
"""


async def latest(conn: Connection, limit: int) -> list[Told]:
    """Those that the asker's offices were told, the latest first."""
    return [
        Told(
            row["run_id"],
            row["bureau_id"],
            row["office_id"],
            row["told_at"],
            msgspec.json.decode(row["content"], type=Notice),
        )
        for row in await conn.fetch(LATEST, limit)
    ]
