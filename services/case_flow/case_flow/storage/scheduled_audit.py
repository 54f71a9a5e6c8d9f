"""Adopted audit programmes, the audits of each round, their workpapers."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.policy import absent

from case_flow.domain.scheduled_audit import ScheduledAudit


class Workpaper(msgspec.Struct, frozen=True):
    """A filled-in workpaper."""

    id: str
    audit_id: str
    bureau_id: str
    submission: dict[str, Any]
    made_by: str
    made_at: datetime


ADOPT = """
insert into audit_programme (bureau_id, code, adopted_by, adopted_on) values ($1, $2, $3, $4) on conflict do nothing
"""


async def adopt(conn: Connection, bureau_id: str, code: str, by: str, on: date) -> bool:
    """Keep that the bureau runs an audit; False when it does already."""
    return (await conn.execute(ADOPT, bureau_id, code, by, on)).endswith(" 1")


ADD = (
    "insert into scheduled_audit select * from jsonb_populate_record(null::scheduled_audit, $1::text::jsonb)"
)


async def add(conn: Connection, one: ScheduledAudit) -> None:
    """Store an opened audit."""
    await conn.execute(ADD, msgspec.json.encode(one).decode())


LOCK = "select to_jsonb(a) from scheduled_audit a where id = $1 for update"


async def lock(conn: Connection, audit_id: str) -> ScheduledAudit:
    """An audit that the asker sees; nobody else changes it in this transaction. Raises NotFound."""
    found: str | None = await conn.fetchval(LOCK, audit_id)
    if found is None:
        raise absent("audit")
    return msgspec.json.decode(found, type=ScheduledAudit)


MANY = "select to_jsonb(a) from scheduled_audit a where id = any($1::text[])"


async def many(conn: Connection, ids: Sequence[str]) -> list[ScheduledAudit]:
    """Those that the asker sees."""
    return [msgspec.json.decode(row[0], type=ScheduledAudit) for row in await conn.fetch(MANY, list(ids))]


PAGE = "select to_jsonb(a) from scheduled_audit a order by opened_at desc, id desc limit $1"


async def page(conn: Connection, size: int) -> list[ScheduledAudit]:
    """Audits that the asker sees, the newest first."""
    return [msgspec.json.decode(row[0], type=ScheduledAudit) for row in await conn.fetch(PAGE, size)]


OPENED = """
select exists (select from scheduled_audit where bureau_id = $1 and code = $2 and period_from = $3)
"""


async def opened(conn: Connection, bureau_id: str, code: str, period_from: date) -> bool:
    """Whether an audit of the round was opened."""
    return await conn.fetchval(OPENED, bureau_id, code, period_from)


CLOSE = "update scheduled_audit set report = $2, closed_by = $3, closed_at = $4 where id = $1 and closed_at is null"


async def close(conn: Connection, audit_id: str, report: str, by: str, at: datetime) -> None:
    """Store the report; the audit is over."""
    await conn.execute(CLOSE, audit_id, report, by, at)


ADD_PAPER = (
    "insert into audit_workpaper select * from jsonb_populate_record(null::audit_workpaper, $1::text::jsonb)"
)


async def add_workpaper(conn: Connection, one: Workpaper) -> None:
    """Store a workpaper for ever."""
    await conn.execute(ADD_PAPER, msgspec.json.encode(one).decode())


PAPERS = "select to_jsonb(w) from audit_workpaper w where audit_id = $1 order by made_at, id"


async def workpapers(conn: Connection, audit_id: str) -> list[Workpaper]:
    """The workpapers of an audit that the asker sees."""
    return [msgspec.json.decode(row[0], type=Workpaper) for row in await conn.fetch(PAPERS, audit_id)]
