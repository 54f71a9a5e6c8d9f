"""Accept or return what a unit put right: never by the rectifier or the unit itself (SoD-7, I-007)."""

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_order
from case_flow.domain.rectification import (
    RectificationOrder,
    RectificationState,
    check_acceptor,
    move,
    next_block,
    overdue_from,
)
from case_flow.rules import CONTROL_RULES
from case_flow.storage import rectification as orders
from case_flow.use_cases.follow_incident import follow_incident


class AcceptRectification(msgspec.Struct, frozen=True):
    """Whether it is right now; returned work needs the reason."""

    order_id: str
    accepted: bool
    reason: str = ""


async def accept_rectification(uow: Uow, command: AcceptRectification) -> str:
    """Return the order's id. Raises NotFound, Invalid, AcceptorIsRectifier, RectificationStateRefused."""
    order = await orders.lock(uow.conn, command.order_id)
    require_on_order(uow, "accept", order)
    check_acceptor(uow.principal.actor, uow.principal.unit_ids, order.submitted_by or "", order.unit_id)
    if not command.accepted and not command.reason.strip():
        raise Invalid("say what is still wrong", path=("reason",))
    judged = _judged(uow, order, command)
    await orders.save(uow.conn, judged)
    act = "VERIFIED" if command.accepted else "RETURNED"
    await orders.add_act(uow.conn, judged, uow.now, uow.principal.actor, act, command.reason)
    if not command.accepted:
        await _resume(uow, judged)
    await follow_incident(uow, order.incident_id)
    await uow.audit("rectification.judged", "RectificationOrder", order.id, {"accepted": command.accepted})
    return order.id


def _judged(uow: Uow, order: RectificationOrder, command: AcceptRectification) -> RectificationOrder:
    if not command.accepted:
        return msgspec.structs.replace(order, state=move(order.state, RectificationState.RETURNED))
    return msgspec.structs.replace(
        order,
        state=move(order.state, RectificationState.VERIFIED),
        verified_by=uow.principal.actor,
        verified_at=uow.now,
    )


async def _resume(uow: Uow, order: RectificationOrder) -> None:
    """Returned work is owed again: the next overdue notice is set anew."""
    org, block = await load_org(uow.conn, order.bureau_id), (await CONTROL_RULES.of(uow)).limits.rectify_block
    blocks = next_block(order, block, org.calendar, uow.now)
    fire_at = overdue_from(order.due_on, block, blocks, org.calendar)
    await uow.schedule("rectification_overdue", order.id, fire_at, {"blocks": blocks})
