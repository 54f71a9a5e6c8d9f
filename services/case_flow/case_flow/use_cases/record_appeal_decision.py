"""Record what the superior bureau decided on an appeal: the decision stands, or it is set aside (I-014)."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_inquiry
from case_flow.control_publications import appeal_decided
from case_flow.domain.inquiry import InquiryState, PublicationScope, move
from case_flow.storage import inquiry as inquiries
from case_flow.storage.inquiry import Statement


class RecordAppealDecision(msgspec.Struct, frozen=True):
    """The superior bureau's decision: the number of its document, and its reasons."""

    inquiry_id: str
    upheld: bool
    document: str
    reasons: str


async def record_appeal_decision(uow: Uow, command: RecordAppealDecision) -> str:
    """Return the inquiry's id. Raises NotFound, Invalid, InquiryStateRefused.

    A decision that is set aside is published no longer (行政处罚法 Art 48). Nobody decides about the own decision: the bureau that made it only records what the one above says.
    """
    inquiry = await inquiries.lock(uow.conn, command.inquiry_id)
    respondents = await inquiries.respondents(uow.conn, inquiry.id)
    require_on_inquiry(uow, "decide", inquiry, [one.person_id for one in respondents])
    if not (command.document.strip() and command.reasons.strip()):
        raise Invalid("give the number of the superior bureau's document and its reasons", path=("document",))
    final = msgspec.structs.replace(
        inquiry,
        state=move(inquiry.state, InquiryState.FINAL),
        in_force_on=uow.today if command.upheld else None,
        publication_scope=inquiry.publication_scope if command.upheld else PublicationScope.PARTIES,
    )
    await inquiries.save(uow.conn, final)
    said = Statement(
        uow.principal.actor, "APPEAL_DECISION", f"{command.document}: {command.reasons}", uow.now
    )
    await inquiries.add_statement(uow.conn, inquiry, said)
    await uow.emit(inquiry.id, appeal_decided(final, upheld=command.upheld, on=uow.today))
    await uow.audit("inquiry.appeal_decided", "Inquiry", inquiry.id, {"upheld": command.upheld})
    return inquiry.id
