"""A decision was set aside on appeal: what it made people learn is withdrawn (I-014)."""

from plumbline_contracts.case_flow.v1 import AppealDecided
from plumbline_shared.use_case import Uow

from education.domain.curriculum import Trigger
from education.publications import waived
from education.storage.assignments import open_of_cause
from education.storage.outcomes import add_waiver

SET_ASIDE = "原问责决定经复核撤销 · the decision was set aside on appeal"


async def on_appeal_decided(uow: Uow, event: AppealDecided) -> None:
    """Lift every assignment of the decision that is still open; what was done stays done."""
    if event.upheld:
        return
    cause = (Trigger.INQUIRY_DECIDED, event.inquiry_id)
    for one in await open_of_cause(uow.conn, event.bureau_id, cause):
        await add_waiver(uow.conn, one, SET_ASIDE, uow.principal.actor, uow.now)
        await uow.emit(one.id, waived(one, uow.now), bureau_id=one.bureau_id)
        await uow.audit("withdraw_assignment", "Assignment", one.id, {"inquiry": event.inquiry_id})
