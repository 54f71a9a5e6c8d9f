"""Accept, decide and feed back a service complaint."""

from datetime import date

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid
from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from complaints.domain import complaint as rules
from complaints.domain.complaint import Complaint, ComplaintState
from complaints.policies import POLICY, complaint_resource
from complaints.publications import overturned, substantiated
from complaints.storage.complaints import lock_complaint, save_complaint
from complaints.use_cases.file_complaint import SILENCE


class AcceptComplaint(msgspec.Struct, frozen=True):
    """The office takes it on."""

    complaint_id: str


class DecideComplaint(msgspec.Struct, frozen=True):
    """Whether it was justified, and the risk point where it went wrong, if the decision names one."""

    complaint_id: str
    substantiated: bool
    point_id: str = ""


class FeedBackComplaint(msgspec.Struct, frozen=True):
    """The complainant was told, and whether the matter was corrected."""

    complaint_id: str
    corrected: bool


class OverturnComplaint(msgspec.Struct, frozen=True):
    """The superior bureau decided otherwise."""

    complaint_id: str


class ComplaintStep(msgspec.Struct, frozen=True):
    """Which complaint, and how far it is."""

    complaint_id: str
    state: ComplaintState
    due_on: date | None = None


async def accept_complaint(uow: Uow, command: AcceptComplaint) -> ComplaintStep:
    """Starts the clock of the decision. Raises NotFound, WrongState."""
    complaint = await _handled(uow, command.complaint_id)
    org = await load_org(uow.conn, complaint.bureau_id)
    after = rules.accept(complaint, uow.principal.actor, uow.today, org.calendar)
    await uow.cancel_timers(complaint.id, SILENCE)
    return await _save(uow, "ACCEPT", after, after.decide_due_on)


async def decide_complaint(uow: Uow, command: DecideComplaint) -> ComplaintStep:
    """A substantiated one is published (SR-04). Raises NotFound, WrongState, SubjectDecides, Invalid."""
    complaint = await _handled(uow, command.complaint_id)
    if command.point_id and not command.point_id.startswith(f"{complaint.bureau_id}."):
        raise Invalid("name a risk point of the bureau that the complaint concerns", path=("pointId",))
    who = uow.principal
    after = rules.decide(complaint, who.actor, who.unit_ids, command.substantiated, uow.today)
    if command.substantiated:
        await uow.emit(
            complaint.id, substantiated(after, uow.today, command.point_id), bureau_id=complaint.bureau_id
        )
    return await _save(uow, "DECIDE", after)


async def feed_back_complaint(uow: Uow, command: FeedBackComplaint) -> ComplaintStep:
    """Raises NotFound, WrongState."""
    complaint = await _handled(uow, command.complaint_id)
    return await _save(uow, "FEED_BACK", rules.feed_back(complaint, command.corrected, uow.today))


async def overturn_complaint(uow: Uow, command: OverturnComplaint) -> ComplaintStep:
    """Recorded by the head; the unit that had decided answers for it (SR-04). Raises NotFound, WrongState."""
    complaint = await _handled(uow, command.complaint_id, "overturn")
    after = rules.overturn(complaint, uow.today)
    org = await load_org(uow.conn, complaint.bureau_id)
    units = org.units_of(complaint.decided_by or "", complaint.decided_on or uow.today)
    for unit in units[:1]:
        await uow.emit(complaint.id, overturned(after, unit, uow.today), bureau_id=complaint.bureau_id)
    return await _save(uow, "OVERTURN", after)


async def _handled(uow: Uow, complaint_id: str, action: str = "handle") -> Complaint:
    complaint = await lock_complaint(uow.conn, complaint_id)
    if complaint is None:
        raise absent("Complaint")
    POLICY.require(uow.principal, action, complaint_resource(complaint))
    return complaint


async def _save(uow: Uow, action: str, after: Complaint, due_on: date | None = None) -> ComplaintStep:
    await save_complaint(uow.conn, after)
    await uow.audit(action, "Complaint", after.id)
    return ComplaintStep(after.id, after.state, due_on)
