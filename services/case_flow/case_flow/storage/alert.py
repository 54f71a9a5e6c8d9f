"""Alerts, their viewers, what happened to them, and the counters by phase."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.errors import NotFound

from case_flow.domain.alert import Alert, AlertPhase, AlertState, Verdict
from case_flow.domain.recipients import Basis, Viewer


class AlertAct(msgspec.Struct, frozen=True):
    """One thing that happened to an alert."""

    alert_id: str
    at: datetime
    actor: str
    act: str
    state: AlertState
    note: str


class AlertFilter(msgspec.Struct, frozen=True):
    """What to list; None means any."""

    phase: str | None = None
    grade: str | None = None
    state: str | None = None
    kind: str | None = None
    unit_id: str | None = None
    matter_id: str | None = None
    due_before: str | None = None


RECORD = "select alert_id, is_new from record_alert($1::text::jsonb)"


async def record(conn: Connection, alert: Alert) -> tuple[str, bool]:
    """Store and count the alert unless its cause raised one before: the id that holds, and whether it is new."""
    row = await conn.fetchrow(RECORD, msgspec.json.encode(alert).decode())
    assert row is not None  # noqa: S101 — a function with out parameters always answers one row
    return row["alert_id"], row["is_new"]


ADD_VIEWER = """
insert into alert_viewer (alert_id, person_id, bureau_id, basis, since)
select $1, person, $2, basis, $5 from unnest($3::text[], $4::text[]) as t (person, basis)
on conflict do nothing
"""


async def add_viewers(conn: Connection, alert: Alert, viewers: Iterable[Viewer], since: datetime) -> None:
    """Let these persons see the alert from now on; who sees it already keeps the first reason."""
    listed = list(viewers)
    persons, bases = [one.person_id for one in listed], [one.basis.value for one in listed]
    await conn.execute(ADD_VIEWER, alert.id, alert.bureau_id, persons, bases, since)


GET = "select to_jsonb(a) from alert a where id = $1"


async def get(conn: Connection, alert_id: str) -> Alert:
    """An alert that the asker sees. Raises NotFound."""
    found: str | None = await conn.fetchval(GET, alert_id)
    if found is None:
        raise NotFound("there is no such alert, or it is not yours; check the id", path=("alertId",))
    return msgspec.json.decode(found, type=Alert)


LOCK = "select to_jsonb(a) from alert a where id = $1 for update"


async def lock(conn: Connection, alert_id: str) -> Alert:
    """The same, and nobody else changes it in this transaction."""
    found: str | None = await conn.fetchval(LOCK, alert_id)
    if found is None:
        raise NotFound("there is no such alert, or it is not yours; check the id", path=("alertId",))
    return msgspec.json.decode(found, type=Alert)


MANY = "select to_jsonb(a) from alert a where id = any($1::text[])"


async def many(conn: Connection, alert_ids: Sequence[str]) -> dict[str, Alert]:
    """Those of the alerts that the asker sees, by id."""
    rows = await conn.fetch(MANY, list(alert_ids))
    found = [msgspec.json.decode(row[0], type=Alert) for row in rows]
    return {alert.id: alert for alert in found}


VIEWERS = "select alert_id, person_id, basis from alert_viewers($1::text[])"


async def viewers_of(conn: Connection, alert_ids: Sequence[str]) -> dict[str, list[Viewer]]:
    """Who sees each alert, for those who do."""
    found: dict[str, list[Viewer]] = {one: [] for one in alert_ids}
    for row in await conn.fetch(VIEWERS, list(alert_ids)):
        found[row["alert_id"]].append(Viewer(row["person_id"], Basis(row["basis"])))
    return found


PAGE = """
select to_jsonb(a) from alert a
where ($1::text is null or phase = $1) and ($2::text is null or grade = $2) and ($3::text is null or state = $3)
  and ($4::text is null or kind = $4) and ($5::text is null or $5 = any(unit_ids))
  and ($6::text is null or matter_id = $6)
  and ($7::text is null or coalesce(verify_due, acknowledge_due) < $7::date)
  and ($8::timestamptz is null or (raised_at, id) < ($8, $9))
order by raised_at desc, id desc limit $10
"""


async def page(
    conn: Connection, wanted: AlertFilter, after: tuple[datetime, str] | None, size: int
) -> list[Alert]:
    """Alerts that the asker sees, newest first, after the cursor."""
    instant, last = after or (None, None)
    rows = await conn.fetch(
        PAGE,
        wanted.phase,
        wanted.grade,
        wanted.state,
        wanted.kind,
        wanted.unit_id,
        wanted.matter_id,
        wanted.due_before,
        instant,
        last,
        size,
    )
    return [msgspec.json.decode(row[0], type=Alert) for row in rows]


COUNTS = """
select c.phase, c.total, (select count(*) from alert a where a.phase = c.phase) as visible from alert_count c
order by c.phase
"""


async def counts(conn: Connection) -> Mapping[AlertPhase, tuple[int, int]]:
    """By phase: all alerts of the bureau, and those that the asker sees."""
    return {AlertPhase(row["phase"]): (row["total"], row["visible"]) for row in await conn.fetch(COUNTS)}


SET_STATE = "update alert set state = $2, closed_at = case when $2 = 'CLOSED' then $3 else closed_at end where id = $1"


async def set_state(conn: Connection, alert_id: str, state: AlertState, at: datetime) -> None:
    """Move an alert to a state."""
    await conn.execute(SET_STATE, alert_id, state, at)


ACKNOWLEDGE = "update alert set state = $2, acknowledged_at = $3, acknowledged_by = $4 where id = $1"


async def acknowledge(conn: Connection, alert_id: str, state: AlertState, at: datetime, by: str) -> None:
    """Somebody of the line has taken note."""
    await conn.execute(ACKNOWLEDGE, alert_id, state, at, by)


ASSIGN = "update alert set state = $2, verifier = $3, verify_due = $4 where id = $1"


async def assign(conn: Connection, alert_id: str, state: AlertState, verifier: str, due: date) -> None:
    """Somebody else verifies from now on, until another day."""
    await conn.execute(ASSIGN, alert_id, state, verifier, due)


RESOLVE = """
update alert set state = $2, verdict = $3, evidence = $4, resolved_at = $5, resolved_by = $6 where id = $1
"""


async def resolve(
    conn: Connection,
    alert_id: str,
    *,
    state: AlertState,
    verdict: Verdict,
    evidence: str,
    at: datetime,
    by: str,
) -> None:
    """What the verification found."""
    await conn.execute(RESOLVE, alert_id, state, verdict, evidence, at, by)


ESCALATE = "update alert set escalated_at = $2 where id = $1 and escalated_at is null returning true"


async def escalate(conn: Connection, alert_id: str, at: datetime) -> bool:
    """Note the escalation; False when it was escalated before."""
    return bool(await conn.fetchval(ESCALATE, alert_id, at))


ADD_ACT = """
insert into alert_act (alert_id, bureau_id, at, actor, act, state, note) values ($1, $2, $3, $4, $5, $6, $7)
"""


async def add_act(conn: Connection, bureau_id: str, act: AlertAct) -> None:
    """Add to the alert's history."""
    await conn.execute(ADD_ACT, act.alert_id, bureau_id, act.at, act.actor, act.act, act.state, act.note)


ACTS = "select to_jsonb(a) from alert_act a where alert_id = $1 order by id"


async def acts(conn: Connection, alert_id: str) -> list[AlertAct]:
    """The history of an alert that the asker sees."""
    return [msgspec.json.decode(row[0], type=AlertAct) for row in await conn.fetch(ACTS, alert_id)]


WARNINGS = """
select to_jsonb(a) from alert a
where matter_id = $1 and phase = 'EX_ANTE' and closed_at is null
  and ($2::text[] is null or kind = any($2)) for update
"""


async def open_warnings(conn: Connection, matter_id: str, kinds: Sequence[str] | None) -> list[Alert]:
    """Warnings of a matter that are still open."""
    rows = await conn.fetch(WARNINGS, matter_id, list(kinds) if kinds is not None else None)
    return [msgspec.json.decode(row[0], type=Alert) for row in rows]


CLOCK = """
select m.due_on, m.accepted_on, v.definition::text as definition
from matter m
join item_version v on v.bureau_id = m.bureau_id and v.item_code = m.item_code and v.version = m.item_version
where m.id = $1
"""


class MatterClock(msgspec.Struct, frozen=True):
    """What an alert notes of its matter's limit; `definition` is the JSON of the item."""

    due_on: str | None
    accepted_on: str
    definition: str


async def matter_clock(conn: Connection, matter_id: str) -> MatterClock | None:
    """The limit of a matter that the asker sees."""
    row = await conn.fetchrow(CLOCK, matter_id)
    if row is None:
        return None
    due_on = row["due_on"]
    return MatterClock(
        due_on.isoformat() if due_on else None, row["accepted_on"].isoformat(), row["definition"]
    )


DOSSIER = "select alert_dossier($1)::text"


async def dossier(conn: Connection, alert_id: str) -> str | None:
    """The file behind an alert as JSON; None without a matter, or when the asker may not see it."""
    return await conn.fetchval(DOSSIER, alert_id)
