"""Points that several bureaus have of one catalogue, and the priors pooled from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from plumbline_shared.database import Connection

from risk_registry.domain.evidence_facts import Fact
from risk_registry.domain.siblings import Siblings
from risk_registry.storage.evidence import fact_of

CataloguePoint = tuple[str, str]
"""The catalogue, and the code in it."""


@dataclass(frozen=True)
class SharedPoint:
    """A bureau's point of a catalogue, in force since a day."""

    id: str
    key: CataloguePoint
    since: date


SHARED_POINTS = """
select r.id, r.code, d.source_title as catalogue, s.since
from register_on($1, $2, $3) r
cross join lateral (select * from risk_point_description where sequence = r.version offset 0) d
cross join lateral (
  select min(valid_from) as since from risk_point_standing
  where point_id = r.id and state in ('ACTIVE', 'UNDER_REVIEW') and recorded_at <= $3
) s
where r.origin = 'PUBLISHED' and r.state in ('ACTIVE', 'UNDER_REVIEW') and d.source_title <> ''
"""


async def shared_points(conn: Connection, bureau_id: str, on: date, known_at: datetime) -> list[SharedPoint]:
    """The bureau's points in force that came from a catalogue."""
    rows = await conn.fetch(SHARED_POINTS, bureau_id, on, known_at)
    return [SharedPoint(row["id"], (row["catalogue"], row["code"]), row["since"]) for row in rows]


FACTS_OF_BUREAU = "select * from evidence where bureau_id = $1 and known_at <= $2 order by effect"


async def facts_of_bureau(conn: Connection, bureau_id: str, known_at: datetime) -> list[Fact]:
    """All open evidence of a bureau; nothing that is sealed."""
    return [fact_of(row) for row in await conn.fetch(FACTS_OF_BUREAU, bureau_id, known_at)]


ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtextextended('sibling pool', 0))"
INSERT_BATCH = """
insert into sibling_batch (day, version, pooled_at) values ($1, $2, $3) on conflict do nothing returning true
"""
INSERT_PRIOR = """
insert into sibling_prior (day, catalogue, code, mean, years, siblings) values ($1, $2, $3, $4, $5, $6)
"""


async def add_pool(
    conn: Connection, day: date, version: str, found: Mapping[CataloguePoint, Siblings], now: datetime
) -> bool:
    """Record a quarter's priors, all or none; False when they are there. As the system of no bureau."""
    await conn.execute(ONE_AT_A_TIME)
    if not await conn.fetchval(INSERT_BATCH, day, version, now):
        return False
    rows = [(day, *key, each.mean, each.years, each.count) for key, each in sorted(found.items())]
    await conn.executemany(INSERT_PRIOR, rows)
    return True


POOLED = "select exists (select from sibling_batch where day = $1)"


async def is_pooled(conn: Connection, day: date) -> bool:
    """Whether a quarter's priors are there."""
    return await conn.fetchval(POOLED, day)


BUREAUS = "select id from org_bureau order by id"


async def bureaus(conn: Connection) -> list[str]:
    """Every bureau of the installation. As the system of no bureau."""
    return [row["id"] for row in await conn.fetch(BUREAUS)]


SIBLINGS_ON = """
select day, mean, years, siblings from sibling_prior
where catalogue = $1 and code = $2 and day <= $3 order by day desc limit 1
"""


async def siblings_on(conn: Connection, key: CataloguePoint, on: date) -> Siblings | None:
    """What siblings say of a catalogue point on a day."""
    row = await conn.fetchrow(SIBLINGS_ON, *key, on)
    return Siblings(row["mean"], row["years"], row["siblings"], row["day"]) if row else None
