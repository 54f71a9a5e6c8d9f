"""Regulation gaps: the question, the alerts that ask it, its answer, and what was decided."""

from collections.abc import Sequence
from datetime import datetime

import asyncpg
import msgspec
from plumbline_shared.database import Connection

from risk_registry.domain.catalogue import EntryKind
from risk_registry.domain.gaps import Answer, Decision, Proposal, RegulationGap

LOCK = "select pg_advisory_xact_lock(hashtextextended('gap:' || $1 || ':' || $2 || ':' || $3, 0))"
OPEN = """
select id from regulation_gap g where bureau_id = $1 and kind = $2 and point_id = $3
  and not exists (select from regulation_gap_answer a where a.gap_id = g.id)
"""


async def open_gap(conn: Connection, bureau_id: str, kind: str, point_id: str) -> str | None:
    """The question that is open about a kind of alert at a point, under a lock until the end of the transaction."""
    await conn.execute(LOCK, bureau_id, kind, point_id)
    return await conn.fetchval(OPEN, bureau_id, kind, point_id)


ADD = "insert into regulation_gap (id, bureau_id, kind, point_id, opened_at) values ($1, $2, $3, $4, $5)"


async def add_gap(conn: Connection, gap: RegulationGap) -> None:
    """Ask a question."""
    await conn.execute(ADD, gap.id, gap.bureau_id, gap.kind, gap.point_id, gap.opened_at)


LINKED = "select exists (select from regulation_gap_alert where alert_id = $1)"


async def is_linked(conn: Connection, alert_id: str) -> bool:
    """Whether this alert has asked before."""
    return bool(await conn.fetchval(LINKED, alert_id))


LINK = "insert into regulation_gap_alert (alert_id, gap_id, bureau_id, linked_at) values ($1, $2, $3, $4)"


async def link_alert(conn: Connection, bureau_id: str, gap_id: str, alert_id: str, at: datetime) -> None:
    """One more alert asks the question."""
    await conn.execute(LINK, alert_id, gap_id, bureau_id, at)


ANSWER = """
insert into regulation_gap_answer (gap_id, bureau_id, missing, advice, entry_kind, entry_code, entry_body, answered_by,
  answered_at)
values ($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8, $9) on conflict do nothing returning true
"""


async def add_answer(conn: Connection, bureau_id: str, gap_id: str, answer: Answer) -> bool:
    """Answer the question; False when it was answered before."""
    one = answer.proposal
    body = msgspec.json.encode(one.body).decode() if one else None
    return bool(
        await conn.fetchval(
            ANSWER, gap_id, bureau_id, one is not None, answer.advice, one.kind if one else None,
            one.code if one else None, body, answer.answered_by, answer.answered_at,
        )
    )  # fmt: skip


DECIDE = """
insert into regulation_gap_decision (gap_id, bureau_id, accepted, reason, effective_from, decided_by, decided_at)
values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning true
"""


async def add_decision(conn: Connection, bureau_id: str, gap_id: str, one: Decision) -> bool:
    """Decide a proposal; False when it was decided before."""
    return bool(
        await conn.fetchval(
            DECIDE, gap_id, bureau_id, one.accepted, one.reason, one.effective_from, one.decided_by,
            one.decided_at,
        )
    )  # fmt: skip


GAPS = """
select g.id, g.bureau_id, g.kind, g.point_id, g.opened_at,
  array(select l.alert_id from regulation_gap_alert l where l.gap_id = g.id order by l.linked_at, l.alert_id) as alerts,
  a.advice, a.entry_kind, a.entry_code, a.entry_body::text as entry_body, a.answered_by, a.answered_at,
  d.accepted, d.reason, d.effective_from, d.decided_by, d.decided_at
from regulation_gap g
left join regulation_gap_answer a on a.gap_id = g.id
left join regulation_gap_decision d on d.gap_id = g.id
where g.bureau_id = $1 and ($2::text[] is null or g.id = any ($2))
  and ($3::text is null or $3 = case
    when a.gap_id is null then 'OPEN' when not a.missing then 'NO_GAP' when d.gap_id is null then 'PROPOSED'
    when d.accepted then 'ACCEPTED' else 'DECLINED' end)
  and ($4::timestamptz is null or (g.opened_at, g.id) < ($4, $5))
order by g.opened_at desc, g.id desc limit $6
"""


async def gaps(
    conn: Connection,
    bureau_id: str,
    *,
    ids: Sequence[str] | None = None,
    state: str | None = None,
    after: tuple[datetime, str] | None = None,
    size: int | None = None,
) -> list[RegulationGap]:
    """Questions that the reader may see, newest first, after the cursor."""
    instant, last = after or (None, None)
    wanted = list(ids) if ids is not None else None
    return [_gap(row) for row in await conn.fetch(GAPS, bureau_id, wanted, state, instant, last, size)]


def _gap(row: asyncpg.Record) -> RegulationGap:
    return RegulationGap(
        id=row["id"],
        bureau_id=row["bureau_id"],
        kind=row["kind"],
        point_id=row["point_id"],
        opened_at=row["opened_at"],
        alerts=tuple(row["alerts"]),
        answer=_answer(row) if row["answered_at"] else None,
        decision=_decision(row) if row["decided_at"] else None,
    )


def _answer(row: asyncpg.Record) -> Answer:
    proposal = (
        Proposal(EntryKind(row["entry_kind"]), row["entry_code"], msgspec.json.decode(row["entry_body"]))
        if row["entry_kind"]
        else None
    )
    return Answer(row["advice"], proposal, row["answered_by"], row["answered_at"])


def _decision(row: asyncpg.Record) -> Decision:
    return Decision(
        row["accepted"], row["reason"], row["effective_from"], row["decided_by"], row["decided_at"]
    )
