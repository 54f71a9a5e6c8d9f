"""Imported electronic assessments, and assessments by hand."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from plumbline_shared.database import Connection


class Assessed(msgspec.Struct, frozen=True):
    """What was assessed for a taxpayer and period, in fen."""

    taxpayer_id: str
    period: str
    assessed_fen: int


class ManualAssessment(msgspec.Struct, frozen=True):
    """An assessment by hand, with how far it departs; None where there is no electronic one."""

    id: str
    bureau_id: str
    taxpayer_id: str
    period: str
    assessed_fen: int
    reason: str
    assessed_by: str
    assessed_at: datetime
    departs_percent: int | None = None
    alert_id: str | None = None


IMPORT = """
insert into electronic_assessment (bureau_id, taxpayer_id, period, assessed_fen, imported_at)
select $1, taxpayer, period, fen, $5 from unnest($2::text[], $3::text[], $4::bigint[]) as t (taxpayer, period, fen)
on conflict (bureau_id, taxpayer_id, period) do update
  set assessed_fen = excluded.assessed_fen, imported_at = excluded.imported_at
"""


async def put(conn: Connection, bureau_id: str, rows: Sequence[Assessed], at: datetime) -> None:
    """Keep what the assessment system sent; a later import replaces an earlier one."""
    columns = (
        [one.taxpayer_id for one in rows],
        [one.period for one in rows],
        [one.assessed_fen for one in rows],
    )
    await conn.execute(IMPORT, bureau_id, *columns, at)


ELECTRONIC = """
select assessed_fen from electronic_assessment where bureau_id = $1 and taxpayer_id = $2 and period = $3
"""


async def electronic(conn: Connection, bureau_id: str, taxpayer_id: str, period: str) -> int | None:
    """The electronic assessment in fen, or None."""
    return await conn.fetchval(ELECTRONIC, bureau_id, taxpayer_id, period)


ADD = "insert into manual_assessment select * from jsonb_populate_record(null::manual_assessment, $1::text::jsonb)"


async def add(conn: Connection, one: ManualAssessment) -> None:
    """Store an assessment by hand for ever."""
    await conn.execute(ADD, msgspec.json.encode(one).decode())
