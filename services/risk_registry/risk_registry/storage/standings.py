"""Standings: where a point stands, added and never changed."""

from collections.abc import Iterable, Sequence

import asyncpg
from plumbline_org.grades import RiskGrade
from plumbline_shared.database import Connection

from risk_registry.domain.standing import PointState, Standing

INSERT_STANDINGS = """
insert into risk_point_standing (point_id, bureau_id, state, grade, valid_from, recorded_at, review_id, scheme, reason)
select point, $1, state, grade, valid_from, recorded_at, review, scheme, reason
from unnest($2::text[], $3::text[], $4::text[], $5::date[], $6::timestamptz[], $7::text[], $8::text[], $9::text[])
  with ordinality as row (point, state, grade, valid_from, recorded_at, review, scheme, reason, place)
order by place
"""


async def add_standings(conn: Connection, bureau_id: str, standings: Iterable[tuple[str, Standing]]) -> None:
    """Record `(point id, standing)` each; what was recorded before stays, and the totals follow."""
    rows = [
        (
            point,
            each.state,
            each.grade,
            each.valid_from,
            each.recorded_at,
            each.review_id,
            each.scheme,
            each.reason,
        )
        for point, each in standings
    ]
    if rows:
        await conn.execute(INSERT_STANDINGS, bureau_id, *map(list, zip(*rows, strict=True)))


STANDINGS_OF = """
select point_id, sequence, state, grade, valid_from, recorded_at, review_id, scheme, reason
from risk_point_standing where point_id = any ($1::text[]) order by sequence
"""


async def standings_of(conn: Connection, ids: Sequence[str]) -> dict[str, list[Standing]]:
    """Everything recorded about each point, in the order of recording."""
    found: dict[str, list[Standing]] = {}
    for row in await conn.fetch(STANDINGS_OF, ids):
        found.setdefault(row["point_id"], []).append(_standing(row))
    return found


LOCK_POINT = "select pg_advisory_xact_lock(hashtextextended('risk_point:' || $1, 0))"


async def lock_point(conn: Connection, point_id: str) -> None:
    """Let one transaction at a time decide about a point."""
    await conn.execute(LOCK_POINT, point_id)


def _standing(row: asyncpg.Record) -> Standing:
    return Standing(
        state=PointState(row["state"]),
        grade=RiskGrade(row["grade"]) if row["grade"] else None,
        valid_from=row["valid_from"],
        recorded_at=row["recorded_at"],
        sequence=row["sequence"],
        review_id=row["review_id"],
        scheme=row["scheme"],
        reason=row["reason"],
    )
