"""事后报告: the group reports a supervised event to the bureau (S1-063)."""

import msgspec
from plumbline_shared.errors import Conflict, Invalid
from plumbline_shared.use_case import Uow

from case_flow.domain.supervision import check_on_the_spot, check_supervisor
from case_flow.storage import supervision
from case_flow.supervision_access import require_on_event
from case_flow.use_cases.supervision_acts import record


class ReportSupervisedEvent(msgspec.Struct, frozen=True):
    """What the group reports. It may come late: the alert about that stays."""

    event_id: str
    report: str


async def report_supervised_event(uow: Uow, command: ReportSupervisedEvent) -> str:
    """Return the event's id. Raises NotFound, Invalid, Conflict, EventStateRefused, SupervisesOwnUnit."""
    event = await supervision.lock(uow.conn, command.event_id)
    await require_on_event(uow, "supervise", event)
    check_on_the_spot(event, uow.today)
    check_supervisor(uow.principal.unit_ids, event)
    if not command.report.strip():
        raise Invalid("write what the group found", path=("report",))
    if event.reported_at:
        raise Conflict("the event is reported already", path=("eventId",))
    await record(
        uow, event, "REPORTED", report=command.report, reported_by=uow.principal.actor, reported_at=uow.now
    )
    return event.id
