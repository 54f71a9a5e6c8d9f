"""Whole states into the replica: upsert the row, replace its children, give the bureau a new version."""

from collections.abc import Iterable

from plumbline_shared.database import Connection

from plumbline_org.calendars import CalendarData
from plumbline_org.parts import Bureau, Delegation, Duty, Person, Post, Unit

PUT_BUREAU = """
insert into org_bureau (id, parent_id, name, name_en, level, effective_from, effective_to)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (id) do update set parent_id = $2, name = $3, name_en = $4, level = $5,
  effective_from = $6, effective_to = $7
"""


async def put_bureau(conn: Connection, one: Bureau) -> None:
    """Store a bureau's state."""
    span = (one.span.first, one.span.until)
    await conn.execute(PUT_BUREAU, one.id, one.parent_id, one.name, one.name_en, one.level, *span)
    await _touch(conn, one.id)


PUT_UNIT = """
insert into org_unit (id, bureau_id, parent_id, name, name_en, kind, functions, head_post_id,
  deputy_in_charge_post_id, effective_from, effective_to)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
on conflict (id) do update set bureau_id = $2, parent_id = $3, name = $4, name_en = $5, kind = $6,
  functions = $7, head_post_id = $8, deputy_in_charge_post_id = $9, effective_from = $10, effective_to = $11
"""


async def put_unit(conn: Connection, one: Unit) -> None:
    """Store a unit's state."""
    await conn.execute(
        PUT_UNIT,
        one.id,
        one.bureau_id,
        one.parent_id,
        one.name,
        one.name_en,
        one.kind,
        sorted(one.functions),
        one.head_post_id,
        one.deputy_in_charge_post_id,
        one.span.first,
        one.span.until,
    )
    await _touch(conn, one.bureau_id)


PUT_POST = """
insert into org_post (id, bureau_id, unit_id, title, title_en, kind, effective_from, effective_to)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (id) do update set bureau_id = $2, unit_id = $3, title = $4, title_en = $5, kind = $6,
  effective_from = $7, effective_to = $8
"""


async def put_post(conn: Connection, one: Post) -> None:
    """Store a post's state."""
    span = (one.span.first, one.span.until)
    await conn.execute(PUT_POST, one.id, one.bureau_id, one.unit_id, one.title, one.title_en, one.kind, *span)
    await _touch(conn, one.bureau_id)


FORGET_PERSON = "delete from org_person where id = $1"
PUT_PERSON = """
insert into org_person (id, bureau_id, name, name_en, account, managed_by_bureau_id, enforcement_qualified)
values ($1, $2, $3, $4, $5, $6, $7)
"""
PUT_ASSIGNMENT = """
insert into org_assignment (person_id, bureau_id, id, post_id, unit_id, kind, effective_from, effective_to)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""
PUT_ROLE_GRANT = """
insert into org_role_grant (person_id, bureau_id, id, role, unit_id, domain, effective_from, effective_to)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""
PUT_STATUS = """
insert into org_status (person_id, bureau_id, ordinal, status, effective_from, effective_to)
values ($1, $2, $3, $4, $5, $6)
"""


async def put_person(conn: Connection, one: Person) -> None:
    """Store a person's state with all assignments, grants and status spans, in place of what was there."""
    await conn.execute(FORGET_PERSON, one.id)
    managed = (one.managed_by_bureau_id, one.enforcement_qualified)
    await conn.execute(PUT_PERSON, one.id, one.bureau_id, one.name, one.name_en, one.account, *managed)
    key = (one.id, one.bureau_id)
    await conn.executemany(
        PUT_ASSIGNMENT,
        [(*key, a.id, a.post_id, a.unit_id, a.kind, a.span.first, a.span.until) for a in one.assignments],
    )
    await conn.executemany(
        PUT_ROLE_GRANT,
        [(*key, g.id, g.role, g.unit_id, g.domain, g.span.first, g.span.until) for g in one.grants],
    )
    await conn.executemany(
        PUT_STATUS,
        [(*key, n, s.status, s.span.first, s.span.until) for n, s in enumerate(one.statuses)],
    )
    await _touch(conn, one.bureau_id)


FORGET_ROSTER = "delete from org_duty where roster_id = $1"
PUT_DUTY = "insert into org_duty (roster_id, bureau_id, on_day, rank, person_id) values ($1, $2, $3, $4, $5)"


async def put_roster(conn: Connection, roster_id: str, bureau_id: str, duties: Iterable[Duty]) -> None:
    """Store one roster whole, in place of what was there."""
    await conn.execute(FORGET_ROSTER, roster_id)
    await conn.executemany(
        PUT_DUTY, [(roster_id, bureau_id, one.on, one.rank, one.person_id) for one in duties]
    )
    await _touch(conn, bureau_id)


PUT_DELEGATION = """
insert into org_delegation (id, bureau_id, grantor_person_id, delegate_person_id, authority, unit_id,
  effective_from, effective_to, revoked)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (id) do update set bureau_id = $2, grantor_person_id = $3, delegate_person_id = $4,
  authority = $5, unit_id = $6, effective_from = $7, effective_to = $8, revoked = $9
"""


async def put_delegation(conn: Connection, bureau_id: str, one: Delegation) -> None:
    """Store a delegation's state."""
    await conn.execute(
        PUT_DELEGATION,
        one.id,
        bureau_id,
        one.grantor_id,
        one.delegate_id,
        one.authority,
        one.unit_id,
        one.span.first,
        one.span.until,
        one.revoked,
    )
    await _touch(conn, bureau_id)


PUT_CALENDAR = """
insert into org_calendar (bureau_id, version, first_day, horizon, off_days, made_up_days)
values ($1, $2, $3, $4, $5, $6)
on conflict (bureau_id) do update set version = $2, first_day = $3, horizon = $4, off_days = $5,
  made_up_days = $6
"""
TOUCH_ALL = "update org_version set version = gen_random_uuid()"


async def put_calendar(conn: Connection, bureau_id: str, data: CalendarData) -> None:
    """Store the calendar now in force. Bureaus below inherit it, so every snapshot is renewed."""
    days = (sorted(data.off_days), sorted(data.made_up_days))
    await conn.execute(PUT_CALENDAR, bureau_id, data.version, data.first_day, data.horizon, *days)
    await conn.execute(TOUCH_ALL)


TOUCH = """
insert into org_version (bureau_id, version) values ($1, gen_random_uuid())
on conflict (bureau_id) do update set version = excluded.version
"""


async def _touch(conn: Connection, bureau_id: str) -> None:
    await conn.execute(TOUCH, bureau_id)
