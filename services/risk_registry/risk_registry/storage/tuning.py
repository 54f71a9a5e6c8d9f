"""What became of the alerts of each version of an indicator, their facts, and proposals to tune it."""

from datetime import datetime

import asyncpg
import msgspec
from plumbline_shared.conditions import FactValue
from plumbline_shared.database import Connection

from risk_registry.domain.ledger import AlertOutcome
from risk_registry.domain.tuning import RecordedAlert, Tuning, TuningEvidence

COUNTS = """
select e.indicator_version_id, r.outcome, count(*) as alerts from alert_entry e
left join alert_progress r on r.alert_id = e.alert_id and r.step = 'RESOLVED'
where e.bureau_id = $1 and e.indicator_version_id is not null and ($2::text is null or e.indicator_version_id = $2)
group by e.indicator_version_id, r.outcome
"""


async def outcomes(
    conn: Connection, bureau_id: str, version_id: str | None = None
) -> dict[str, dict[AlertOutcome | None, int]]:
    """By version, how many of its alerts had which outcome; None: not yet."""
    found: dict[str, dict[AlertOutcome | None, int]] = {}
    for row in await conn.fetch(COUNTS, bureau_id, version_id):
        end = AlertOutcome(row["outcome"]) if row["outcome"] else None
        found.setdefault(row["indicator_version_id"], {})[end] = row["alerts"]
    return found


RECORDED = """
select e.alert_id, e.facts::text as facts, r.outcome from alert_entry e
left join alert_progress r on r.alert_id = e.alert_id and r.step = 'RESOLVED'
where e.bureau_id = $1 and e.kind = $2 and e.raised_at >= $3 and e.raised_at < $4
order by e.raised_at desc, e.alert_id desc limit $5
"""


async def recorded(
    conn: Connection, bureau_id: str, kind: str, start: datetime, end: datetime, most: int
) -> list[RecordedAlert]:
    """Alerts of a kind raised in `[start, end)`, newest first, at most so many."""
    rows = await conn.fetch(RECORDED, bureau_id, kind, start, end, most)
    return [_recorded(row) for row in rows]


OF_VERSION = """
select e.alert_id, e.facts::text as facts, r.outcome from alert_entry e
left join alert_progress r on r.alert_id = e.alert_id and r.step = 'RESOLVED'
where e.bureau_id = $1 and e.indicator_version_id = $2 order by e.raised_at desc, e.alert_id desc limit $3
"""


async def recorded_of(conn: Connection, bureau_id: str, version_id: str, most: int) -> list[RecordedAlert]:
    """The latest alerts that a version explained, at most so many."""
    return [_recorded(row) for row in await conn.fetch(OF_VERSION, bureau_id, version_id, most)]


ADD = """
insert into indicator_tuning (id, bureau_id, from_version_id, draft_version_id, evidence, false_positives, reason,
  proposed_by, proposed_at)
values ($1, $2, $3, $4, $5::text::jsonb, $6, $7, $8, $9)
"""


async def add_tuning(conn: Connection, one: Tuning) -> None:
    """Keep a proposal with its evidence."""
    await conn.execute(
        ADD, one.id, one.bureau_id, one.from_version, one.draft_version,
        msgspec.json.encode(one.evidence).decode(), list(one.false_positives), one.reason, one.proposed_by,
        one.proposed_at,
    )  # fmt: skip


TUNINGS = """
select *, evidence::text as evidence_text from indicator_tuning
where bureau_id = $1 and ($2::text[] is null or draft_version_id = any ($2)) order by proposed_at, id
"""


async def tunings(conn: Connection, bureau_id: str, drafts: list[str] | None = None) -> list[Tuning]:
    """Proposals that the reader may see, oldest first."""
    return [
        Tuning(
            id=row["id"],
            bureau_id=row["bureau_id"],
            from_version=row["from_version_id"],
            draft_version=row["draft_version_id"],
            evidence=msgspec.json.decode(row["evidence_text"], type=TuningEvidence),
            false_positives=tuple(row["false_positives"]),
            reason=row["reason"],
            proposed_by=row["proposed_by"],
            proposed_at=row["proposed_at"],
        )
        for row in await conn.fetch(TUNINGS, bureau_id, drafts)
    ]


def _recorded(row: asyncpg.Record) -> RecordedAlert:
    facts = msgspec.json.decode(row["facts"], type=dict[str, FactValue])
    return RecordedAlert(row["alert_id"], facts, AlertOutcome(row["outcome"]) if row["outcome"] else None)
