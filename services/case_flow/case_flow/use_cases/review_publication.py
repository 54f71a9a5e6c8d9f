"""The legal section reviews whether an inquiry's decision may be made public (C-11)."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_inquiry
from case_flow.domain.inquiry import InquiryState, InquiryStateRefused
from case_flow.domain.inquiry_record import PublicationReview
from case_flow.storage import inquiry as inquiries
from case_flow.storage import inquiry_record as records

_BEFORE = frozenset({InquiryState.HEARING, InquiryState.DELIBERATION})


class ReviewPublication(msgspec.Struct, frozen=True):
    """Whether the decision may be public, and why."""

    inquiry_id: str
    agrees: bool
    opinion: str


async def review_publication(uow: Uow, command: ReviewPublication) -> str:
    """Return the inquiry's id. Raises NotFound, Invalid, InquiryStateRefused outside the hearing or the second time."""
    inquiry = await inquiries.lock(uow.conn, command.inquiry_id)
    respondents = await inquiries.respondents(uow.conn, inquiry.id)
    require_on_inquiry(uow, "reviewPublication", inquiry, [one.person_id for one in respondents])
    if not command.opinion.strip():
        raise Invalid("write the opinion", path=("opinion",))
    if inquiry.state not in _BEFORE:
        raise InquiryStateRefused(
            f"publication is reviewed between hearing and decision, not {inquiry.state}"
        )
    said = PublicationReview(
        inquiry.id, inquiry.bureau_id, command.agrees, command.opinion, uow.principal.actor, uow.now
    )
    if not await records.add_review(uow.conn, said):
        raise InquiryStateRefused("the publication was reviewed already")
    await uow.audit("inquiry.publicationReviewed", "Inquiry", inquiry.id, {"agrees": command.agrees})
    return inquiry.id
