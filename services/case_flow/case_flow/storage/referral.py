"""Referrals to the bureau above and to the procuratorate."""

from collections.abc import Sequence
from datetime import date

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.policy import absent

from case_flow.domain.adjudication import Ruling
from case_flow.domain.referral import Referral

ADD = "insert into referral select * from jsonb_populate_record(null::referral, $1::text::jsonb)"


async def add(conn: Connection, one: Referral) -> None:
    """Store a prepared referral."""
    await conn.execute(ADD, msgspec.json.encode(one).decode())


LOCK = "select to_jsonb(r) from referral r where id = $1 for update"


async def lock(conn: Connection, referral_id: str) -> Referral:
    """A referral that the asker sees; nobody else changes it in this transaction. Raises NotFound."""
    found: str | None = await conn.fetchval(LOCK, referral_id)
    if found is None:
        raise absent("referral")
    return msgspec.json.decode(found, type=Referral)


MANY = "select to_jsonb(r) from referral r where id = any($1::text[])"


async def many(conn: Connection, ids: Sequence[str]) -> dict[str, Referral]:
    """Those that the asker sees, by id."""
    rows = await conn.fetch(MANY, list(ids))
    found = [msgspec.json.decode(row[0], type=Referral) for row in rows]
    return {one.id: one for one in found}


PAGE = """
select to_jsonb(r) from referral r
where ($1::text is null or kind = $1) and ($2::date is null or (known_on, id) < ($2::date, $3))
order by known_on desc, id desc limit $4
"""


async def page(
    conn: Connection, kind: str | None, after: tuple[date, str] | None, size: int
) -> list[Referral]:
    """Referrals that the asker sees, newest first, after the cursor."""
    on, last = after or (None, None)
    rows = await conn.fetch(PAGE, kind, on, last, size)
    return [msgspec.json.decode(row[0], type=Referral) for row in rows]


SAVE = """
update referral set
  document = n.document, sent_by = n.sent_by, sent_on = n.sent_on, acknowledge_by = n.acknowledge_by,
  receipt = n.receipt, acknowledged_by = n.acknowledged_by, acknowledged_on = n.acknowledged_on, answer = n.answer,
  carried = n.carried, amount_fen = n.amount_fen, answered_by = n.answered_by, answered_on = n.answered_on
from jsonb_populate_record(null::referral, $1::text::jsonb) n where referral.id = n.id
"""


async def save(conn: Connection, one: Referral) -> None:
    """Store the referral as it is after an act."""
    await conn.execute(SAVE, msgspec.json.encode(one).decode())


SUPERIOR_RULING = "select amount_fen, carried, decided_on from superior_ruling($1)"


async def superior_ruling(conn: Connection, matter_id: str) -> Ruling | None:
    """How the bureau above ruled on a case, for whoever handles it."""
    row = await conn.fetchrow(SUPERIOR_RULING, matter_id)
    return Ruling(row["amount_fen"], row["carried"], row["decided_on"]) if row else None
