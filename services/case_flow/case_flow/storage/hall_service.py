"""Guides' acts, and what a hall did in a period."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from plumbline_shared.database import Connection

from case_flow.domain.hall_service import GuidePart, ServiceLine

ADD = """
insert into guidance_act (id, bureau_id, unit_id, line, part, visits, local_on, at, by_person)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""


@dataclass(frozen=True)
class GuidanceAct:
    """How many a guide helped, on which line and as what."""

    id: str
    bureau_id: str
    unit_id: str
    line: ServiceLine
    part: GuidePart
    visits: int
    local_on: date
    at: datetime
    by_person: str


async def add(conn: Connection, one: GuidanceAct) -> None:
    """Store it for ever."""
    await conn.execute(
        ADD,
        *(one.id, one.bureau_id, one.unit_id, one.line, one.part, one.visits),
        *(one.local_on, one.at, one.by_person),
    )


GUIDANCE = """
select line, part, sum(visits)::int as visits from guidance_act
where bureau_id = $1 and local_on >= $2 and local_on < $3 group by line, part
"""


async def guidance(
    conn: Connection, bureau_id: str, period: tuple[date, date]
) -> dict[tuple[ServiceLine, GuidePart], int]:
    """Visits by line and part in [first, last)."""
    rows = await conn.fetch(GUIDANCE, bureau_id, *period)
    return {(ServiceLine(row["line"]), GuidePart(row["part"])): row["visits"] for row in rows}


@dataclass(frozen=True)
class Intake:
    """An item's matters; the origin is the newest version's, None where it does not say."""

    item_code: str
    matters: int
    origin: str | None


INTAKE = """
select m.item_code, count(*)::int as matters, (
    select definition ->> 'origin' from item_version v
    where v.bureau_id = $1 and v.item_code = m.item_code order by v.version desc limit 1) as origin
from matter m
where m.bureau_id = $1 and m.run_id is null and m.accepted_on >= $2 and m.accepted_on < $3 and m.units[1] = $4
group by m.item_code order by m.item_code
"""


async def intake(conn: Connection, bureau_id: str, period: tuple[date, date], unit_id: str) -> list[Intake]:
    """Matters that the hall accepted, by item."""
    return [Intake(**dict(row)) for row in await conn.fetch(INTAKE, bureau_id, *period, unit_id)]


WAITS = """
select queue, called_at - drawn_at as waited from hall_ticket
where bureau_id = $1 and local_on >= $2 and local_on < $3 and drawn_at is not null
"""


async def waits(conn: Connection, bureau_id: str, period: tuple[date, date]) -> dict[str, list[timedelta]]:
    """How long each ticket waited, by queue."""
    found: dict[str, list[timedelta]] = {}
    for row in await conn.fetch(WAITS, bureau_id, *period):
        found.setdefault(row["queue"], []).append(row["waited"])
    return found


DESKS = """
select window_code, count(*) filter (where ended_at is null)::int as called,
       count(*) filter (where ended_how = 'SERVED')::int as served,
       (array_agg(called_by order by called_at desc))[1] as last_by
from hall_ticket where bureau_id = $1 and local_on = $2 group by window_code
"""


@dataclass(frozen=True)
class Desk:
    """A window's day so far: called and not yet served, served, and who called last."""

    called: int
    served: int
    last_by: str


async def desks(conn: Connection, bureau_id: str, on: date) -> dict[str, Desk]:
    """Windows that called anybody on the day."""
    rows = await conn.fetch(DESKS, bureau_id, on)
    return {row["window_code"]: Desk(row["called"], row["served"], row["last_by"]) for row in rows}
