"""The unit takes an order on: it knows what is asked and by when."""

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_order
from case_flow.domain.rectification import RectificationState, move
from case_flow.storage import rectification as orders


class TakeOnRectification(msgspec.Struct, frozen=True):
    """Which order."""

    order_id: str


async def take_on_rectification(uow: Uow, command: TakeOnRectification) -> str:
    """Return the order's id. Raises NotFound, RectificationStateRefused."""
    order = await orders.lock(uow.conn, command.order_id)
    require_on_order(uow, "takeOn", order)
    state = move(order.state, RectificationState.ACCEPTED)
    taken = msgspec.structs.replace(order, state=state, accepted_by=uow.principal.actor)
    await orders.save(uow.conn, taken)
    await orders.add_act(uow.conn, taken, uow.now, uow.principal.actor, "TAKEN_ON")
    await uow.audit("rectification.takenOn", "RectificationOrder", order.id)
    return order.id
