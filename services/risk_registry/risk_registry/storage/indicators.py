"""Versions of indicators: drafts, what was activated with its evidence, and codes that were retired."""

from datetime import date, datetime

import asyncpg
import msgspec
from plumbline_shared.database import Connection

from risk_registry.domain.indicators import Case, Indicator, IndicatorVersion, Retirement

LOCK = "select pg_advisory_xact_lock(hashtextextended('indicator:' || $1 || ':' || $2, 0))"
NEXT = "select coalesce(max(version), 0) + 1 from indicator_version where bureau_id = $1 and code = $2"


async def next_version(conn: Connection, bureau_id: str, code: str) -> int:
    """The number of the next version of an indicator, under a lock until the end of the transaction."""
    await conn.execute(LOCK, bureau_id, code)
    return int(await conn.fetchval(NEXT, bureau_id, code))


INSERT = """
insert into indicator_version (id, bureau_id, code, version, alert_kind, body, author, drafted_at)
values ($1, $2, $3, $4, $5, $6::text::jsonb, $7, $8)
"""


async def add_draft(conn: Connection, draft: IndicatorVersion) -> None:
    """Keep a version that is not active yet."""
    await conn.execute(
        INSERT, draft.id, draft.bureau_id, draft.code, draft.version, draft.body.alert_kind,
        msgspec.json.encode(draft.body).decode(), draft.author, draft.drafted_at,
    )  # fmt: skip


LOCK_KIND = "select pg_advisory_xact_lock(hashtextextended('alert kind:' || $1 || ':' || $2, 0))"
ACTIVATE = """
insert into indicator_activation (version_id, bureau_id, effective_from, evidence, approver, activated_at)
values ($1, $2, $3, $4::text::jsonb, $5, $6) on conflict do nothing returning true
"""


async def lock_kind(conn: Connection, bureau_id: str, kind: str) -> None:
    """Nobody else activates an indicator of this kind of alert until the end of the transaction."""
    await conn.execute(LOCK_KIND, bureau_id, kind)


async def activate(
    conn: Connection, draft: IndicatorVersion, effective_from: date, evidence: tuple[Case, ...], by: str, at: datetime
) -> bool:  # fmt: skip
    """Let a version count from a day on; False when it was activated before."""
    kept = msgspec.json.encode(evidence).decode()
    return bool(await conn.fetchval(ACTIVATE, draft.id, draft.bureau_id, effective_from, kept, by, at))


RETIRE = """
insert into indicator_retirement (bureau_id, code, retired_from, reason, retired_by, retired_at)
values ($1, $2, $3, $4, $5, $6)
"""


async def retire(
    conn: Connection, bureau_id: str, code: str, retired_from: date, reason: str, by: str, at: datetime
) -> None:
    """End all versions of a code from a day on."""
    await conn.execute(RETIRE, bureau_id, code, retired_from, reason, by, at)


RETIREMENTS = """
select code, retired_from, retired_at from indicator_retirement where bureau_id = $1 order by sequence
"""


async def retirements(conn: Connection, bureau_id: str) -> list[Retirement]:
    """Every retirement of a bureau."""
    rows = await conn.fetch(RETIREMENTS, bureau_id)
    return [Retirement(row["code"], row["retired_from"], row["retired_at"]) for row in rows]


VERSIONS = """
select v.id, v.bureau_id, v.code, v.version, v.body::text as body, v.author, v.drafted_at,
  a.effective_from, a.approver, a.activated_at, coalesce(a.evidence::text, '[]') as evidence
from indicator_version v left join indicator_activation a on a.version_id = v.id
where v.bureau_id = $1 and ($2::text is null or v.code = $2) and ($3::text[] is null or v.id = any ($3))
  and ($4::text is null or v.code in (select k.code from indicator_version k where k.bureau_id = $1 and k.alert_kind = $4))
order by v.code, v.version
"""


async def versions(
    conn: Connection,
    bureau_id: str,
    *,
    code: str | None = None,
    ids: list[str] | None = None,
    kind: str | None = None,
) -> list[IndicatorVersion]:
    """The versions that the reader may see, drafts among them; with `kind` all of every code that ever explained it."""
    return [_version(row) for row in await conn.fetch(VERSIONS, bureau_id, code, ids, kind)]


def _version(row: asyncpg.Record) -> IndicatorVersion:
    return IndicatorVersion(
        id=row["id"],
        bureau_id=row["bureau_id"],
        code=row["code"],
        version=row["version"],
        body=msgspec.json.decode(row["body"], type=Indicator),
        author=row["author"],
        drafted_at=row["drafted_at"],
        effective_from=row["effective_from"],
        approver=row["approver"],
        activated_at=row["activated_at"],
        evidence=msgspec.json.decode(row["evidence"], type=tuple[Case, ...]),
    )
