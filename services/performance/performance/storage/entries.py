"""Rows of the ledger."""

from collections.abc import Iterable, Sequence

import asyncpg
from plumbline_shared.database import Connection

from performance.domain.ledger import Entry, EntryKind
from performance.domain.rules import RuleCode
from performance.domain.subjects import Subject, SubjectKind

ADD = """
insert into entry (id, kind, subject_kind, subject_id, bureau_id, unit_id, rule, rule_set_version, points, event_id,
  incident_id, occurred_on, year, recorded_at, posting, reverses_id, reason)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
"""


async def add(conn: Connection, entries: Iterable[Entry]) -> None:
    """Add entries in order."""
    await conn.executemany(
        ADD,
        [
            (
                one.id,
                one.kind,
                one.subject.kind,
                one.subject.id,
                one.bureau_id,
                one.unit_id,
                one.rule,
                one.rule_set_version,
                one.points,
                one.event_id,
                one.incident_id,
                one.occurred_on,
                one.occurred_on.year,
                one.recorded_at,
                one.posting,
                one.reverses_id,
                one.reason,
            )
            for one in entries
        ],
    )


OF_EVENTS = "select * from entry where event_id = any($1::text[]) order by ordinal"


async def of_events(conn: Connection, event_ids: Sequence[str]) -> list[Entry]:
    """Entries with their counter-entries for these pieces of evidence."""
    return [_entry(row) for row in await conn.fetch(OF_EVENTS, list(event_ids))]


OF_SUBJECTS = """
select entry.* from entry
join unnest($1::text[], $2::text[], $3::int[]) asked (subject_kind, subject_id, year)
  using (subject_kind, subject_id, year)
order by ordinal
"""


async def of_subjects(conn: Connection, asked: Sequence[tuple[Subject, int]]) -> list[Entry]:
    """Entries of subjects and years, as far as the caller may see them."""
    kinds = [subject.kind for subject, _year in asked]
    ids = [subject.id for subject, _year in asked]
    return [_entry(row) for row in await conn.fetch(OF_SUBJECTS, kinds, ids, [year for _s, year in asked])]


BY_ID = "select * from entry where id = any($1::text[]) or reverses_id = any($1::text[]) order by ordinal"


async def by_ids(conn: Connection, ids: Sequence[str]) -> list[Entry]:
    """Entries by id with their counter-entries, as far as the caller may see them."""
    return [_entry(row) for row in await conn.fetch(BY_ID, list(ids))]


def _entry(row: asyncpg.Record) -> Entry:
    return Entry(
        id=row["id"],
        kind=EntryKind(row["kind"]),
        subject=Subject(SubjectKind(row["subject_kind"]), row["subject_id"]),
        bureau_id=row["bureau_id"],
        unit_id=row["unit_id"],
        rule=RuleCode(row["rule"]),
        rule_set_version=row["rule_set_version"],
        points=row["points"],
        event_id=row["event_id"],
        incident_id=row["incident_id"],
        occurred_on=row["occurred_on"],
        recorded_at=row["recorded_at"],
        posting=row["posting"],
        reverses_id=row["reverses_id"],
        reason=row["reason"],
    )
