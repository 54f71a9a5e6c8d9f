"""Work orders, the plans they belong to, and what was done about each."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.policy import absent

from case_flow.domain.work_order import WorkOrder


class Act(msgspec.Struct, frozen=True):
    """One line of an order's history."""

    at: datetime
    actor: str
    act: str
    note: str


class Plan(msgspec.Struct, frozen=True):
    """A checklist plan: its orders are the lines (S1-127)."""

    id: str
    bureau_id: str
    title: str
    unit_id: str
    issued_by: str
    issued_at: datetime


ADD = "insert into work_order select * from jsonb_populate_record(null::work_order, $1::text::jsonb)"


async def add(conn: Connection, order: WorkOrder) -> None:
    """Store an issued order."""
    await conn.execute(ADD, msgspec.json.encode(order).decode())


ADD_PLAN = "insert into work_plan select * from jsonb_populate_record(null::work_plan, $1::text::jsonb)"


async def add_plan(conn: Connection, plan: Plan) -> None:
    """Store a plan; its orders follow."""
    await conn.execute(ADD_PLAN, msgspec.json.encode(plan).decode())


LOCK = "select to_jsonb(o) from work_order o where id = $1 for update"


async def lock(conn: Connection, order_id: str) -> WorkOrder:
    """An order that the asker sees; nobody else changes it in this transaction. Raises NotFound."""
    found: str | None = await conn.fetchval(LOCK, order_id)
    if found is None:
        raise absent("work order")
    return msgspec.json.decode(found, type=WorkOrder)


MANY = "select to_jsonb(o) from work_order o where id = any($1::text[])"


async def many(conn: Connection, ids: Sequence[str]) -> dict[str, WorkOrder]:
    """Those that the asker sees, by id."""
    rows = await conn.fetch(MANY, list(ids))
    found = [msgspec.json.decode(row[0], type=WorkOrder) for row in rows]
    return {one.id: one for one in found}


PAGE = """
select to_jsonb(o) from work_order o
where ($1::text is null or kind = $1) and ($2::text is null or plan_id = $2)
  and (not $3 or closed_at is null) and ($4::date is null or (due_on, id) > ($4::date, $5))
order by due_on, id limit $6
"""


async def page(
    conn: Connection,
    kind: str | None,
    plan_id: str | None,
    *,
    open_only: bool,
    after: tuple[date, str] | None,
    size: int,
) -> list[WorkOrder]:
    """Orders that the asker sees, those due first first, after the cursor."""
    on, last = after or (None, None)
    rows = await conn.fetch(PAGE, kind, plan_id, open_only, on, last, size)
    return [msgspec.json.decode(row[0], type=WorkOrder) for row in rows]


SAVE = """
update work_order set
  accepted_by = n.accepted_by, accepted_at = n.accepted_at, feedback = n.feedback, submission = n.submission,
  agrees = n.agrees, fed_back_by = n.fed_back_by, fed_back_at = n.fed_back_at, returned = n.returned,
  return_reason = n.return_reason, due_on = n.due_on, closing = n.closing, closed_by = n.closed_by,
  closed_at = n.closed_at, rectification_id = n.rectification_id
from jsonb_populate_record(null::work_order, $1::text::jsonb) n where work_order.id = n.id
"""


async def save(conn: Connection, order: WorkOrder) -> None:
    """Store the order as it is after an act."""
    await conn.execute(SAVE, msgspec.json.encode(order).decode())


ADD_ACT = (
    "insert into work_order_act (order_id, bureau_id, at, actor, act, note) values ($1, $2, $3, $4, $5, $6)"
)


async def add_act(conn: Connection, order: WorkOrder, act: Act) -> None:
    """Add to the order's history."""
    await conn.execute(ADD_ACT, order.id, order.bureau_id, act.at, act.actor, act.act, act.note)


ACTS = "select at, actor, act, note from work_order_act where order_id = $1 order by id"


async def acts(conn: Connection, order_id: str) -> list[Act]:
    """The history of an order."""
    return [Act(*row.values()) for row in await conn.fetch(ACTS, order_id)]
