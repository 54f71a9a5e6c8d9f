"""An order is overdue: at 00:00 after its last day, and after each further full block of working days (SR-06)."""

import msgspec
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.deadline import add_days
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.control_publications import rectification_overdue
from case_flow.domain.rectification import (
    UNFINISHED,
    Circular,
    RectificationOrder,
    RectificationState,
    overdue_from,
)
from case_flow.rules import CONTROL_RULES
from case_flow.storage import rectification as orders
from case_flow.use_cases.raise_alert import raise_alert


async def on_rectification_overdue(uow: Uow, timer: Timer) -> None:
    """Overdue begins (block 0) or a further block is full; the next notice is scheduled."""
    order, blocks = await orders.lock(uow.conn, timer.ref), int(timer.payload["blocks"])
    if order.state not in UNFINISHED:
        return
    org = await load_org(uow.conn, order.bureau_id)
    overdue = _overdue(uow, order, blocks)
    await orders.save(uow.conn, overdue)
    await orders.add_act(uow.conn, overdue, uow.now, uow.principal.actor, "OVERDUE", f"blocks={blocks}")
    if order.overdue_from is None:
        await _begin(uow, org, overdue)
    await uow.emit(order.id, rectification_overdue(overdue, blocks, uow.now))
    block = (await CONTROL_RULES.of(uow)).limits.rectify_block
    fire_at = overdue_from(order.due_on, block, blocks + 1, org.calendar)
    await uow.schedule("rectification_overdue", order.id, fire_at, {"blocks": blocks + 1})


def _overdue(uow: Uow, order: RectificationOrder, blocks: int) -> RectificationOrder:
    circularised = order.state is RectificationState.CIRCULARISED
    return msgspec.structs.replace(
        order,
        state=order.state if circularised else RectificationState.OVERDUE,
        overdue_from=order.overdue_from or uow.now,
        blocks=blocks,
    )


async def _begin(uow: Uow, org: Org, order: RectificationOrder) -> None:
    """The alert, and the circular drafted for the head with a new limit (S1-154)."""
    await raise_alert(
        uow,
        kind="RECTIFICATION_OVERDUE",
        at=uow.now,
        unit_ids=[order.unit_id],
        facts={"order_id": order.id, "due_on": order.due_on.isoformat()},
        key=f"rectification:{order.id}",
    )
    again, unit = (await CONTROL_RULES.of(uow)).limits.rectify_again, org.unit(order.unit_id)
    new_due_on = add_days(org.calendar, again.unit, uow.today, again.length).on
    name = unit.name if unit else order.unit_id
    circular = Circular(
        order_id=order.id,
        bureau_id=order.bureau_id,
        unit_id=order.unit_id,
        addressed_to=org.head(uow.today),
        text_zh=f"{name}未按期于{order.due_on}前完成整改，予以通报批评，责令于{new_due_on}前改正并反馈。",
        text_en=(
            f"{order.unit_id} did not rectify by {order.due_on}: it is criticised by circular "
            f"and ordered to rectify and report by {new_due_on}."
        ),
        new_due_on=new_due_on,
        drafted_at=uow.now,
    )
    await orders.add_circular(uow.conn, circular)
