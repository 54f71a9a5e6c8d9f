"""The accountability inquiry as an entity of the graph; votes by name stay sealed."""

from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import Connection, Info, UserError

from case_flow.api import control_loaders as loaders
from case_flow.api.accountability import InquiryTrigger, trigger_of
from case_flow.api.control_enums import Form, InquiryState, Part, PublicationScope
from case_flow.api.incidents import Incident
from case_flow.api.references import Person, Unit, person, unit
from case_flow.domain import inquiry as domain
from case_flow.rules import ACCOUNTABILITY_RULES, rules_of
from case_flow.storage import inquiry as inquiries
from case_flow.storage import inquiry_record as records


@strawberry.type(description="问责对象: somebody the inquiry is about; part and form once it is decided.")
class InquiryRespondent:
    person: Person
    unit: Unit
    part: Part | None
    form: Form | None


@strawberry.type(description="What a respondent said: DEFENCE, ANSWER or APPEAL; and APPEAL_DECISION.")
class InquiryStatement:
    person: Person
    kind: str
    body: str
    at: datetime


@strawberry.type(description="What was shown with a question: a slip, or a document by name and SHA-256.")
class InquiryEvidence:
    slip_id: strawberry.ID | None
    document: str | None
    sha256: str | None


@strawberry.type(description="询问: a question at the hearing and its answer.")
class InquiryQuestion:
    person: Person
    question: str
    answer: str
    evidence: list[InquiryEvidence]
    at: datetime


@strawberry.type(description="公开审查: what the legal section says of making the decision public.")
class InquiryPublicationReview:
    agrees: bool
    opinion: str
    reviewed_by: Person
    at: datetime


@strawberry.type(description="A member of the panel.")
class PanelSeat:
    person: Person
    recused: bool
    present: bool


@strawberry.type(description="Totals of the roll-call; the names are sealed.")
class RollCallTotals:
    votes_for: int
    votes_against: int
    abstained: int


@strawberry.federation.type(keys=["id"], description="问责: an accountability inquiry into one incident.")
class Inquiry:
    row: strawberry.Private[domain.Inquiry]
    id: strawberry.ID
    number: str | None
    state: InquiryState
    unit: Unit
    proposed_on: date
    opened_on: date | None
    notice_served_on: date | None
    defence_due_on: date | None
    hearing_on: date | None
    decided_on: date | None
    carried: bool | None
    publication_scope: PublicationScope | None
    appeal_until: date | None
    in_force_on: date | None
    quorum: int | None
    scheme: str | None = strawberry.field(description="The version of the scheme it was proposed under.")

    @classmethod
    def of(cls, row: domain.Inquiry) -> "Inquiry":
        return cls(
            row=row,
            id=strawberry.ID(row.id),
            number=row.number,
            state=row.state,
            unit=unit(row.unit_id),
            proposed_on=row.proposed_on,
            opened_on=row.opened_on,
            notice_served_on=row.notice_served_on,
            defence_due_on=row.defence_due_on,
            hearing_on=row.hearing_on,
            decided_on=row.decided_on,
            carried=row.carried,
            publication_scope=row.publication_scope,
            appeal_until=row.appeal_until,
            in_force_on=row.in_force_on,
            quorum=row.quorum,
            scheme=row.scheme,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Inquiry | None":
        return await inquiry_of(info, id)

    @strawberry.field(description="问责情形: what called for it.")
    async def trigger(self, info: Info) -> InquiryTrigger | None:
        return trigger_of(await rules_of(info.context, ACCOUNTABILITY_RULES), self.row.trigger)

    @strawberry.field(description="The incident, for those who take part.")
    async def incident(self, info: Info) -> Incident | None:
        found = await loaders.incident(info.context, self.row.incident_id)
        return Incident.of(found) if found else None

    @strawberry.field
    async def respondents(self, info: Info) -> list[InquiryRespondent]:
        async with info.context.read() as conn:
            found = await inquiries.respondents(conn, self.row.id)
        return [
            InquiryRespondent(
                person=person(one.person_id), unit=unit(one.unit_id), part=one.part, form=one.form
            )
            for one in found
        ]

    @strawberry.field(description="Empty for those who do not take part.")
    async def statements(self, info: Info) -> list[InquiryStatement]:
        async with info.context.read() as conn:
            found = await inquiries.statements(conn, self.row.id)
        return [
            InquiryStatement(person=person(one.person_id), kind=one.kind, body=one.body, at=one.at)
            for one in found
        ]

    @strawberry.field(description="Empty for those who do not take part.")
    async def questions(self, info: Info) -> list[InquiryQuestion]:
        async with info.context.read() as conn:
            found = await records.questions(conn, self.row.id)
        return [
            InquiryQuestion(
                person=person(one.person_id),
                question=one.question,
                answer=one.answer,
                evidence=[
                    InquiryEvidence(
                        slip_id=strawberry.ID(item.slip_id) if item.slip_id else None,
                        document=item.document,
                        sha256=item.sha256,
                    )
                    for item in one.evidence
                ],
                at=one.at,
            )
            for one in found
        ]

    @strawberry.field(description="For those who take part.")
    async def publication_review(self, info: Info) -> InquiryPublicationReview | None:
        async with info.context.read() as conn:
            found = await records.review(conn, self.row.id)
        if found is None:
            return None
        return InquiryPublicationReview(
            agrees=found.agrees,
            opinion=found.opinion,
            reviewed_by=person(found.reviewed_by),
            at=found.at,
        )

    @strawberry.field(description="Empty for those who do not take part.")
    async def panel(self, info: Info) -> list[PanelSeat]:
        async with info.context.read() as conn:
            found = await inquiries.seats(conn, self.row.id)
        return [
            PanelSeat(person=person(one.person_id), recused=one.recused, present=one.present) for one in found
        ]

    @strawberry.field(description="Once decided, for those who take part, respondents included.")
    async def totals(self, info: Info) -> RollCallTotals | None:
        async with info.context.read() as conn:
            found = (await inquiries.results(conn, [self.row.id])).get(self.row.id)
        if found is None:
            return None
        return RollCallTotals(votes_for=found.for_, votes_against=found.against, abstained=found.abstained)


@strawberry.type(description="Inquiries that you see, newest first.")
class InquiryConnection(Connection[Inquiry]):
    pass


@strawberry.type
class InquiryPayload:
    inquiry: Inquiry | None
    user_errors: list[UserError]


async def inquiry_of(info: Info, inquiry_id: str | None) -> Inquiry | None:
    """The inquiry as the caller sees it."""
    found = await loaders.inquiry(info.context, inquiry_id) if inquiry_id else None
    return Inquiry.of(found) if found else None
