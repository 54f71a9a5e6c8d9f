"""Supervision groups, the events they supervise, the records made on the spot."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.errors import NotFound

from case_flow.domain.hold import Hold
from case_flow.domain.supervision import OnSiteRecord, SupervisedEvent, SupervisionGroup


class Act(msgspec.Struct, frozen=True):
    """One line of an event's history."""

    at: datetime
    actor: str
    act: str
    note: str


ADD_GROUP = "insert into supervision_group select * from jsonb_populate_record(null::supervision_group, $1::text::jsonb)"


async def add_group(conn: Connection, group: SupervisionGroup) -> None:
    """Store another composition of a group."""
    await conn.execute(ADD_GROUP, msgspec.json.encode(group).decode())


GROUPS = """
select distinct on (domain) to_jsonb(g) from supervision_group g
where bureau_id = $1 and effective_from <= $2 order by domain, version desc
"""


async def groups(conn: Connection, bureau_id: str, on: date) -> dict[str, SupervisionGroup]:
    """The groups of a bureau by domain, as they were composed on a day."""
    rows = await conn.fetch(GROUPS, bureau_id, on)
    found = [msgspec.json.decode(row[0], type=SupervisionGroup) for row in rows]
    return {group.domain: group for group in found}


LAST_VERSION = "select coalesce(max(version), 0) from supervision_group where bureau_id = $1 and domain = $2"


async def last_version(conn: Connection, bureau_id: str, domain: str) -> int:
    """The number of the newest composition, 0 when the group was never formed."""
    return await conn.fetchval(LAST_VERSION, bureau_id, domain)


ADD = "insert into supervised_event select * from jsonb_populate_record(null::supervised_event, $1::text::jsonb)"


async def add(conn: Connection, event: SupervisedEvent) -> None:
    """Store a planned event."""
    await conn.execute(ADD, msgspec.json.encode(event).decode())


LOCK = "select to_jsonb(e) from supervised_event e where id = $1 for update"


async def lock(conn: Connection, event_id: str) -> SupervisedEvent:
    """An event that the asker sees; nobody else changes it in this transaction. Raises NotFound."""
    found: str | None = await conn.fetchval(LOCK, event_id)
    if found is None:
        raise NotFound("there is no such event, or it is not yours; check the id", path=("eventId",))
    return msgspec.json.decode(found, type=SupervisedEvent)


MANY = "select to_jsonb(e) from supervised_event e where id = any($1::text[])"


async def many(conn: Connection, event_ids: Sequence[str]) -> dict[str, SupervisedEvent]:
    """Those of the events that the asker sees, by id."""
    rows = await conn.fetch(MANY, list(event_ids))
    found = [msgspec.json.decode(row[0], type=SupervisedEvent) for row in rows]
    return {event.id: event for event in found}


PAGE = """
select to_jsonb(e) from supervised_event e
where ($1::text is null or domain = $1) and ($2::date is null or (planned_on, id) < ($2::date, $3))
order by planned_on desc, id desc limit $4
"""


async def page(
    conn: Connection, domain: str | None, after: tuple[date, str] | None, size: int
) -> list[SupervisedEvent]:
    """Events that the asker sees, the latest day first, after the cursor."""
    on, last = after or (None, None)
    rows = await conn.fetch(PAGE, domain, on, last, size)
    return [msgspec.json.decode(row[0], type=SupervisedEvent) for row in rows]


SAVE = """
update supervised_event set
  planned_on = n.planned_on, notice = n.notice, noticed_by = n.noticed_by, noticed_at = n.noticed_at,
  held_by = n.held_by, held_at = n.held_at, report = n.report, reported_by = n.reported_by,
  reported_at = n.reported_at, cancelled_by = n.cancelled_by, cancelled_at = n.cancelled_at, reason = n.reason
from jsonb_populate_record(null::supervised_event, $1::text::jsonb) n where supervised_event.id = n.id
"""


async def save(conn: Connection, event: SupervisedEvent) -> None:
    """Store the event as it is after an act."""
    await conn.execute(SAVE, msgspec.json.encode(event).decode())


ADD_RECORD = "insert into supervision_record select * from jsonb_populate_record(null::supervision_record, $1::text::jsonb)"


async def add_record(conn: Connection, record: OnSiteRecord) -> None:
    """Store what a member saw; once for each member."""
    await conn.execute(ADD_RECORD, msgspec.json.encode(record).decode())


RECORDS = "select to_jsonb(r) from supervision_record r where event_id = $1 order by recorded_at, person_id"


async def records(conn: Connection, event_id: str) -> list[OnSiteRecord]:
    """What was seen on the spot, in the order of writing."""
    return [msgspec.json.decode(row[0], type=OnSiteRecord) for row in await conn.fetch(RECORDS, event_id)]


ADD_ACT = "insert into supervised_event_act (event_id, bureau_id, at, actor, act, note) values ($1, $2, $3, $4, $5, $6)"


async def add_act(conn: Connection, event: SupervisedEvent, act: Act) -> None:
    """Add to the event's history."""
    await conn.execute(ADD_ACT, event.id, event.bureau_id, act.at, act.actor, act.act, act.note)


ACTS = "select at, actor, act, note from supervised_event_act where event_id = $1 order by id"


async def acts(conn: Connection, event_id: str) -> list[Act]:
    """The history of an event."""
    return [Act(*row.values()) for row in await conn.fetch(ACTS, event_id)]


OPEN_HOLDS = "select to_jsonb(h) from open_holds_of_event($1) h"


async def open_holds(conn: Connection, event_id: str) -> list[Hold]:
    """Every open hold of an event, also those that the asker does not see."""
    return [msgspec.json.decode(row[0], type=Hold) for row in await conn.fetch(OPEN_HOLDS, event_id)]
