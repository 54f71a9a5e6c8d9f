"""Matters: one read and one statement for every act on them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import asyncpg
import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.deadline import Pause
from plumbline_shared.ids import new_id
from plumbline_shared.policy import absent
from plumbline_shared.telemetry import traceparent

from case_flow.domain.definition import State
from case_flow.domain.errors import ChangedMeanwhile
from case_flow.domain.matter import Completion, Mark, Matter, OpenStep, Pending, Regime, Suspension, joined
from case_flow.storage.trace import Trace

_encode = msgspec.json.Encoder().encode
_trail = msgspec.json.Decoder(dict[str, Mark]).decode
_pending = msgspec.json.Decoder(Pending).decode
_pauses = msgspec.json.Decoder(tuple[Pause, ...]).decode
_suspension = msgspec.json.Decoder(Suspension).decode
_others = msgspec.json.Decoder(tuple[OpenStep, ...]).decode
_facts = msgspec.json.Decoder(dict[str, Any]).decode

BY_ID = """
select id, bureau_id, run_id, regime, case_ref, item_code, item_version, item_hash, domain, state, outcome, reason, title, facts,
       office_id, unit_id, step, handlers, queue_unit, queue_roles, people, units, trail, pending, slip_id,
       accepted_at, accepted_on, due_on, due_provisional, stage_due_on, extension_days, late_working_days,
       closed_at, closed_on, row_version, pauses, suspension, others,
       exists (select from second_review r join matter_step s on s.matter_id = r.matter_id and s.seq > r.after_seq
               where r.matter_id = matter.id) as second_review,
       case when run_id is null then case_flow_recused(id, bureau_id, title, facts) else '{}' end as recused,
       case when run_id is null then (select s.digest from control_set_active s where s.bureau_id = matter.bureau_id)
       end as control_set
from matter where id = $1
"""


async def get(conn: Connection, matter_id: str) -> Matter:
    """The matter as the caller may see it. Raises NotFound."""
    row = await conn.fetchrow(BY_ID, matter_id)
    if row is None:
        raise absent("matter")
    return _matter(row)


AROUND = """
select case_flow_recused($1, $2, $3, $4::text::jsonb) as recused,
       (select digest from control_set_active where bureau_id = $2) as control_set
"""


async def looked_at(conn: Connection, matter: Matter) -> Matter:
    """A matter about to be accepted, with who keeps off it and the bureau's own rules of today."""
    known = (matter.id, matter.bureau_id, matter.title, _text(matter.facts))
    keeps_off, own_rules = (await conn.fetch(AROUND, *known))[0]
    return matter.change(recused=tuple(keeps_off), control_set=own_rules)


STATED = """
select payload::text from matter_step where matter_id = $1 and payload #> $2::text[] is not null order by seq desc limit 1
"""


async def stated_last(conn: Connection, matter_id: str, path: Sequence[str]) -> dict[str, Any] | None:
    """What the last step said that stated something at this path; None when none did."""
    found: str | None = await conn.fetchval(STATED, matter_id, list(path))
    return _facts(found) if found else None


LOCK = "select from matter where id = $1 for update"


async def get_alone(conn: Connection, matter_id: str) -> Matter:
    """The matter once nobody else is acting on it: acts on different branches wait for each other. Raises NotFound."""
    await conn.execute(LOCK, matter_id)
    return await get(conn, matter_id)


BY_IDS = BY_ID.replace("= $1", "= any($1::text[])")


async def get_many(conn: Connection, ids: Sequence[str]) -> dict[str, Matter]:
    """Those of the matters that the caller may see, by id."""
    return {row["id"]: _matter(row) for row in await conn.fetch(BY_IDS, list(ids))}


ACCEPT = """
with accepted as (
  insert into matter (
    id, bureau_id, run_id, regime, case_ref, item_code, item_version, item_hash, domain, state, title, facts, office_id, unit_id,
    step, handlers, queue_unit, queue_roles, people, units, trail, accepted_at, accepted_on, due_on, due_provisional,
    stage_due_on, code_hash, others)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
          $25, $26, $27, $43)
), opened as (
  insert into work (matter_id, seq, step, assignee, bureau_id, due_on, roles)
  select $1, 1, step, assignee, $2, coalesce(stage_due_on, $24, 'infinity'::date), string_to_array(roles, ',')
  from unnest($28::text[], $44::text[], $45::date[], $46::text[]) as w (step, assignee, stage_due_on, roles)
  where $3::text is null
), done as (
  insert into matter_step (matter_id, seq, bureau_id, run_id, step, signers, unit_id, at, local_on, due_on, payload)
  values ($1, 1, $2, $3, $29, $30, $31, $22, $32, $33, $34)
)
insert into audit_entry (id, bureau_id, actor, action, object_type, object_id, at, salt, detail, commitment)
values ($35, $2, $36, $37, 'Matter', $38, $39, $40, $41, $42)
"""


async def accept(
    conn: Connection, matter: Matter, trace: Trace, done: Completion, unit_id: str, code_hash: bytes | None
) -> None:
    """Add a new matter with its first step, done by `unit_id`."""
    steps, *work = work_of(matter)
    await conn.execute(
        ACCEPT,
        *(matter.id, matter.bureau_id, matter.run_id, matter.regime, matter.case_ref, matter.item_code),
        *(matter.item_version, matter.item_hash, matter.domain, matter.state, matter.title),
        *(_text(matter.facts), matter.office_id),
        *(matter.unit_id, matter.step, matter.handlers, matter.queue_unit, matter.queue_roles, matter.people),
        *(matter.units, _text(matter.trail), matter.accepted_at, matter.accepted_on, matter.due_on),
        *(matter.due_provisional, matter.stage_due_on, code_hash, steps),
        *(done.step, done.signers, unit_id, done.local_on, None, _text(done.payload)),
        *trace,
        *(_text(matter.others), *work),
    )


MOVE = """
with moved as (
  update matter set
    state = $3, outcome = $4, reason = $5, step = $6, unit_id = $7, handlers = $8, queue_unit = $9, queue_roles = $10,
    people = $11, units = $12, trail = $13, pending = $14, slip_id = $15, due_on = $16, due_provisional = $17,
    stage_due_on = $18, extension_days = $19, late_working_days = $20, closed_at = $21, closed_on = $22,
    pauses = $39, suspension = $40, others = $41, row_version = row_version + 1
  where id = $1 and row_version = $2
  returning id, bureau_id, run_id, row_version
), done as (
  insert into matter_step (matter_id, seq, bureau_id, run_id, step, signers, unit_id, at, local_on, due_on, payload)
  select id, row_version, bureau_id, run_id, $24, $25, $26, $27, $28, $29, $30 from moved where $24::text is not null
), gone as (
  delete from work where matter_id in (select id from moved where run_id is null)
), opened as (
  insert into work (matter_id, seq, step, assignee, bureau_id, due_on, roles)
  select id, row_version, w.step, w.assignee, bureau_id, coalesce(w.stage_due_on, $16, 'infinity'::date),
         string_to_array(w.roles, ',')
  from moved, unnest($23::text[], $42::text[], $43::date[], $44::text[]) as w (step, assignee, stage_due_on, roles)
  where run_id is null
), traced as (
  insert into audit_entry (id, bureau_id, actor, action, object_type, object_id, at, salt, detail, commitment)
  select $31, bureau_id, $32, $33, 'Matter', $34, $35, $36, $37, $38 from moved
), counted as (
  insert into aggregate_version (aggregate_id, version) select id, 1 from moved where run_id is null
  on conflict (aggregate_id) do update set version = aggregate_version.version + 1
  returning version
), wake as (
  select pg_notify('plumbline_outbox', '') from moved where run_id is null
), told as (
  insert into outbox
    (event_id, subject, aggregate_id, aggregate_version, bureau_id, occurred_at, traceparent, data)
  select $45, 'case_flow.v1.MatterStepped', id, counted.version, bureau_id, $35, $46,
         json_build_object('matterId', id, 'bureauId', bureau_id, 'step', coalesce($24::text, ''), 'version', row_version)::text
  from moved, counted, wake
)
select row_version from moved
"""


async def move(
    conn: Connection,
    before: Matter,
    after: Matter,
    trace: Trace,
    done: Completion | None = None,
) -> None:
    """Store an act: the new state, the completed step if any, the work now open, the audit row, MatterStepped.

    Raises ChangedMeanwhile when another act came between reading `before` and now.
    """
    steps, *work = work_of(after)
    version = await conn.fetchval(
        MOVE,
        *(before.id, before.row_version, after.state, after.outcome, after.reason, after.step, after.unit_id),
        *(after.handlers, after.queue_unit, after.queue_roles, after.people, after.units, _text(after.trail)),
        *(
            _text(after.pending) if after.pending else None,
            after.slip_id,
            after.due_on,
            after.due_provisional,
        ),
        *(
            after.stage_due_on,
            after.extension_days,
            after.late_working_days,
            after.closed_at,
            after.closed_on,
        ),
        steps,
        *_done(before, done),
        *trace,
        _text(after.pauses),
        _text(after.suspension) if after.suspension else None,
        *(_text(after.others), *work),
        *(new_id("ev"), traceparent()),
    )
    if version is None:
        raise ChangedMeanwhile("somebody else acted on this matter first: read it again and repeat")


def work_of(matter: Matter) -> tuple[list[str], list[str], list[date | None], list[str]]:
    """What inboxes show, as columns: each open step for those in whose hands it is, and for its queue until taken.

    The last column names the roles that its queue asks for, by comma; a person's own line asks for none.
    """
    rows = [
        (
            one.step,
            assignee,
            one.stage_due_on,
            ",".join(one.queue_roles) if assignee == one.queue_unit else "",
        )
        for one in matter.open_steps
        for assignee in joined(one.hands, one.queue_unit)
    ]
    return (
        [row[0] for row in rows],
        [row[1] for row in rows],
        [row[2] for row in rows],
        [row[3] for row in rows],
    )


PUBLIC = BY_ID.replace("where id = $1", "where case_ref = $1 and run_id is null and code_hash = $2")


async def by_receipt(conn: Connection, case_ref: str, code_hash: bytes) -> Matter | None:
    """The matter whose receipt number and code these are."""
    row = await conn.fetchrow(PUBLIC, case_ref, code_hash)
    return _matter(row) if row else None


def _done(before: Matter, done: Completion | None) -> tuple[object, ...]:
    if done is None:
        return (None, (), None, None, None, None, None)
    return (
        *(done.step, done.signers, before.unit_id, done.at, done.local_on),
        *(before.stage_due_on, _text(done.payload)),
    )


def _text(value: object) -> str:
    return _encode(value).decode()


def _matter(row: asyncpg.Record) -> Matter:
    return Matter(
        id=row["id"],
        bureau_id=row["bureau_id"],
        run_id=row["run_id"],
        regime=Regime(row["regime"]),
        case_ref=row["case_ref"],
        item_code=row["item_code"],
        item_version=row["item_version"],
        item_hash=row["item_hash"],
        domain=row["domain"],
        state=State(row["state"]),
        outcome=row["outcome"],
        reason=row["reason"],
        title=row["title"],
        facts=_facts(row["facts"]),
        office_id=row["office_id"],
        unit_id=row["unit_id"],
        step=row["step"],
        handlers=tuple(row["handlers"]),
        queue_unit=row["queue_unit"],
        queue_roles=tuple(row["queue_roles"]),
        people=tuple(row["people"]),
        units=tuple(row["units"]),
        trail=_trail(row["trail"]),
        pending=_pending(row["pending"]) if row["pending"] else None,
        slip_id=row["slip_id"],
        accepted_at=row["accepted_at"],
        accepted_on=row["accepted_on"],
        due_on=row["due_on"],
        due_provisional=row["due_provisional"],
        stage_due_on=row["stage_due_on"],
        extension_days=row["extension_days"],
        late_working_days=row["late_working_days"],
        closed_at=row["closed_at"],
        closed_on=row["closed_on"],
        row_version=row["row_version"],
        second_review=row["second_review"],
        recused=tuple(row["recused"]),
        control_set=row["control_set"],
        pauses=_pauses(row["pauses"]),
        suspension=_suspension(row["suspension"]) if row["suspension"] else None,
        others=_others(row["others"]),
    )
