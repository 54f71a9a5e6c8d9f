"""Drafts of warning material, and what was released; nothing leads from the second to the first."""

from datetime import date, datetime

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.policy import absent

from case_flow.domain.warning_case import WarningCase, WarningDraft

PUT = """
insert into warning_draft (id, bureau_id, inquiry_id, case_id, content, drafted_by, drafted_at, state)
values ($1, $2, $3, $4, $5, $6, $7, 'DRAFT')
on conflict (inquiry_id) do update set content = excluded.content, drafted_by = excluded.drafted_by,
  drafted_at = excluded.drafted_at, state = 'DRAFT', decided_by = null, note = ''
where warning_draft.state <> 'RELEASED'
returning id
"""


async def put(conn: Connection, draft: WarningDraft, at: datetime) -> str | None:
    """The draft of an inquiry, in the place of one before it; None when that was released."""
    content = msgspec.json.encode(draft.content).decode()
    return await conn.fetchval(
        PUT,
        *(draft.id, draft.bureau_id, draft.inquiry_id, draft.case_id, content, draft.drafted_by, at),
    )


LOCK = "select to_jsonb(d) from warning_draft d where id = $1 for update"


async def lock(conn: Connection, draft_id: str) -> WarningDraft:
    """A draft that the asker sees; nobody else acts on it in this transaction. Raises NotFound."""
    found = await conn.fetchval(LOCK, draft_id)
    if found is None:
        raise absent("draft")
    return msgspec.json.decode(found, type=WarningDraft)


DRAFTS = "select to_jsonb(d) from warning_draft d where $1::text is null or id < $1 order by id desc limit $2"


async def drafts(conn: Connection, after: str | None, limit: int) -> list[WarningDraft]:
    """Those that the asker sees, the latest first."""
    return [msgspec.json.decode(row[0], type=WarningDraft) for row in await conn.fetch(DRAFTS, after, limit)]


DECIDE = "update warning_draft set state = $2, decided_by = $3, note = $4 where id = $1"


async def decide(conn: Connection, draft: WarningDraft) -> None:
    """What the head decided."""
    await conn.execute(DECIDE, draft.id, draft.state, draft.decided_by, draft.note)


ADD = "insert into warning_case select * from jsonb_populate_record(null::warning_case, $1::text::jsonb)"


async def add(conn: Connection, case: WarningCase) -> None:
    """Release the material for ever."""
    await conn.execute(ADD, msgspec.json.encode(case).decode())


MANY = "select to_jsonb(w) from warning_case w where id = any($1::text[])"


async def many(conn: Connection, ids: list[str]) -> dict[str, WarningCase]:
    """Those that the asker sees, by id."""
    rows = await conn.fetch(MANY, ids)
    return {one.id: one for one in (msgspec.json.decode(row[0], type=WarningCase) for row in rows)}


PAGE = """
select to_jsonb(w) from warning_case w where (released_on, id) < ($1, $2) order by released_on desc, id desc limit $3
"""


async def page(conn: Connection, after: tuple[date, str], limit: int) -> list[WarningCase]:
    """What was released to the asker's bureau, the latest first."""
    rows = await conn.fetch(PAGE, *after, limit)
    return [msgspec.json.decode(row[0], type=WarningCase) for row in rows]
