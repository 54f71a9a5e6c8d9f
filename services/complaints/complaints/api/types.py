"""What the subgraph shows. No type leads from a person to a tip-off."""

from datetime import date, datetime

import msgspec
import strawberry
from plumbline_shared.deadline import Deadline as DeadlineRuleResult
from plumbline_shared.graphql import Deadline, Info, UserError, deadline_value

from complaints.api import loaders
from complaints.api.enums import ComplaintKind, ComplaintState, Disposition, ReportOutcome
from complaints.api.references import Person, Unit
from complaints.domain import complaint as rules
from complaints.domain import intake, report
from complaints.policies import POLICY, complaint_resource
from complaints.use_cases.file_intake import IntakeAnswer
from complaints.use_cases.file_report import Content
from complaints.vault import vault


@strawberry.type(description="A caller, decrypted for the one who may read.")
class Caller:
    name: str
    phone: str
    address: str

    @classmethod
    def of(cls, person: intake.Person) -> "Caller":
        return cls(name=person.name, phone=person.phone, address=person.address)


@strawberry.federation.type(keys=["id"], description="纳税服务投诉 / a service complaint")
class Complaint:
    id: strawberry.ID
    kind: ComplaintKind
    state: ComplaintState
    unit: Unit
    person: Person | None
    received_on: date
    occurred_on: date | None
    accept_due_on: date
    accepted_on: date | None
    decide_due_on: date | None
    decided_on: date | None
    substantiated: bool | None
    corrected: bool | None
    fed_back_on: date | None
    overturned_on: date | None
    row: strawberry.Private[rules.Complaint]

    @classmethod
    def of(cls, row: rules.Complaint) -> "Complaint":
        return cls(
            id=strawberry.ID(row.id),
            kind=row.kind,
            state=row.state,
            unit=Unit(id=strawberry.ID(row.unit_id)),
            person=Person(id=strawberry.ID(row.person_id)) if row.person_id else None,
            received_on=row.received_on,
            occurred_on=row.occurred_on,
            accept_due_on=row.accept_due_on,
            accepted_on=row.accepted_on,
            decide_due_on=row.decide_due_on,
            decided_on=row.decided_on,
            substantiated=row.substantiated,
            corrected=row.corrected,
            fed_back_on=row.fed_back_on,
            overturned_on=row.overturned_on,
            row=row,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Complaint | None":
        found = await loaders.complaint(info.context, id)
        return cls.of(found) if found else None

    @strawberry.field(description="The clock that runs now; null once decided.")
    async def deadline(self, info: Info) -> Deadline | None:
        org = await loaders.org(info.context, self.row.bureau_id)
        running: DeadlineRuleResult | None = None
        if self.row.state is rules.ComplaintState.RECEIVED:
            running = rules.accept_deadline(self.row.received_on, org.calendar)
        elif self.row.state is rules.ComplaintState.ACCEPTED and self.row.accepted_on:
            running = rules.decide_deadline(self.row.kind, self.row.accepted_on, org.calendar)
        return deadline_value(running, org.calendar, info.context.today) if running else None

    @strawberry.field(description="What was said.")
    async def text(self, info: Info) -> str | None:
        sealed = await loaders.sealed_parts(info.context, self.row.id)
        return vault().unseal_own("complaint-text", self.row.id, sealed[0]).decode() if sealed else None

    @strawberry.field(description="Who said it: for the complaint handler only, null for all others.")
    async def contact(self, info: Info) -> Caller | None:
        if not POLICY.allows(info.context.principal, "readContact", complaint_resource(self.row)):
            return None
        sealed = await loaders.sealed_parts(info.context, self.row.id)
        if sealed is None or sealed[1] is None:
            return None
        plain = vault().unseal_own("complaint-contact", self.row.id, sealed[1])
        return Caller.of(msgspec.json.decode(plain, type=intake.Person))


@strawberry.type(description="What the desk gets for a tip-off, and nothing else. 回执")
class SealedReceipt:
    receipt_no: str
    received_at: datetime
    promised_by: date | None


@strawberry.type(description="A receipt; `complaint` for a service complaint that its operator may follow.")
class IntakeResult:
    receipt: SealedReceipt
    complaint_id: strawberry.ID | None

    @classmethod
    def of(cls, answer: IntakeAnswer) -> "IntakeResult":
        receipt = SealedReceipt(
            receipt_no=answer.receipt_no, received_at=answer.received_at, promised_by=answer.promised_by
        )
        return cls(
            receipt=receipt,
            complaint_id=strawberry.ID(answer.complaint_id) if answer.complaint_id else None,
        )


@strawberry.type(description="A sealed report before it is opened: no subject, no title, no time of day.")
class SealedReport:
    id: strawberry.ID
    received_on: date
    named: bool
    repeat_of: strawberry.ID | None
    notice_due_on: date | None
    notice_sent_on: date | None
    disposition: Disposition | None
    disposed_on: date | None
    outcome: ReportOutcome | None
    closed_on: date | None
    result_due_on: date | None
    result_sent_on: date | None

    @classmethod
    def of(cls, row: report.Report) -> "SealedReport":
        return cls(
            id=strawberry.ID(row.id),
            received_on=row.received_on,
            named=row.named,
            repeat_of=strawberry.ID(row.repeat_of) if row.repeat_of else None,
            notice_due_on=row.notice_due_on,
            notice_sent_on=row.notice_sent_on,
            disposition=row.disposition,
            disposed_on=row.disposed_on,
            outcome=row.outcome,
            closed_on=row.closed_on,
            result_due_on=row.result_due_on,
            result_sent_on=row.result_sent_on,
        )


@strawberry.type(description="Carried by hand to you: its content is not in the system (Art 15).")
class HandedReport:
    id: strawberry.ID
    received_at: datetime
    report_up_due_on: date


@strawberry.type(description="A request for an informant's identity.")
class IdentityOpening:
    id: strawberry.ID
    report_id: strawberry.ID
    requested_by: strawberry.ID
    approved_by: strawberry.ID | None
    reason: str


@strawberry.type(description="One line of the sealed log.")
class SealedLogLine:
    actor: strawberry.ID
    action: str
    at: datetime


@strawberry.type(description="What a sealed report says.")
class SealedContent:
    text: str
    subject_id: strawberry.ID | None
    unit_id: strawberry.ID | None
    risk_point_id: strawberry.ID | None
    occurred_on: date | None

    @classmethod
    def of(cls, content: Content) -> "SealedContent":
        return cls(
            text=content.text,
            subject_id=strawberry.ID(content.subject_id) if content.subject_id else None,
            unit_id=strawberry.ID(content.unit_id) if content.unit_id else None,
            risk_point_id=strawberry.ID(content.risk_point_id) if content.risk_point_id else None,
            occurred_on=content.occurred_on,
        )


@strawberry.type(description="How far an intake is, for whoever holds its receipt.")
class IntakeStatus:
    state: str
    received_on: date
    promised_by: date | None


@strawberry.type
class FileIntakePayload:
    result: IntakeResult | None
    user_errors: list[UserError]


@strawberry.type
class ComplaintPayload:
    complaint: Complaint | None
    user_errors: list[UserError]


@strawberry.type
class SealedReportPayload:
    report: SealedReport | None
    user_errors: list[UserError]


@strawberry.type
class SealingKeyPayload:
    person_id: strawberry.ID | None
    user_errors: list[UserError]


@strawberry.type
class SealedContentPayload:
    content: SealedContent | None
    user_errors: list[UserError]


@strawberry.type
class IdentityOpeningPayload:
    opening_id: strawberry.ID | None
    user_errors: list[UserError]


@strawberry.type
class IdentityPayload:
    informant: Caller | None
    user_errors: list[UserError]
