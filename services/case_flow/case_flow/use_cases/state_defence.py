"""A respondent's statement of defence: on record before the hearing (S1-146)."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_inquiry
from case_flow.domain.inquiry import InquiryState, InquiryStateRefused
from case_flow.storage import inquiry as inquiries
from case_flow.storage.inquiry import Statement

_OPEN = frozenset({InquiryState.NOTICE_SERVED, InquiryState.DEFENCE, InquiryState.HEARING})


class StateDefence(msgspec.Struct, frozen=True):
    """The statement; at the hearing it is an answer to the panel's questions (S1-147)."""

    inquiry_id: str
    statement: str


async def state_defence(uow: Uow, command: StateDefence) -> str:
    """Return the inquiry's id. Raises NotFound, Invalid, InquiryStateRefused."""
    inquiry = await inquiries.lock(uow.conn, command.inquiry_id)
    respondents = await inquiries.respondents(uow.conn, inquiry.id)
    require_on_inquiry(uow, "defend", inquiry, [one.person_id for one in respondents])
    if inquiry.state not in _OPEN:
        raise InquiryStateRefused(f"statements are taken from the notice to the hearing, not {inquiry.state}")
    if not command.statement.strip():
        raise Invalid("write your statement", path=("statement",))
    kind = "ANSWER" if inquiry.state is InquiryState.HEARING else "DEFENCE"
    said = Statement(uow.principal.actor, kind, command.statement, uow.now)
    await inquiries.add_statement(uow.conn, inquiry, said)
    if inquiry.state is InquiryState.NOTICE_SERVED:
        await inquiries.save(uow.conn, msgspec.structs.replace(inquiry, state=InquiryState.DEFENCE))
    await uow.audit("inquiry.stated", "Inquiry", inquiry.id, {"kind": kind})
    return inquiry.id
