"""Documents served on a party, with the periods that run from the service."""

from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import Info, UserError, run

from case_flow.api.matter_parts import Label
from case_flow.api.references import Person, person
from case_flow.domain import document_service as domain
from case_flow.domain.definition import Text
from case_flow.domain.document_service import Manner
from case_flow.rules import SERVICE_RULES, rules_of
from case_flow.use_cases.serve_document import ServeDocument, serve_document

strawberry.enum(Manner, name="ServiceManner", description="送达方式.")


@strawberry.type(description="A period that runs from the service.")
class ServicePeriod:
    id: str
    due_on: date
    citation: str
    provisional: bool


@strawberry.type(description="送达: a document and the day from which it counts as served.")
class DocumentService:
    id: strawberry.ID
    kind: str
    label: Label
    document_no: str
    manner: Manner
    recipient: str
    evidence: str = strawberry.field(description="送达回证, as the file names it.")
    handed_on: date
    served_on: date
    periods: list[ServicePeriod]
    recorded_by: Person
    recorded_at: datetime

    @classmethod
    def of(cls, one: domain.ServiceRecord, pack: domain.ServicePack) -> "DocumentService":
        rule = pack.kinds.get(one.kind)
        label = Text(zh=rule.label.zh, en=rule.label.en) if rule else Text(zh=one.kind, en=one.kind)
        return cls(
            id=strawberry.ID(one.id),
            kind=one.kind,
            label=Label.of(label),
            document_no=one.document_no,
            manner=one.manner,
            recipient=one.recipient,
            evidence=one.evidence,
            handed_on=one.handed_on,
            served_on=one.served_on,
            periods=[
                ServicePeriod(
                    id=each.id, due_on=each.due_on, citation=each.citation, provisional=each.provisional
                )
                for each in one.clocks
            ],
            recorded_by=person(one.recorded_by),
            recorded_at=one.recorded_at,
        )


@strawberry.input
class ServeDocumentInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    kind: str = strawberry.field(description="DECISION, ORDER_TO_CORRECT, … as the rules of service know it.")
    document_no: str
    manner: Manner
    recipient: str
    evidence: str = strawberry.field(description="送达回证, as the file names it.")
    handed_on: date | None = strawberry.field(default=None, description="Today when it is left out.")


@strawberry.type
class ServeDocumentPayload:
    service: DocumentService | None
    user_errors: list[UserError]


@strawberry.type
class DocumentServiceMutation:
    @strawberry.mutation(description="送达: record the service of a document; its periods run from that day.")
    async def serve_document(self, info: Info, input: ServeDocumentInput) -> ServeDocumentPayload:
        command = ServeDocument(
            matter_id=input.matter_id,
            kind=input.kind,
            document_no=input.document_no,
            manner=input.manner,
            recipient=input.recipient,
            evidence=input.evidence,
            handed_on=input.handed_on,
        )
        done, errors = await run(info, serve_document, command, input.client_mutation_id)
        return ServeDocumentPayload(
            service=DocumentService.of(done, await rules_of(info.context, SERVICE_RULES)) if done else None,
            user_errors=errors,
        )
