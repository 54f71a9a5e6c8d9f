"""The replica as immutable snapshots, cached by the version that every change renews."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
from plumbline_shared.calendar import WorkingCalendar, seed_calendar
from plumbline_shared.database import Connection
from plumbline_shared.errors import NotFound

from plumbline_org.calendars import CalendarData, working_calendar
from plumbline_org.model import Org
from plumbline_org.parts import (
    Assignment,
    AssignmentKind,
    Bureau,
    BureauLevel,
    Delegation,
    Duty,
    Person,
    PersonStatus,
    Post,
    PostKind,
    RoleGrant,
    Span,
    StatusSpan,
    Unit,
    UnitKind,
)

T = TypeVar("T")

_CACHED = 64
_cache: dict[tuple[UUID, ...], Org] = {}

CHAIN = """
with recursive chain as (
  select id, parent_id, 0 as height from org_bureau where id = $1
  union all
  select b.id, b.parent_id, chain.height + 1 from org_bureau b join chain on b.id = chain.parent_id
  where chain.height < 8
)
select chain.id, version.version from chain join org_version version on version.bureau_id = chain.id
order by height
"""


async def load_org(conn: Connection, bureau_id: str) -> Org:
    """The bureau's snapshot as this transaction sees it, with the bureaus above it as `upper`.

    Costs one query while nothing changed. Raises NotFound for a bureau that the replica does not know.
    """
    chain = await conn.fetch(CHAIN, bureau_id)
    if not chain:
        raise NotFound("there is no such bureau, or it is not yours; check the id")
    return await _load_chain(conn, [row["id"] for row in chain], tuple(row["version"] for row in chain))


async def _load_chain(conn: Connection, bureaus: list[str], versions: tuple[UUID, ...]) -> Org:
    if versions in _cache:
        return _cache[versions]
    upper = await _load_chain(conn, bureaus[1:], versions[1:]) if len(bureaus) > 1 else None
    org = await _read(conn, bureaus, upper)
    while len(_cache) >= _CACHED:
        _cache.pop(next(iter(_cache)))
    _cache[versions] = org
    return org


BUREAU = "select * from org_bureau where id = $1"
UNITS = "select * from org_unit where bureau_id = $1 order by id"
POSTS = "select * from org_post where bureau_id = $1 order by id"
DUTIES = "select on_day, rank, person_id from org_duty where bureau_id = $1"
DELEGATIONS = "select * from org_delegation where bureau_id = $1 order by id"


async def _read(conn: Connection, bureaus: list[str], upper: Org | None) -> Org:
    bureau = bureaus[0]
    duties = await conn.fetch(DUTIES, bureau)
    return Org(
        bureau=_bureau(await _one(conn, BUREAU, bureau)),
        units={row["id"]: _unit(row) for row in await conn.fetch(UNITS, bureau)},
        posts={row["id"]: _post(row) for row in await conn.fetch(POSTS, bureau)},
        persons=await _persons(conn, bureau),
        duties=tuple(Duty(row["on_day"], row["rank"], row["person_id"]) for row in duties),
        delegations=tuple(_delegation(row) for row in await conn.fetch(DELEGATIONS, bureau)),
        calendar=await _calendar(conn, bureaus),
        upper=upper,
    )


PERSONS = "select * from org_person where bureau_id = $1 order by id"
ASSIGNMENTS = "select * from org_assignment where bureau_id = $1 order by effective_from nulls first, id"
ROLE_GRANTS = "select * from org_role_grant where bureau_id = $1 order by effective_from nulls first, id"
STATUSES = "select * from org_status where bureau_id = $1 order by person_id, ordinal"


async def _persons(conn: Connection, bureau: str) -> dict[str, Person]:
    assignments = await _children(conn, ASSIGNMENTS, bureau, _assignment)
    grants = await _children(conn, ROLE_GRANTS, bureau, _grant)
    statuses = await _children(conn, STATUSES, bureau, _status)
    return {
        row["id"]: Person(
            id=row["id"],
            bureau_id=row["bureau_id"],
            name=row["name"],
            name_en=row["name_en"],
            account=row["account"],
            managed_by_bureau_id=row["managed_by_bureau_id"],
            enforcement_qualified=row["enforcement_qualified"],
            statuses=tuple(statuses[row["id"]]),
            assignments=tuple(assignments[row["id"]]),
            grants=tuple(grants[row["id"]]),
        )
        for row in await conn.fetch(PERSONS, bureau)
    }


CALENDAR = """
select calendar.* from org_calendar calendar
join unnest($1::text[]) with ordinality as chain (bureau_id, height) using (bureau_id)
order by height limit 1
"""


async def _calendar(conn: Connection, bureaus: list[str]) -> WorkingCalendar:
    """The bureau's own, else that of the nearest bureau above, else everybody's, else the seed."""
    row = await conn.fetchrow(CALENDAR, [*bureaus, ""])
    if row is None:
        return seed_calendar()
    days = (frozenset(row["off_days"]), frozenset(row["made_up_days"]))
    return working_calendar(CalendarData(row["version"], row["first_day"], row["horizon"], *days))


async def _one(conn: Connection, query: str, key: str) -> asyncpg.Record:
    row = await conn.fetchrow(query, key)
    assert row is not None  # noqa: S101  the chain was read from the same table in this transaction
    return row


async def _children(
    conn: Connection, query: str, bureau: str, mapped: Callable[[asyncpg.Record], T]
) -> defaultdict[str, list[T]]:
    found: defaultdict[str, list[T]] = defaultdict(list)
    for row in await conn.fetch(query, bureau):
        found[row["person_id"]].append(mapped(row))
    return found


def _span(row: asyncpg.Record) -> Span:
    return Span(row["effective_from"], row["effective_to"])


def _named(row: asyncpg.Record, *columns: str) -> dict[str, Any]:
    return {column: row[column] for column in columns}


def _bureau(row: asyncpg.Record) -> Bureau:
    plain = _named(row, "id", "name", "parent_id", "name_en")
    return Bureau(**plain, level=BureauLevel(row["level"]), span=_span(row))


def _unit(row: asyncpg.Record) -> Unit:
    plain = _named(
        row, "id", "bureau_id", "name", "parent_id", "name_en", "head_post_id", "deputy_in_charge_post_id"
    )
    functions = frozenset[str](row["functions"])
    return Unit(**plain, kind=UnitKind(row["kind"]), functions=functions, span=_span(row))


def _post(row: asyncpg.Record) -> Post:
    plain = _named(row, "id", "bureau_id", "unit_id", "title", "title_en")
    return Post(**plain, kind=PostKind(row["kind"]), span=_span(row))


def _assignment(row: asyncpg.Record) -> Assignment:
    return Assignment(
        row["id"], row["person_id"], row["post_id"], row["unit_id"], AssignmentKind(row["kind"]), _span(row)
    )


def _grant(row: asyncpg.Record) -> RoleGrant:
    return RoleGrant(row["id"], row["person_id"], row["role"], row["unit_id"], row["domain"], _span(row))


def _status(row: asyncpg.Record) -> StatusSpan:
    return StatusSpan(PersonStatus(row["status"]), _span(row))


def _delegation(row: asyncpg.Record) -> Delegation:
    return Delegation(
        id=row["id"],
        grantor_id=row["grantor_person_id"],
        delegate_id=row["delegate_person_id"],
        authority=row["authority"],
        unit_id=row["unit_id"],
        span=_span(row),
        revoked=row["revoked"],
    )
