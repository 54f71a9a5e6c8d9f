"""Findings of segregation, their remedies, and exceptions that expire."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import asyncpg
from plumbline_shared.database import Connection
from plumbline_shared.ids import new_id

from risk_registry.domain.segregation import SodException, Violation


@dataclass(frozen=True)
class Remedy:
    """Where the remediation of a finding stands."""

    state: str
    note: str
    control: str
    due_on: date | None
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True)
class Finding:
    """Incompatible duties of one person, with the latest remedy."""

    id: str
    bureau_id: str
    violation: Violation
    found_at: datetime
    remedy: Remedy


ADD_FINDING = """
insert into sod_finding (id, bureau_id, rule, person_id, post_ids, duties, found_at, unit_id)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""


async def add_findings(
    conn: Connection, bureau_id: str, found: Iterable[Violation], by: str, now: datetime
) -> list[str]:
    """Keep each violation as an open finding; returns their ids."""
    rows = [
        (
            new_id("sf"),
            bureau_id,
            each.rule,
            each.holder,
            list(each.posts),
            list(each.duties),
            now,
            each.unit,
        )
        for each in found
    ]
    await conn.executemany(ADD_FINDING, rows)
    ids = [row[0] for row in rows]
    opened = Remedy("OPEN", "", "", None, by, now)
    await add_remedies(conn, bureau_id, [(id_, opened) for id_ in ids])
    return ids


ADD_REMEDY = """
insert into sod_remediation (finding_id, bureau_id, state, note, control, due_on, recorded_by, recorded_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""


async def add_remedies(conn: Connection, bureau_id: str, remedies: Iterable[tuple[str, Remedy]]) -> None:
    """Record where findings stand; what was recorded before stays."""
    rows = [
        (id_, bureau_id, each.state, each.note, each.control, each.due_on, each.recorded_by, each.recorded_at)
        for id_, each in remedies
    ]
    await conn.executemany(ADD_REMEDY, rows)


FINDINGS = """
select f.*, r.state, r.note, r.control, r.due_on, r.recorded_by, r.recorded_at from sod_finding f
cross join lateral (
  select * from sod_remediation where finding_id = f.id order by sequence desc limit 1
) r
where f.bureau_id = $1
  and ($2::text is null or f.id = $2)
  and ($3::text is null or f.person_id = $3 or f.unit_id <> '')
  and ($4 or r.state <> 'CLOSED')
order by f.found_at, f.id
"""


async def findings(
    conn: Connection,
    bureau_id: str,
    id_: str | None = None,
    person: str | None = None,
    *,
    closed: bool = False,
) -> list[Finding]:
    """Findings that the reader may see: of `person` and of offices, or all; with `closed` also what is done with."""
    return [_finding(row) for row in await conn.fetch(FINDINGS, bureau_id, id_, person, closed)]


ADD_EXCEPTION = """
insert into sod_exception (bureau_id, rule, person_id, control, reason, valid_from, expires_on, granted_by, granted_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""


async def add_exception(
    conn: Connection, bureau_id: str, given: SodException, reason: str, by: str, now: datetime
) -> None:
    """Let one person break one rule until a day."""
    await conn.execute(
        ADD_EXCEPTION, bureau_id, given.rule, given.person, given.control, reason, given.valid_from,
        given.expires_on, by, now,
    )  # fmt: skip


EXCEPTIONS = """
select rule, person_id, control, valid_from, expires_on from sod_exception
where bureau_id = $1 and valid_from <= $2 and $2 < expires_on
"""


async def exceptions_on(conn: Connection, bureau_id: str, on: date) -> Sequence[SodException]:
    """The exceptions that hold on a day."""
    return [SodException(*row) for row in await conn.fetch(EXCEPTIONS, bureau_id, on)]


def _finding(row: asyncpg.Record) -> Finding:
    posts, duties = tuple(row["post_ids"]), tuple(row["duties"])
    return Finding(
        id=row["id"],
        bureau_id=row["bureau_id"],
        violation=Violation(row["rule"], row["person_id"], posts, duties, row["unit_id"]),
        found_at=row["found_at"],
        remedy=Remedy(
            row["state"], row["note"], row["control"], row["due_on"], row["recorded_by"], row["recorded_at"]
        ),
    )
