"""Cancel a supervised event that does not take place; what held it ends with it (invariant 12)."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.domain.supervision import EventStateRefused
from case_flow.storage import supervision
from case_flow.supervision_access import require_on_event
from case_flow.use_cases.end_hold import give_up_hold
from case_flow.use_cases.supervision_acts import PART_TIMER, record


class CancelSupervisedEvent(msgspec.Struct, frozen=True):
    """Why it is not held."""

    event_id: str
    reason: str


async def cancel_supervised_event(uow: Uow, command: CancelSupervisedEvent) -> str:
    """Return the event's id. Raises NotFound, Invalid, EventStateRefused."""
    event = await supervision.lock(uow.conn, command.event_id)
    await require_on_event(uow, "cancel", event)
    if not command.reason.strip():
        raise Invalid("say why the event is not held", path=("reason",))
    if event.cancelled_at or event.held_at or await supervision.records(uow.conn, event.id):
        raise EventStateRefused("an event that took place is not cancelled", state=event.state)
    await record(
        uow,
        event,
        "CANCELLED",
        command.reason,
        cancelled_by=uow.principal.actor,
        cancelled_at=uow.now,
        reason=command.reason,
    )
    await uow.cancel_timers(event.id, PART_TIMER)
    for hold in await supervision.open_holds(uow.conn, event.id):
        await give_up_hold(uow, hold, command.reason)
    return event.id
