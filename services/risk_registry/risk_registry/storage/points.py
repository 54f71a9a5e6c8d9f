"""Risk points: names, versions of their text, and the register of a day."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import asyncpg
from plumbline_org.grades import RiskCategory, RiskGrade
from plumbline_shared.database import Connection

from risk_registry.domain.marks import Focus, Tag
from risk_registry.domain.points import Description, Origin, PointScope, Source
from risk_registry.domain.register import PointFilter, PointOnDay
from risk_registry.domain.standing import PointState

NewPoint = tuple[str, str, Origin]
NewText = tuple[str, Description]

INSERT_POINT = """
insert into risk_point (id, bureau_id, code, origin, created_at) values ($1, $2, $3, $4, $5)
"""


async def add_points(conn: Connection, bureau_id: str, points: Iterable[NewPoint], now: datetime) -> None:
    """Add `(id, code, origin)` of every new point."""
    await conn.executemany(
        INSERT_POINT, [(id_, bureau_id, code, origin, now) for id_, code, origin in points]
    )


INSERT_VERSIONS = """
insert into risk_point_version (point_id, bureau_id, category, valid_from, recorded_at)
select point, $1, category, $2, $3 from unnest($4::text[], $5::text[]) with ordinality as row (point, category, place)
order by place
returning sequence
"""
INSERT_DESCRIPTION = """
insert into risk_point_description (
  sequence, point_id, bureau_id, scope, title_zh, title_en, post_ids, unit_ids, owner_unit_id, post_named,
  process, step, cause, consequence, controls, source_title, source_url, source_locator, traits, tags, focus, item, power
) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
"""


async def add_texts(
    conn: Connection, bureau_id: str, texts: Iterable[NewText], valid_from: date, now: datetime
) -> None:
    """Add a version of the text of each `(point id, description)`, counting from `valid_from`; totals follow."""
    new = list(texts)
    named = [point for point, _text in new], [text.category for _point, text in new]
    versions = await conn.fetch(INSERT_VERSIONS, bureau_id, valid_from, now, *named)
    rows = [
        (
            *(version["sequence"], point, bureau_id, text.scope, text.title_zh, text.title_en),
            *(list(text.posts), list(text.units), text.owner_unit or None, text.post_named),
            *(text.process, text.step, text.cause, text.consequence, text.controls),
            *(text.source.title, text.source.url, text.source.locator),
            *(text.traits, list(text.tags), list(text.focus), text.item, text.power),
        )
        for version, (point, text) in zip(versions, new, strict=True)
    ]
    await conn.executemany(INSERT_DESCRIPTION, rows)


# In every read, `offset 0` keeps a text a lookup by key: a generic plan would join all texts with all points.
LIST_POINTS = """
select r.id, r.code, r.origin, r.category, r.state, r.grade, r.grade_from, d.*
from register_on($1, $2, coalesce($15::timestamptz, 'infinity')) r
cross join lateral (select * from risk_point_description where sequence = r.version offset 0) d
where r.code > $3
  and r.state = any ($4::text[])
  and ($5::text is null or r.grade = $5)
  and ($6::text is null or r.category = $6)
  and ($7::text[] is null or d.unit_ids && $7)
  and ($8::text[] is null or d.post_ids && $8)
  and ($9::text is null or d.process = $9)
  and ($10::text is null or d.step = $10)
  and ($11::text is null or $11 = any (d.tags))
  and ($12::text is null or $12 = any (d.focus))
  and ($13::text[] is null or r.code = any ($13))
order by r.code
limit $14
"""


async def list_points(
    conn: Connection,
    bureau_id: str,
    on: date,
    wanted: PointFilter,
    after: str,
    limit: int,
    known_at: datetime | None = None,
) -> list[PointOnDay]:
    """At most `limit` points with a code after `after`, in the order of their codes, as known at an instant."""
    rows = await conn.fetch(LIST_POINTS, bureau_id, on, after, *_arguments(wanted), limit, known_at)
    return [_point(row, on) for row in rows]


COUNT_POINTS = """
select r.category, r.grade, count(*) as points
from register_on($1, $2, coalesce($13::timestamptz, 'infinity')) r
cross join lateral (select * from risk_point_description where sequence = r.version offset 0) d
where r.state = any ($3::text[])
  and ($4::text is null or r.grade = $4)
  and ($5::text is null or r.category = $5)
  and ($6::text[] is null or d.unit_ids && $6)
  and ($7::text[] is null or d.post_ids && $7)
  and ($8::text is null or d.process = $8)
  and ($9::text is null or d.step = $9)
  and ($10::text is null or $10 = any (d.tags))
  and ($11::text is null or $11 = any (d.focus))
  and ($12::text[] is null or r.code = any ($12))
group by r.category, r.grade
"""


async def count_points(
    conn: Connection, bureau_id: str, on: date, wanted: PointFilter, known_at: datetime | None = None
) -> list[tuple[RiskCategory, RiskGrade | None, int]]:
    """How many points that the reader may see, by category and grade; `None` for those without a grade."""
    rows = await conn.fetch(COUNT_POINTS, bureau_id, on, *_arguments(wanted), known_at)
    return [(RiskCategory(row["category"]), _grade(row), row["points"]) for row in rows]


LOAD_POINTS = """
select r.id, r.code, r.origin, r.category, r.state, r.grade, r.grade_from, d.*
from register_on($1, $2, coalesce($4::timestamptz, 'infinity')) r
cross join lateral (select * from risk_point_description where sequence = r.version offset 0) d
where r.id = any ($3::text[])
"""


async def load_points(
    conn: Connection, bureau_id: str, on: date, ids: Sequence[str]
) -> dict[str, PointOnDay]:
    """Those of `ids` that exist on the day and that the reader may see."""
    rows = await conn.fetch(LOAD_POINTS, bureau_id, on, ids, None)
    return {row["id"]: _point(row, on) for row in rows}


WHOLE_REGISTER = """
select r.id, r.code, r.origin, r.category, r.state, r.grade, r.grade_from, d.*
from register_on($1, $2, coalesce($3::timestamptz, 'infinity')) r
cross join lateral (select * from risk_point_description where sequence = r.version offset 0) d
order by r.code
"""


async def whole_register(
    conn: Connection, bureau_id: str, on: date, known_at: datetime | None = None
) -> list[PointOnDay]:
    """Every point of the bureau on the day, in every state, that the reader may see."""
    return [_point(row, on) for row in await conn.fetch(WHOLE_REGISTER, bureau_id, on, known_at)]


def _arguments(wanted: PointFilter) -> tuple[object, ...]:
    return (
        sorted(wanted.states),
        wanted.grade,
        wanted.category,
        wanted.units,
        wanted.posts,
        wanted.process,
        wanted.step,
        wanted.tag,
        wanted.focus,
        wanted.codes,
    )


def _grade(row: asyncpg.Record) -> RiskGrade | None:
    return RiskGrade(row["grade"]) if row["grade"] else None


def _point(row: asyncpg.Record, on: date) -> PointOnDay:
    return PointOnDay(
        id=row["id"],
        bureau_id=row["bureau_id"],
        code=row["code"],
        origin=Origin(row["origin"]),
        state=PointState(row["state"]),
        grade=_grade(row),
        grade_from=row["grade_from"],
        on=on,
        description=_description(row),
    )


def _description(row: asyncpg.Record) -> Description:
    return Description(
        category=RiskCategory(row["category"]),
        scope=PointScope(row["scope"]),
        title_zh=row["title_zh"],
        title_en=row["title_en"],
        posts=tuple(row["post_ids"]),
        units=tuple(row["unit_ids"]),
        owner_unit=row["owner_unit_id"] or "",
        post_named=row["post_named"],
        process=row["process"],
        step=row["step"],
        cause=row["cause"],
        consequence=row["consequence"],
        controls=row["controls"],
        source=Source(row["source_title"], row["source_url"], row["source_locator"]),
        traits=row["traits"],
        tags=tuple(map(Tag, row["tags"])),
        focus=tuple(map(Focus, row["focus"])),
        item=row["item"],
        power=row["power"],
    )
