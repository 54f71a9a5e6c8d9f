"""事前预告: announce a supervised event, in time for its day or for a new one (S1-063)."""

from datetime import date

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.deadline import add_days
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.domain.supervision import check_notice
from case_flow.rules import SUPERVISION_RULES
from case_flow.storage import supervision
from case_flow.supervision_access import require_on_event
from case_flow.use_cases.supervision_acts import record, set_limits


class GiveEventNotice(msgspec.Struct, frozen=True):
    """What is announced; `held_on` moves the event to another day."""

    event_id: str
    notice: str
    held_on: date | None = None


async def give_event_notice(uow: Uow, command: GiveEventNotice) -> str:
    """Return the event's id. Raises NotFound, Invalid, EventStateRefused, NoticeTooLate."""
    event, rule = await supervision.lock(uow.conn, command.event_id), (await SUPERVISION_RULES.of(uow)).notice
    await require_on_event(uow, "announce", event)
    if not command.notice.strip():
        raise Invalid("say what is going to be held, where and when", path=("notice",))
    org, on = await load_org(uow.conn, event.bureau_id), command.held_on or event.planned_on
    earliest = add_days(org.calendar, rule.unit, uow.today, rule.length).on
    check_notice(event, on, earliest, len(await supervision.records(uow.conn, event.id)))
    announced = await record(
        uow,
        event,
        "NOTICED",
        on.isoformat(),
        planned_on=on,
        notice=command.notice,
        noticed_by=uow.principal.actor,
        noticed_at=uow.now,
    )
    await set_limits(uow, org, announced)
    return event.id
