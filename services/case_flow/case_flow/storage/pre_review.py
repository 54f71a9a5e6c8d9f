"""Applications before acceptance, and each look at them."""

from collections.abc import Sequence

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.policy import absent

from case_flow.domain.matter import Completion
from case_flow.domain.pre_review import Check, PreReview

OPEN = """
insert into pre_review (id, bureau_id, receipt_no, code_hash, item_code, item_version, item_hash, step, unit_id,
                        office_id, title, form, opened_by, opened_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
"""


async def add(conn: Connection, review: PreReview, code_hash: bytes) -> None:
    """Store an application that was looked at for the first time; `add_check` follows."""
    await conn.execute(
        OPEN,
        *(review.id, review.bureau_id, review.receipt_no, code_hash, review.item_code, review.item_version),
        *(review.item_hash, review.step, review.unit_id, review.office_id, review.title, review.form),
        *(review.opened_by, review.opened_at),
    )


ADD_CHECK = """
insert into pre_review_check (pre_review_id, seq, bureau_id, at, local_on, by_person, given, missing)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""


async def add_check(conn: Connection, review: PreReview, check: Check) -> None:
    """Store one look, for ever."""
    given, missing = (msgspec.json.encode(one).decode() for one in (check.given, check.missing))
    await conn.execute(
        ADD_CHECK, review.id, check.seq, review.bureau_id, check.at, check.on, check.by, given, missing
    )


MANY = """
select p.id, p.bureau_id, p.receipt_no, p.item_code, p.item_version, p.item_hash, p.step, p.unit_id, p.office_id,
       p.title, p.form, p.opened_by, p.opened_at, p.matter_id, (
         select coalesce(jsonb_agg(jsonb_build_object('seq', c.seq, 'at', c.at, 'on', c.local_on, 'by', c.by_person,
                                                      'given', c.given, 'missing', c.missing) order by c.seq), '[]')::text
         from pre_review_check c where c.pre_review_id = p.id) as checks
from pre_review p where p.id = any($1::text[])
"""


async def many(conn: Connection, ids: Sequence[str]) -> dict[str, PreReview]:
    """Those of the applications that the asker sees, by id."""
    return {row["id"]: _review(dict(row)) for row in await conn.fetch(MANY, list(ids))}


LOCK = "select id from pre_review where id = $1 for update"


async def lock(conn: Connection, review_id: str) -> PreReview:
    """An application that the asker sees; nobody else acts on it in this transaction. Raises NotFound."""
    if await conn.fetchval(LOCK, review_id) is None:
        raise absent("pre-review")
    return (await many(conn, [review_id]))[review_id]


BY_RECEIPT = MANY.replace("p.id = any($1::text[])", "p.receipt_no = $1 and p.code_hash = $2")


async def by_receipt(conn: Connection, receipt_no: str, code_hash: bytes) -> PreReview | None:
    """The application whose receipt number and code these are."""
    row = await conn.fetchrow(BY_RECEIPT, receipt_no, code_hash)
    return _review(dict(row)) if row else None


CODE_HASH = "select code_hash from pre_review where id = $1"


async def code_hash(conn: Connection, review_id: str) -> bytes:
    """What is kept of the receipt's code: the matter goes on under the same number and code."""
    return await conn.fetchval(CODE_HASH, review_id)


OPEN_IN = """
select id from pre_review
where matter_id is null and ($1::text is null or id < $1) order by id desc limit $2
"""


async def waiting(conn: Connection, after: str | None, limit: int) -> list[PreReview]:
    """Applications not yet accepted that the asker sees, the latest first."""
    ids = [row["id"] for row in await conn.fetch(OPEN_IN, after, limit)]
    found = await many(conn, ids)
    return [found[one] for one in ids]


ACCEPTED = """
with accepted as (update pre_review set matter_id = $2 where id = $1)
insert into matter_step (matter_id, seq, bureau_id, step, signers, unit_id, at, local_on, payload)
values ($2, 0, $3, $4, $5, $6, $7, $8, $9)
"""


async def accepted(conn: Connection, review: PreReview, matter_id: str, done: Completion) -> None:
    """The application became a matter, whose first step the pre-review was."""
    payload = msgspec.json.encode(done.payload).decode()
    await conn.execute(
        ACCEPTED,
        *(review.id, matter_id, review.bureau_id, done.step, list(done.signers), review.unit_id),
        *(done.at, done.local_on, payload),
    )


OF_MATTER = "select id from pre_review where matter_id = $1"


async def of_matter(conn: Connection, matter_id: str) -> PreReview | None:
    """What came before a matter."""
    found = await conn.fetchval(OF_MATTER, matter_id)
    return (await many(conn, [found])).get(found) if found else None


def _review(row: dict[str, object]) -> PreReview:
    checks = msgspec.json.decode(str(row.pop("checks")), type=tuple[Check, ...])
    return PreReview(**row, checks=checks)  # pyright: ignore[reportArgumentType]
