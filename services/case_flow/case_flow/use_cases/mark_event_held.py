"""Say that a supervised event was held. Without a notice before it, that is stopped by a hold (scenario 11)."""

import msgspec
from plumbline_shared.errors import Conflict
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.domain.hold import Hold, HoldState
from case_flow.domain.recipients import Basis, Viewer
from case_flow.domain.supervision import SupervisedEvent, SupervisionGroup, check_on_the_spot
from case_flow.rules import SUPERVISION_RULES
from case_flow.storage import alert as alerts
from case_flow.storage import supervision
from case_flow.supervision_access import require_on_event
from case_flow.use_cases.end_hold import settle_hold
from case_flow.use_cases.raise_alert import raise_alert
from case_flow.use_cases.raise_hold import keep_hold
from case_flow.use_cases.supervision_acts import record, remember

NOTICE_MISSING = "NOTICE_MISSING"


class MarkEventHeld(msgspec.Struct, frozen=True):
    """The event that was held on its day."""

    event_id: str


class EventMarked(msgspec.Struct, frozen=True):
    """The event; with a hold it was not marked."""

    event_id: str
    hold_id: str | None = None


async def mark_event_held(uow: Uow, command: MarkEventHeld) -> EventMarked:
    """Mark it, or hold the act. Raises NotFound, Conflict, EventStateRefused."""
    event = await supervision.lock(uow.conn, command.event_id)
    group = await require_on_event(uow, "hold", event)
    check_on_the_spot(event, uow.today)
    if event.held_at:
        raise Conflict("the event is marked held already", path=("eventId",))
    if event.noticed_at is None:
        return EventMarked(event.id, await _hold(uow, event, group))
    await record(uow, event, "HELD", held_by=uow.principal.actor, held_at=uow.now)
    for hold in await supervision.open_holds(uow.conn, event.id):
        await settle_hold(uow, hold)
    return EventMarked(event.id)


async def _hold(uow: Uow, event: SupervisedEvent, group: SupervisionGroup | None) -> str:
    """The open hold of the event, or a new one that the group, the leader in charge and discipline see."""
    for held in await supervision.open_holds(uow.conn, event.id):
        return held.id
    hold_id, rule = new_id("hd"), (await SUPERVISION_RULES.of(uow)).notice_missing
    alert_id = await raise_alert(
        uow,
        kind=NOTICE_MISSING,
        at=uow.now,
        subject_person_ids=[uow.principal.actor],
        unit_ids=[event.unit_id],
        domain=event.domain,
        facts={"hold_id": hold_id, "event_id": event.id},
        key=f"hold:{hold_id}",
    )
    alert = await alerts.get(uow.conn, alert_id)
    members = [Viewer(one, Basis.GROUP) for one in (group.person_ids if group else ())]
    await alerts.add_viewers(uow.conn, alert, members, uow.now)
    hold = Hold(
        id=hold_id,
        bureau_id=event.bureau_id,
        code=NOTICE_MISSING,
        control=rule.control,
        matter_id=None,
        event_id=event.id,
        step="HELD",
        person_id=uow.principal.actor,
        unit_id=event.unit_id,
        point_id=None,
        grade=alert.grade,
        alert_id=alert_id,
        state=HoldState.RAISED,
        ways=rule.ways,
        message_zh=rule.message.zh,
        message_en=rule.message.en,
        citation=rule.citation,
        facts={"planned_on": event.planned_on.isoformat()},
        pack=event.pack,
        raised_at=uow.now,
    )
    await keep_hold(uow, hold)
    await remember(uow, event, "HELD_REFUSED", NOTICE_MISSING)
    return hold.id
