"""The unit hands in what it did, with evidence: the clock of overdue blocks stops."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_order
from case_flow.domain.rectification import RectificationState, move
from case_flow.storage import rectification as orders


class SubmitRectification(msgspec.Struct, frozen=True):
    """What was put right, and what shows it."""

    order_id: str
    evidence: str


async def submit_rectification(uow: Uow, command: SubmitRectification) -> str:
    """Return the order's id. Raises NotFound, Invalid, RectificationStateRefused."""
    order = await orders.lock(uow.conn, command.order_id)
    require_on_order(uow, "submit", order)
    if not command.evidence.strip():
        raise Invalid("show what was put right", path=("evidence",))
    submitted = msgspec.structs.replace(
        order,
        state=move(order.state, RectificationState.SUBMITTED),
        submitted_by=uow.principal.actor,
        submitted_at=uow.now,
        evidence=command.evidence,
    )
    await orders.save(uow.conn, submitted)
    await orders.add_act(uow.conn, submitted, uow.now, uow.principal.actor, "SUBMITTED", command.evidence)
    await uow.cancel_timers(order.id)
    await uow.audit("rectification.submitted", "RectificationOrder", order.id)
    return order.id
