"""A service complaint arrives: sealed text and contact, one working day to accept it."""

import msgspec
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.clock import end_of_day
from plumbline_shared.ids import new_id
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from complaints.domain.complaint import Complaint, ComplaintState, accept, accept_deadline
from complaints.domain.intake import ServiceComplaint
from complaints.domain.receipt import Receipt
from complaints.storage.complaints import add_complaint, lock_complaint, save_complaint
from complaints.storage.receipts import CaseKind
from complaints.use_cases.receipts import issue_receipt
from complaints.vault import vault

SILENCE = "complaint_silence"


async def file_complaint(
    uow: Uow, org: Org, intake: ServiceComplaint, typed_by: str | None
) -> tuple[Complaint, Receipt]:
    """Store it; if nobody answers until the limit, it is accepted by itself."""
    complaint = Complaint(
        id=new_id("cp"),
        bureau_id=intake.bureau_id,
        kind=intake.kind,
        unit_id=intake.unit_id,
        person_id=intake.person_id,
        typed_by=typed_by,
        received_on=uow.today,
        occurred_on=intake.occurred_on,
        state=ComplaintState.RECEIVED,
        accept_due_on=accept_deadline(uow.today, org.calendar).due_on,
    )
    text = vault().seal_own("complaint-text", complaint.id, intake.text.encode())
    contact = intake.contact and vault().seal_own(
        "complaint-contact", complaint.id, msgspec.json.encode(intake.contact)
    )
    await add_complaint(uow.conn, complaint, text, contact)
    await uow.schedule(SILENCE, complaint.id, end_of_day(complaint.accept_due_on))
    return complaint, await issue_receipt(uow, CaseKind.COMPLAINT, complaint.id, intake.bureau_id)


async def on_complaint_silence(uow: Uow, timer: Timer) -> None:
    """Silence counts as acceptance, as of the last day of the limit (公告2019年第27号)."""
    complaint = await lock_complaint(uow.conn, timer.ref)
    if complaint is None or complaint.state is not ComplaintState.RECEIVED:
        return
    org = await load_org(uow.conn, complaint.bureau_id)
    accepted = accept(complaint, None, complaint.accept_due_on, org.calendar)
    await save_complaint(uow.conn, accepted)
    await uow.audit("ACCEPT_BY_SILENCE", "Complaint", complaint.id)
