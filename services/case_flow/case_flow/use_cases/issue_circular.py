"""Issue the circular that was drafted for an overdue order: criticism, and a new limit (S1-154)."""

import msgspec
from plumbline_shared.errors import NotFound
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_order
from case_flow.domain.rectification import RectificationState, move
from case_flow.storage import rectification as orders


class IssueCircular(msgspec.Struct, frozen=True):
    """Which order's circular."""

    order_id: str


async def issue_circular(uow: Uow, command: IssueCircular) -> str:
    """Return the order's id. Raises NotFound, RectificationStateRefused."""
    order = await orders.lock(uow.conn, command.order_id)
    require_on_order(uow, "circulate", order)
    drafted = (await orders.circulars(uow.conn, [order.id])).get(order.id)
    if drafted is None:
        raise NotFound("there is no such circular, or it is not yours; check the id", path=("orderId",))
    state = move(order.state, RectificationState.CIRCULARISED)
    circulated = msgspec.structs.replace(order, state=state, renewed_due_on=drafted.new_due_on)
    await orders.save(uow.conn, circulated)
    await orders.issue_circular(uow.conn, order.id, uow.principal.actor, uow.now)
    await orders.add_act(uow.conn, circulated, uow.now, uow.principal.actor, "CIRCULARISED")
    await uow.audit("circular.issued", "RectificationOrder", order.id)
    return order.id
