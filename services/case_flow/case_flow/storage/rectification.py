"""Rectification orders, their history, and the circulars that overdue ones call for."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.errors import NotFound

from case_flow.domain.rectification import Circular, RectificationOrder

ADD = "insert into rectification_order select * from jsonb_populate_record(null::rectification_order, $1::text::jsonb)"


async def add(conn: Connection, order: RectificationOrder) -> None:
    """Store a new order."""
    await conn.execute(ADD, msgspec.json.encode(order).decode())


LOCK = "select to_jsonb(o) from rectification_order o where id = $1 for update"


async def lock(conn: Connection, order_id: str) -> RectificationOrder:
    """An order that the asker sees; nobody else changes it in this transaction. Raises NotFound."""
    found: str | None = await conn.fetchval(LOCK, order_id)
    if found is None:
        raise NotFound("there is no such order, or it is not yours; check the id", path=("orderId",))
    return msgspec.json.decode(found, type=RectificationOrder)


MANY = "select to_jsonb(o) from rectification_order o where id = any($1::text[])"


async def many(conn: Connection, order_ids: Sequence[str]) -> dict[str, RectificationOrder]:
    """Those of the orders that the asker sees, by id."""
    rows = await conn.fetch(MANY, list(order_ids))
    found = [msgspec.json.decode(row[0], type=RectificationOrder) for row in rows]
    return {order.id: order for order in found}


SAVE = """
update rectification_order set
  state = n.state, accepted_by = n.accepted_by, submitted_by = n.submitted_by, submitted_at = n.submitted_at,
  evidence = n.evidence, verified_by = n.verified_by, verified_at = n.verified_at,
  overdue_from = n.overdue_from, blocks = n.blocks, renewed_due_on = n.renewed_due_on
from jsonb_populate_record(null::rectification_order, $1::text::jsonb) n where rectification_order.id = n.id
"""


async def save(conn: Connection, order: RectificationOrder) -> None:
    """Store the order as it is after an act."""
    await conn.execute(SAVE, msgspec.json.encode(order).decode())


ADD_ACT = """
insert into rectification_act (order_id, bureau_id, at, actor, act, state, note) values ($1, $2, $3, $4, $5, $6, $7)
"""


async def add_act(
    conn: Connection, order: RectificationOrder, at: datetime, actor: str, act: str, note: str = ""
) -> None:
    """Add to the order's history."""
    await conn.execute(ADD_ACT, order.id, order.bureau_id, at, actor, act, order.state, note)


ADD_CIRCULAR = "insert into circular select * from jsonb_populate_record(null::circular, $1::text::jsonb)"


async def add_circular(conn: Connection, circular: Circular) -> None:
    """Store a drafted circular."""
    await conn.execute(ADD_CIRCULAR, msgspec.json.encode(circular).decode())


CIRCULARS = "select to_jsonb(c) from circular c where order_id = any($1::text[])"


async def circulars(conn: Connection, order_ids: Sequence[str]) -> dict[str, Circular]:
    """The circular of each order, where there is one that the asker sees."""
    rows = await conn.fetch(CIRCULARS, list(order_ids))
    found = [msgspec.json.decode(row[0], type=Circular) for row in rows]
    return {circular.order_id: circular for circular in found}


ISSUE_CIRCULAR = "update circular set issued_by = $2, issued_at = $3 where order_id = $1"


async def issue_circular(conn: Connection, order_id: str, by: str, at: datetime) -> None:
    """The circular is published."""
    await conn.execute(ISSUE_CIRCULAR, order_id, by, at)


PAGE = """
select to_jsonb(o) from rectification_order o
where ($1::text is null or state = $1) and ($2::text is null or unit_id = $2)
  and ($3::text is null or incident_id = $3) and ($4::date is null or (due_on, id) > ($4::date, $5))
order by due_on, id limit $6
"""


async def page(
    conn: Connection,
    *,
    state: str | None,
    unit_id: str | None,
    incident_id: str | None,
    after: tuple[str, str] | None,
    size: int,
) -> list[RectificationOrder]:
    """Orders that the asker sees, by due date, after the cursor."""
    on, last = after or (None, None)
    rows = await conn.fetch(PAGE, state, unit_id, incident_id, on, last, size)
    return [msgspec.json.decode(row[0], type=RectificationOrder) for row in rows]


ALL_VERIFIED = """
select not exists (select from rectification_order where incident_id = $1 and verified_at is null)
"""


async def all_verified(conn: Connection, incident_id: str) -> bool:
    """Whether no order of the incident is open; for the service itself, which sees them all."""
    return await conn.fetchval(ALL_VERIFIED, incident_id)
