"""The inputs of the matter mutations, each with the command it becomes. `clientMutationId` makes a repeat harmless."""

from typing import cast

import strawberry
from plumbline_shared.errors import Invalid
from strawberry.scalars import JSON

from case_flow.api.matter_enums import Outcome
from case_flow.use_cases.accept_matter import AcceptMatter
from case_flow.use_cases.acknowledge_transfer import AcknowledgeTransfer
from case_flow.use_cases.advance_matter import AdvanceMatter
from case_flow.use_cases.assign_work import AssignWork
from case_flow.use_cases.claim_work import ClaimWork
from case_flow.use_cases.co_sign_step import CoSignStep
from case_flow.use_cases.decide_extension import DecideExtension
from case_flow.use_cases.decide_matter import DecideMatter
from case_flow.use_cases.pause_clock import PauseClock
from case_flow.use_cases.request_extension import RequestExtension
from case_flow.use_cases.resume_clock import ResumeClock
from case_flow.use_cases.transfer_matter import TransferMatter


@strawberry.input
class AcceptMatterInput:
    client_mutation_id: str
    item: str = strawberry.field(description="For example RELIEF-APPROVAL.")
    title: str = strawberry.field(description="The applicant, or what it is about.")
    office_id: strawberry.ID | None = strawberry.field(
        default=None, description="The office in charge of the applicant."
    )
    facts: JSON | None = None
    payload: JSON | None = None
    pre_review_id: strawberry.ID = strawberry.field(
        default=strawberry.ID(""), description="The pre-review before it, for an item that has one."
    )
    direct_reason: str = strawberry.field(
        default="", description="Why an officer takes it in, not the service hall."
    )

    def command(self) -> AcceptMatter:
        return AcceptMatter(
            item=self.item,
            title=self.title,
            office_id=self.office_id,
            facts=mapping(self.facts, "facts"),
            payload=mapping(self.payload, "payload"),
            pre_review_id=self.pre_review_id,
            direct_reason=self.direct_reason,
        )


@strawberry.input
class AdvanceMatterInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    step: str
    payload: JSON | None = None
    co_signers: list[strawberry.ID] = strawberry.field(default_factory=list)
    to: str = strawberry.field(default="", description="The next step, where several may follow.")

    def command(self) -> AdvanceMatter:
        payload = mapping(self.payload, "payload")
        return AdvanceMatter(self.matter_id, self.step, payload, tuple(self.co_signers), self.to)


@strawberry.input
class CoSignStepInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    step: str

    def command(self) -> CoSignStep:
        return CoSignStep(self.matter_id, self.step)


@strawberry.input
class DecideMatterInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    outcome: Outcome
    reason: str = ""
    payload: JSON | None = None
    co_signers: list[strawberry.ID] = strawberry.field(default_factory=list)

    def command(self) -> DecideMatter:
        return DecideMatter(
            self.matter_id,
            self.outcome,
            self.reason,
            mapping(self.payload, "payload"),
            tuple(self.co_signers),
        )


@strawberry.input
class ClaimWorkInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    step: str

    def command(self) -> ClaimWork:
        return ClaimWork(self.matter_id, self.step)


@strawberry.input
class AssignWorkInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    step: str
    people: list[strawberry.ID]
    reason: str = ""

    def command(self) -> AssignWork:
        return AssignWork(self.matter_id, self.step, tuple(self.people), self.reason)


@strawberry.input
class TransferMatterInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    paper_barcode: str
    to_unit_id: strawberry.ID | None = None
    document_hash: str = strawberry.field(
        default="", description="SHA-256 of the electronic file that goes with the paper, 64 hex digits."
    )

    def command(self) -> TransferMatter:
        return TransferMatter(self.matter_id, self.paper_barcode, self.to_unit_id, self.document_hash)


@strawberry.input
class AcknowledgeTransferInput:
    client_mutation_id: str
    slip_id: strawberry.ID
    paper_barcode: str
    document_hash: str = strawberry.field(
        default="", description="Of the file in hand; needed where the slip has one."
    )

    def command(self) -> AcknowledgeTransfer:
        return AcknowledgeTransfer(self.slip_id, self.paper_barcode, self.document_hash)


@strawberry.input
class RequestExtensionInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    days: int
    reasons: str = strawberry.field(description="What the applicant is told.")

    def command(self) -> RequestExtension:
        return RequestExtension(self.matter_id, self.days, self.reasons)


@strawberry.input
class DecideExtensionInput:
    client_mutation_id: str
    extension_id: strawberry.ID
    approve: bool

    def command(self) -> DecideExtension:
        return DecideExtension(self.extension_id, self.approve)


@strawberry.input
class PauseClockInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    reason: str = strawberry.field(description="One that the item knows, for example HEARING.")
    notice: str = strawberry.field(description="How the applicant was told in writing.")

    def command(self) -> PauseClock:
        return PauseClock(self.matter_id, self.reason, self.notice)


@strawberry.input
class ResumeClockInput:
    client_mutation_id: str
    matter_id: strawberry.ID

    def command(self) -> ResumeClock:
        return ResumeClock(self.matter_id)


def mapping(value: object, name: str) -> dict[str, object]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Invalid(f"`{name}` is a JSON object", path=("input", name))
    return cast(dict[str, object], value)
