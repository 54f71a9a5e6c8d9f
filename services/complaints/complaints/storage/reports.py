"""Sealed reports as their handlers see them, and the hand-carried ones of which nothing is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg
from plumbline_shared.database import Connection

from complaints.domain.report import Disposition, Outcome, Report
from complaints.storage.keys import Wrap

ADD_REPORT = """
with report as (
  insert into sealed_report (id, bureau_id, received_on, named, handlers, content, identity, repeat_of,
    notice_due_on)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id
)
insert into sealed_wrap (report_id, person_id, part, wrapped)
select report.id, wrap.* from report, unnest($10::text[], $11::text[], $12::bytea[]) as wrap
"""


async def add_report(
    conn: Connection, one: Report, content: bytes, identity: bytes | None, wraps: Sequence[Wrap]
) -> None:
    """Store a new report with its sealed parts and the keys to them."""
    await conn.execute(
        ADD_REPORT,
        one.id,
        one.bureau_id,
        one.received_on,
        one.named,
        sorted(one.handlers),
        content,
        identity,
        one.repeat_of,
        one.notice_due_on,
        [wrap.person_id for wrap in wraps],
        [wrap.part for wrap in wraps],
        [wrap.wrapped for wrap in wraps],
    )


FIND_REPORT = """
select id, bureau_id, received_on, named, handlers, repeat_of, notice_due_on, notice_sent_on, disposition,
  disposed_on, outcome, closed_on, result_due_on, result_sent_on
from sealed_report where id = $1
"""


async def find_report(conn: Connection, report_id: str) -> Report | None:
    """The report; None for whoever the routing did not let in."""
    row = await conn.fetchrow(FIND_REPORT, report_id)
    return None if row is None else _report(row)


LOCK_REPORT = FIND_REPORT + " for update"


async def lock_report(conn: Connection, report_id: str) -> Report | None:
    """The same, locked until the transaction ends."""
    row = await conn.fetchrow(LOCK_REPORT, report_id)
    return None if row is None else _report(row)


LIST_REPORTS = """
select id, bureau_id, received_on, named, handlers, repeat_of, notice_due_on, notice_sent_on, disposition,
  disposed_on, outcome, closed_on, result_due_on, result_sent_on
from sealed_report order by received_on desc, id limit $1
"""


async def list_reports(conn: Connection, limit: int) -> list[Report]:
    """The reader's reports, newest first."""
    return [_report(row) for row in await conn.fetch(LIST_REPORTS, limit)]


SAVE_REPORT = """
update sealed_report set repeat_of = $2, notice_due_on = $3, notice_sent_on = $4, disposition = $5,
  disposed_on = $6, outcome = $7, closed_on = $8, result_due_on = $9, result_sent_on = $10
where id = $1
"""


async def save_report(conn: Connection, one: Report) -> None:
    """Store the step that a report took."""
    await conn.execute(
        SAVE_REPORT,
        one.id,
        one.repeat_of,
        one.notice_due_on,
        one.notice_sent_on,
        one.disposition,
        one.disposed_on,
        one.outcome,
        one.closed_on,
        one.result_due_on,
        one.result_sent_on,
    )


READ_CONTENT = "select content from sealed_report where id = $1"


async def read_content(conn: Connection, report_id: str) -> bytes | None:
    """The sealed content; None when the reader does not see the row."""
    return await conn.fetchval(READ_CONTENT, report_id)


READ_IDENTITY = "select identity from sealed_report where id = $1"


async def read_identity(conn: Connection, report_id: str) -> bytes | None:
    """The sealed identity; None for an anonymous report or when the reader does not see the row."""
    return await conn.fetchval(READ_IDENTITY, report_id)


@dataclass(frozen=True)
class Handed:
    """All that is stored about a report on somebody managed one level up."""

    id: str
    bureau_id: str
    received_at: datetime
    handed_to: str


ADD_HANDED = "insert into handed_report (id, bureau_id, received_at, handed_to) values ($1, $2, $3, $4)"


async def add_handed(conn: Connection, one: Handed) -> None:
    """Record that a report was carried by hand."""
    await conn.execute(ADD_HANDED, one.id, one.bureau_id, one.received_at, one.handed_to)


LIST_HANDED = """
select id, bureau_id, received_at, handed_to from handed_report order by received_at desc, id limit $1
"""


async def list_handed(conn: Connection, limit: int) -> list[Handed]:
    """What was handed to the reader."""
    rows = await conn.fetch(LIST_HANDED, limit)
    return [Handed(row["id"], row["bureau_id"], row["received_at"], row["handed_to"]) for row in rows]


FIND_HANDED = "select id, bureau_id, received_at, handed_to from handed_report where id = $1"


async def find_handed(conn: Connection, handed_id: str) -> Handed | None:
    """One hand-carried report."""
    row = await conn.fetchrow(FIND_HANDED, handed_id)
    return None if row is None else Handed(row["id"], row["bureau_id"], row["received_at"], row["handed_to"])


def _report(row: asyncpg.Record) -> Report:
    return Report(
        id=row["id"],
        bureau_id=row["bureau_id"],
        received_on=row["received_on"],
        named=row["named"],
        handlers=frozenset(row["handlers"]),
        repeat_of=row["repeat_of"],
        notice_due_on=row["notice_due_on"],
        notice_sent_on=row["notice_sent_on"],
        disposition=Disposition(row["disposition"]) if row["disposition"] else None,
        disposed_on=row["disposed_on"],
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        closed_on=row["closed_on"],
        result_due_on=row["result_due_on"],
        result_sent_on=row["result_sent_on"],
    )
