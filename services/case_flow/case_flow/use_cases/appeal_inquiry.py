"""A respondent appeals against a decision within the time for it (I-014)."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_inquiry
from case_flow.domain.inquiry import InquiryState, InquiryStateRefused, check_appeal, move
from case_flow.storage import inquiry as inquiries
from case_flow.storage.inquiry import Statement


class AppealInquiry(msgspec.Struct, frozen=True):
    """The grounds of the appeal."""

    inquiry_id: str
    grounds: str


async def appeal_inquiry(uow: Uow, command: AppealInquiry) -> str:
    """Return the inquiry's id. Raises NotFound, Invalid, InquiryStateRefused, AppealTooLate."""
    inquiry = await inquiries.lock(uow.conn, command.inquiry_id)
    respondents = await inquiries.respondents(uow.conn, inquiry.id)
    require_on_inquiry(uow, "appeal", inquiry, [one.person_id for one in respondents])
    if not command.grounds.strip():
        raise Invalid("give the grounds of the appeal", path=("grounds",))
    if inquiry.appeal_until is None:
        raise InquiryStateRefused("there is no decision to appeal against yet")
    check_appeal(inquiry.appeal_until, uow.today)
    if inquiry.state is not InquiryState.APPEALED:
        appealed = msgspec.structs.replace(inquiry, state=move(inquiry.state, InquiryState.APPEALED))
        await inquiries.save(uow.conn, appealed)
    said = Statement(uow.principal.actor, "APPEAL", command.grounds, uow.now)
    await inquiries.add_statement(uow.conn, inquiry, said)
    await uow.cancel_timers(inquiry.id, "inquiry_appeal_passed")
    await uow.audit("inquiry.appealed", "Inquiry", inquiry.id)
    return inquiry.id
