"""Versions of grading schemes, which one a bureau grades by, and what a version would regrade."""

from datetime import date, datetime

import asyncpg
from plumbline_org.grades import RiskGrade
from plumbline_shared.database import Connection

from risk_registry.domain.grading import Family, Method, Scheme
from risk_registry.domain.schemes import Assessed

SCHEME_ON = """
select version, method, medium_from, high_from, quorum, citation, family, grid, second_round_over, factors_only
from grading_scheme where version = coalesce(
  (select version from scheme_adoption where bureau_id = $1 and effective_from <= $2
   order by effective_from desc, sequence desc limit 1), 'MAX-1')
"""


async def scheme_on(conn: Connection, bureau_id: str, on: date) -> Scheme:
    """The version that a bureau grades by on a day; `MAX-1` until it adopts another (C-04)."""
    row = await conn.fetchrow(SCHEME_ON, bureau_id, on)
    if row is None:
        raise LookupError(f"no grading scheme counts on {on}")
    return _scheme(row)


SCHEME = """
select version, method, medium_from, high_from, quorum, citation, family, grid, second_round_over, factors_only
from grading_scheme where version = $1
"""


async def scheme(conn: Connection, version: str) -> Scheme:
    """One version of the scheme."""
    row = await conn.fetchrow(SCHEME, version)
    if row is None:
        raise LookupError(f"no grading scheme {version}")
    return _scheme(row)


SCHEMES = """
select version, method, medium_from, high_from, quorum, citation, family, grid, second_round_over, factors_only
from grading_scheme order by version
"""


async def schemes(conn: Connection) -> list[Scheme]:
    """Every version that the reader's bureau may adopt: those that ship, and its own."""
    return [_scheme(row) for row in await conn.fetch(SCHEMES)]


INSERT_SCHEME = """
insert into grading_scheme
  (version, method, medium_from, high_from, quorum, citation, effective_from, family, grid, bureau_id,
   second_round_over, factors_only, published_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing returning true
"""


async def add_scheme(conn: Connection, bureau_id: str, rules: Scheme, on: date, by: str) -> bool:
    """Record a bureau's own version; False when the version exists, for a version is never changed."""
    added = await conn.fetchval(
        INSERT_SCHEME,
        *(rules.version, rules.method, rules.medium_from, rules.high_from, rules.quorum, rules.citation, on),
        *(rules.family, list(rules.grid) or None, bureau_id, rules.second_round_over, rules.factors_only, by),
    )
    return bool(added)


async def publisher(conn: Connection, version: str) -> str | None:
    """Who published a version; None for one that ships."""
    return await conn.fetchval("select published_by from grading_scheme where version = $1", version)


INSERT_ADOPTION = """
insert into scheme_adoption (bureau_id, version, effective_from, adopted_by, adopted_at) values ($1, $2, $3, $4, $5)
"""


async def add_adoption(
    conn: Connection, bureau_id: str, version: str, effective_from: date, by: str, now: datetime
) -> None:
    """From `effective_from`, new reviews of the bureau go by `version`."""
    await conn.execute(INSERT_ADOPTION, bureau_id, version, effective_from, by, now)


ASSESSED = """
select r.id, r.grade, f.likelihood, f.severity
from register_on($1, $2, 'infinity') r
left join lateral (
  select v.likelihood, v.severity
  from grading_review g
  join grading_decision c on c.review_id = g.id
  cross join lateral (
    select (array_agg(likelihood order by likelihood))[count(*) / 2 + 1] as likelihood,
           (array_agg(severity order by severity))[count(*) / 2 + 1] as severity
    from grading_vote where review_id = g.id and likelihood is not null
    union all
    select likelihood, severity from assessment_round where review_id = g.id and settled
  ) v
  where g.point_id = r.id and c.effective_from <= $2 and v.likelihood is not null
  order by c.closed_at desc limit 1
) f on true
where r.state in ('ACTIVE', 'UNDER_REVIEW') order by r.id
"""


async def assessed_on(conn: Connection, bureau_id: str, on: date) -> list[Assessed]:
    """Every point in force with its grade and the factors that its last panel found, if one voted on them."""
    rows = await conn.fetch(ASSESSED, bureau_id, on)
    return [Assessed(row["id"], RiskGrade(row["grade"]), row["likelihood"], row["severity"]) for row in rows]


def _scheme(row: asyncpg.Record) -> Scheme:
    return Scheme(
        version=row["version"],
        method=Method(row["method"]),
        medium_from=row["medium_from"],
        high_from=row["high_from"],
        quorum=row["quorum"],
        citation=row["citation"],
        family=Family(row["family"]),
        grid=tuple(row["grid"] or ()),
        second_round_over=row["second_round_over"],
        factors_only=row["factors_only"],
    )
