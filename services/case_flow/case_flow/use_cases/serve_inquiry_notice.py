"""Serve the notices of an inquiry: from the day of service runs the time for defence (S1-146)."""

from datetime import date

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.deadline import add_days
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_inquiry
from case_flow.domain.inquiry import InquiryState, move
from case_flow.rules import CONTROL_RULES
from case_flow.storage import inquiry as inquiries


class ServeInquiryNotice(msgspec.Struct, frozen=True):
    """The day of service on the respondents; today when it is left out."""

    inquiry_id: str
    served_on: date | None = None


async def serve_inquiry_notice(uow: Uow, command: ServeInquiryNotice) -> str:
    """Return the inquiry's id. Raises NotFound, Invalid, InquiryStateRefused."""
    inquiry = await inquiries.lock(uow.conn, command.inquiry_id)
    respondents = await inquiries.respondents(uow.conn, inquiry.id)
    require_on_inquiry(uow, "prepare", inquiry, [one.person_id for one in respondents])
    state, served_on = move(inquiry.state, InquiryState.NOTICE_SERVED), command.served_on or uow.today
    if inquiry.opened_on is None or not inquiry.opened_on <= served_on <= uow.today:
        raise Invalid("a notice is served between the opening and today", path=("servedOn",))
    org, limit = await load_org(uow.conn, inquiry.bureau_id), (await CONTROL_RULES.of(uow)).limits.defence
    served = msgspec.structs.replace(
        inquiry,
        state=state,
        notice_served_on=served_on,
        defence_due_on=add_days(org.calendar, limit.unit, served_on, limit.length).on,
    )
    await inquiries.save(uow.conn, served)
    await uow.audit(
        "inquiry.noticeServed", "Inquiry", inquiry.id, {"defenceDueOn": str(served.defence_due_on)}
    )
    return inquiry.id
