"""Draws of matters to review afterwards, and the reviews."""

from datetime import date, datetime

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.policy import absent

from case_flow.domain.post_review import DayDraw, Review

COMMIT = """
insert into post_review_draw (bureau_id, item_code, local_on, rule, commitment, committed_at)
select bureau_id, item_code, local_on, rule, commitment, committed_at
from jsonb_populate_record(null::post_review_draw, $1::text::jsonb) on conflict do nothing
"""
KEEP = "insert into post_review_secret (bureau_id, item_code, local_on, secret) values ($1, $2, $3, $4)"


async def commit(conn: Connection, day: DayDraw, secret: str) -> bool:
    """The first close of the day commits to a secret; False when that was done."""
    done = await conn.execute(COMMIT, _text(day))
    if not done.endswith(" 1"):
        return False
    await conn.execute(KEEP, day.bureau_id, day.item_code, day.local_on, secret)
    return True


DAY = "select to_jsonb(d) from post_review_draw d where bureau_id = $1 and item_code = $2 and local_on = $3"


async def find(conn: Connection, bureau_id: str, item_code: str, on: date) -> DayDraw | None:
    """The draw of a day that the asker sees."""
    found: str | None = await conn.fetchval(DAY, bureau_id, item_code, on)
    return msgspec.json.decode(found, type=DayDraw) if found else None


KEPT = "select secret from post_review_secret where bureau_id = $1 and item_code = $2 and local_on = $3"


async def secret(conn: Connection, day: DayDraw) -> str:
    """What was committed to; the service alone reads it."""
    return await conn.fetchval(KEPT, day.bureau_id, day.item_code, day.local_on)


CLOSED = """
select id, case_ref, unit_id, people, units, domain from matter
where bureau_id = $1 and item_code = $2 and run_id is null and closed_on = $3 order by id
"""


class Closed(msgspec.Struct, frozen=True):
    """A matter that was closed on the day."""

    id: str
    case_ref: str
    unit_id: str
    people: tuple[str, ...]
    units: tuple[str, ...]
    domain: str


async def closed(conn: Connection, bureau_id: str, item_code: str, on: date) -> list[Closed]:
    """The frame of a day's draw."""
    rows = await conn.fetch(CLOSED, bureau_id, item_code, on)
    return [msgspec.convert(dict(row), Closed) for row in rows]


DRAW = """
update post_review_draw set secret = n.secret, frame = n.frame, frame_root = n.frame_root, plan_hash = n.plan_hash,
  seed = n.seed, quota = n.quota, drawn_at = $2
from jsonb_populate_record(null::post_review_draw, $1::text::jsonb) n
where post_review_draw.bureau_id = n.bureau_id and post_review_draw.item_code = n.item_code
  and post_review_draw.local_on = n.local_on and post_review_draw.drawn_at is null
"""


async def save_draw(conn: Connection, day: DayDraw, at: datetime) -> None:
    """The day as it was drawn, once."""
    await conn.execute(DRAW, _text(day), at)


ADD = """
insert into post_review select (jsonb_populate_record(null::post_review, one)).*
from jsonb_array_elements($1::text::jsonb) one
"""


async def add(conn: Connection, reviews: list[Review]) -> None:
    """The matters that were drawn."""
    rows = [{"note": "", **msgspec.to_builtins(one)} for one in reviews]
    await conn.execute(ADD, msgspec.json.encode(rows).decode())


OF_DAY = """
select to_jsonb(r) from post_review r
where ($1::text is null or item_code = $1) and ($2::date is null or local_on = $2) and ($3::text is null or id = $3)
order by due_on desc, id desc limit 200
"""


async def reviews(
    conn: Connection, item_code: str | None = None, on: date | None = None, review_id: str | None = None
) -> list[Review]:
    """Reviews that the asker sees, the latest due first."""
    rows = await conn.fetch(OF_DAY, item_code, on, review_id)
    return [msgspec.json.decode(row[0], type=Review) for row in rows]


LOCK = "select to_jsonb(r) from post_review r where id = $1 for update"


async def lock(conn: Connection, review_id: str) -> Review:
    """A review that the asker sees. Raises NotFound."""
    found: str | None = await conn.fetchval(LOCK, review_id)
    if found is None:
        raise absent("review")
    return msgspec.json.decode(found, type=Review)


ANSWER = """
update post_review set finding = $2, note = $3, reviewed_by = $4, reviewed_at = $5, alert_id = $6 where id = $1
"""


async def answer(conn: Connection, review: Review) -> None:
    """What was found."""
    await conn.execute(
        ANSWER,
        *(review.id, review.finding, review.note, review.reviewed_by, review.reviewed_at, review.alert_id),
    )


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()
