"""事中监督: a member of the group records what the member saw on the spot, in the member's own session (S1-063)."""

import msgspec
from plumbline_shared.errors import Conflict, Invalid
from plumbline_shared.use_case import Uow

from case_flow.domain.supervision import OnSiteRecord, check_on_the_spot, check_supervisor
from case_flow.storage import supervision
from case_flow.supervision_access import require_on_event
from case_flow.use_cases.supervision_acts import remember


class RecordSupervision(msgspec.Struct, frozen=True):
    """What was seen, and whether something was wrong."""

    event_id: str
    observation: str
    concern: bool = False


async def record_supervision(uow: Uow, command: RecordSupervision) -> str:
    """Return the event's id. Raises NotFound, Invalid, Conflict, EventStateRefused, SupervisesOwnUnit."""
    event = await supervision.lock(uow.conn, command.event_id)
    await require_on_event(uow, "supervise", event)
    check_on_the_spot(event, uow.today)
    check_supervisor(uow.principal.unit_ids, event)
    if not command.observation.strip():
        raise Invalid("say what you saw", path=("observation",))
    if any(one.person_id == uow.principal.actor for one in await supervision.records(uow.conn, event.id)):
        raise Conflict("you recorded this event already", path=("eventId",))
    seen = OnSiteRecord(
        event_id=event.id,
        bureau_id=event.bureau_id,
        person_id=uow.principal.actor,
        observation=command.observation,
        concern=command.concern,
        recorded_at=uow.now,
    )
    await supervision.add_record(uow.conn, seen)
    await remember(uow, event, "RECORDED")
    return event.id
