"""Runs of the replay: how far each has come, and what the checks found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from plumbline_shared.database import Connection


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One replay of one log with one definition in one regime. `position`: events of the log that are in."""

    id: str
    bureau_id: str
    log_name: str
    log_sha256: str
    item_code: str
    item_version: int
    regime: str
    cases: int
    events: int
    empty_cases: int
    duplicates: int
    position: int = 0
    started_at: datetime
    finished_at: datetime | None = None


@dataclass(frozen=True)
class FindingRow:
    """What a check found at the n-th event of a case."""

    case_ref: str
    event_no: int
    ordinal: int
    check_id: str
    step: str
    people: tuple[str, ...]
    at: datetime
    refused: bool


START = """
insert into replay_run (id, bureau_id, log_name, log_sha256, item_code, item_version, regime, cases, events,
                        empty_cases, duplicates, started_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (id) do nothing
"""


async def start(conn: Connection, run: Run) -> None:
    """Open a run; one that is there already stays as it is."""
    await conn.execute(
        START,
        *(run.id, run.bureau_id, run.log_name, run.log_sha256, run.item_code, run.item_version, run.regime),
        *(run.cases, run.events, run.empty_cases, run.duplicates, run.started_at),
    )


BY_ID = """
select id, bureau_id, log_name, log_sha256, item_code, item_version, regime, cases, events, empty_cases, duplicates,
       position, started_at, finished_at
from replay_run where id = $1
"""


async def get(conn: Connection, run_id: str) -> Run | None:
    """A run of the caller's bureau."""
    row = await conn.fetchrow(BY_ID, run_id)
    return msgspec.convert(dict(row), Run) if row else None


POSITION = "select position from replay_run where id = $1 for update"


async def position(conn: Connection, run_id: str) -> int:
    """How many events are in; the run is locked until the transaction ends."""
    return await conn.fetchval(POSITION, run_id)


MOVE = "update replay_run set position = $2 where id = $1"


async def move(conn: Connection, run_id: str, to: int) -> None:
    """Note how far the run has come."""
    await conn.execute(MOVE, run_id, to)


FINISH = "update replay_run set finished_at = coalesce(finished_at, $2) where id = $1"


async def finish(conn: Connection, run_id: str, at: datetime) -> None:
    """The whole log is in."""
    await conn.execute(FINISH, run_id, at)


MATTER_OF = """
select id from matter where bureau_id = plumbline_bureau() and coalesce(run_id, '') = $1 and case_ref = $2
"""


async def matter_of(conn: Connection, run_id: str, case_ref: str) -> str | None:
    """The matter of a case of the run."""
    return await conn.fetchval(MATTER_OF, run_id, case_ref)


ADD_FINDINGS = """
insert into finding (run_id, case_ref, event_no, ordinal, bureau_id, check_id, step, people, at, refused)
select $1, case_ref, event_no, ordinal, $2, check_id, step, coalesce(string_to_array(nullif(people, ''), chr(31)), '{}'), at, refused
from unnest($3::text[], $4::bigint[], $5::smallint[], $6::text[], $7::text[], $8::text[], $9::timestamptz[],
            $10::boolean[])
  as found (case_ref, event_no, ordinal, check_id, step, people, at, refused)
"""


async def add_findings(conn: Connection, bureau_id: str, run_id: str, rows: Sequence[FindingRow]) -> None:
    """Add what was found."""
    if not rows:
        return
    await conn.execute(
        ADD_FINDINGS,
        *(run_id, bureau_id, [one.case_ref for one in rows], [one.event_no for one in rows]),
        *([one.ordinal for one in rows], [one.check_id for one in rows], [one.step for one in rows]),
        *(["\x1f".join(one.people) for one in rows], [one.at for one in rows], [one.refused for one in rows]),
    )
