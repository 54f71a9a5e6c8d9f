"""Drafts of rules and what was decided about them."""

from collections.abc import Sequence

import asyncpg
import msgspec
from plumbline_shared.database import Connection

from risk_registry.domain.catalogue import EntryKind
from risk_registry.domain.entry_drafts import EntryDraft

ADD = """
insert into entry_draft (id, bureau_id, kind, code, body, retired, effective_from, drafted_by, drafted_at)
values ($1, $2, $3, $4, $5::text::jsonb, $6, $7, $8, $9)
"""


async def add_draft(conn: Connection, bureau_id: str, draft: EntryDraft) -> None:
    """Keep a draft."""
    body = msgspec.json.encode(draft.body).decode()
    await conn.execute(
        ADD, draft.id, bureau_id, draft.kind, draft.code, body, draft.retired, draft.effective_from,
        draft.drafted_by, draft.drafted_at,
    )  # fmt: skip


DECIDE = """
update entry_draft set accepted = $2, reason = $3, decided_by = $4, decided_at = $5
where id = $1 and accepted is null returning true
"""


async def decide_draft(conn: Connection, draft: EntryDraft) -> bool:
    """Keep the decision; False when somebody decided before."""
    return bool(
        await conn.fetchval(
            DECIDE, draft.id, draft.accepted, draft.reason, draft.decided_by, draft.decided_at
        )
    )


DRAFTS = """
select id, kind, code, body::text as body, retired, effective_from, drafted_by, drafted_at, accepted, reason,
       decided_by, decided_at
from entry_draft
where bureau_id = $1 and ($2::text is null or id = $2) and (not $3 or accepted is null)
order by drafted_at desc, id desc limit 200
"""


async def drafts(
    conn: Connection, bureau_id: str, id_: str | None = None, *, only_open: bool = False
) -> Sequence[EntryDraft]:
    """The latest drafts that the reader may see, newest first."""
    return [_draft(row) for row in await conn.fetch(DRAFTS, bureau_id, id_, only_open)]


def _draft(row: asyncpg.Record) -> EntryDraft:
    return EntryDraft(
        row["id"], EntryKind(row["kind"]), row["code"], msgspec.json.decode(row["body"]), row["retired"],
        row["effective_from"], row["drafted_by"], row["drafted_at"], row["accepted"], row["reason"],
        row["decided_by"], row["decided_at"],
    )  # fmt: skip
