"""Standings: where a point stands, added and never changed; and totals that need no text."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import asyncpg
from plumbline_org.grades import RiskCategory, RiskGrade
from plumbline_shared.database import Connection

from risk_registry.domain.standing import PointState, Standing

INSERT_STANDING = """
insert into risk_point_standing (point_id, bureau_id, state, grade, valid_from, recorded_at, review_id, scheme, reason)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""


async def add_standings(conn: Connection, bureau_id: str, standings: Iterable[tuple[str, Standing]]) -> None:
    """Record `(point id, standing)` each; what was recorded before stays."""
    rows = [
        (
            *(point, bureau_id, each.state, each.grade, each.valid_from, each.recorded_at),
            *(each.review_id, each.scheme, each.reason),
        )
        for point, each in standings
    ]
    await conn.executemany(INSERT_STANDING, rows)


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


TOTALS = """
select category, grade, count(*) as points from register_on($1, $2, coalesce($3::timestamptz, 'infinity'))
where state in ('ACTIVE', 'UNDER_REVIEW') group by category, grade
"""


async def totals_on(
    conn: Connection, bureau_id: str, on: date, known_at: datetime | None = None
) -> dict[tuple[RiskCategory, RiskGrade], int]:
    """Points in force by category and grade, as known at an instant: numbers only."""
    rows = await conn.fetch(TOTALS, bureau_id, on, known_at)
    return {(RiskCategory(row["category"]), RiskGrade(row["grade"])): row["points"] for row in rows}


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
