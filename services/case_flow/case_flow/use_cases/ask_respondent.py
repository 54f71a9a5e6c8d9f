"""Record a question of the panel at the hearing, its answer and the evidence shown (S1-147)."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_inquiry
from case_flow.domain.inquiry import InquiryState, InquiryStateRefused
from case_flow.domain.inquiry_record import Evidence, Question, check_evidence
from case_flow.storage import inquiry as inquiries
from case_flow.storage import inquiry_record as records


class AskRespondent(msgspec.Struct, frozen=True):
    """Who was asked, what, the answer, and what was shown."""

    inquiry_id: str
    person_id: str
    question: str
    answer: str
    evidence: tuple[Evidence, ...] = ()


async def ask_respondent(uow: Uow, command: AskRespondent) -> str:
    """Return the inquiry's id. Raises NotFound, Invalid, InquiryStateRefused."""
    inquiry = await inquiries.lock(uow.conn, command.inquiry_id)
    respondents = {one.person_id for one in await inquiries.respondents(uow.conn, inquiry.id)}
    require_on_inquiry(uow, "prepare", inquiry, respondents)
    if inquiry.state is not InquiryState.HEARING:
        raise InquiryStateRefused(f"questions are asked at the hearing; the inquiry is {inquiry.state}")
    if command.person_id not in respondents:
        raise Invalid("a respondent is asked", path=("personId",))
    for name, text in (("question", command.question), ("answer", command.answer)):
        if not text.strip():
            raise Invalid(f"write the {name}", path=(name,))
    check_evidence(command.evidence, await records.slips_among(uow.conn, inquiry.id, command.evidence))
    asked = Question(
        id=new_id("qn"),
        inquiry_id=inquiry.id,
        bureau_id=inquiry.bureau_id,
        person_id=command.person_id,
        question=command.question,
        answer=command.answer,
        evidence=command.evidence,
        recorded_by=uow.principal.actor,
        at=uow.now,
    )
    await records.add_question(uow.conn, asked)
    await uow.audit("inquiry.asked", "Inquiry", inquiry.id, {"question": asked.id})
    return inquiry.id
