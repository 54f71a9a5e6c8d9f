"""What an inquiry keeps on record: questions with their evidence, the review of its publication, names under seal."""

from datetime import datetime

import strawberry
from plumbline_shared.graphql import Info, run

from case_flow.api.control_enums import Choice
from case_flow.api.inquiries import InquiryPayload, inquiry_of
from case_flow.api.references import Person, person
from case_flow.domain.inquiry_record import Evidence
from case_flow.use_cases.ask_respondent import AskRespondent, ask_respondent
from case_flow.use_cases.read_roll_call import roll_call_of
from case_flow.use_cases.review_publication import ReviewPublication, review_publication


@strawberry.type(description="实名投票 by name, read under seal while an appeal is open.")
class NamedVote:
    person: Person
    choice: Choice
    cast_at: datetime


@strawberry.input(description="A slip of the matter's custody chain, or a document by name and SHA-256.")
class EvidenceInput:
    slip_id: strawberry.ID | None = None
    document: str | None = None
    sha256: str | None = None


@strawberry.input
class AskRespondentInput:
    client_mutation_id: str
    inquiry_id: strawberry.ID
    person_id: strawberry.ID
    question: str
    answer: str
    evidence: list[EvidenceInput] = strawberry.field(default_factory=list)


@strawberry.input
class ReviewInquiryPublicationInput:
    client_mutation_id: str
    inquiry_id: strawberry.ID
    agrees: bool
    opinion: str


@strawberry.type
class InquiryRecordQuery:
    @strawberry.field(
        description="For the discipline lead while an appeal is open: who voted how. Empty for anybody else."
    )
    async def inquiry_roll_call(self, info: Info, inquiry_id: strawberry.ID) -> list[NamedVote]:
        context = info.context
        found = await roll_call_of(context.runtime.db, context.principal, inquiry_id, context.now)
        return [
            NamedVote(person=person(one.person_id), choice=one.choice, cast_at=one.cast_at) for one in found
        ]


@strawberry.type
class InquiryRecordMutation:
    @strawberry.mutation(description="询问: a question at the hearing, its answer, the evidence shown.")
    async def ask_respondent(self, info: Info, input: AskRespondentInput) -> InquiryPayload:
        shown = tuple(Evidence(one.slip_id, one.document, one.sha256) for one in input.evidence)
        command = AskRespondent(input.inquiry_id, input.person_id, input.question, input.answer, shown)
        done, errors = await run(info, ask_respondent, command, input.client_mutation_id)
        return InquiryPayload(inquiry=await inquiry_of(info, done), user_errors=errors)

    @strawberry.mutation(description="公开审查: the legal review before a decision is made public.")
    async def review_inquiry_publication(
        self, info: Info, input: ReviewInquiryPublicationInput
    ) -> InquiryPayload:
        command = ReviewPublication(input.inquiry_id, input.agrees, input.opinion)
        done, errors = await run(info, review_publication, command, input.client_mutation_id)
        return InquiryPayload(inquiry=await inquiry_of(info, done), user_errors=errors)
