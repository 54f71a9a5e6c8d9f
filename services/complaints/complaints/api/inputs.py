"""Inputs of the mutations; an intake comes in one form for all regimes and is checked for its own."""

from datetime import date
from typing import TypeVar

import strawberry
from plumbline_shared.errors import Invalid

from complaints.api.enums import ComplaintKind, Disposition, IntakeRegime, ReportOutcome
from complaints.domain import intake
from complaints.domain.regimes import Regime, refuse_elsewhere

T = TypeVar("T")


@strawberry.input
class CallerInput:
    name: str
    phone: str = ""
    address: str = ""

    def person(self) -> intake.Person:
        return intake.Person(self.name, self.phone, self.address)


@strawberry.input(
    description="`kind`, `unitId` and `text` for a complaint; `subjectId` for a tip-off. Without `caller` it is anonymous."
)
class FileIntakeInput:
    client_mutation_id: str
    bureau_id: strawberry.ID
    regime: IntakeRegime
    kind: ComplaintKind | None = None
    unit_id: strawberry.ID | None = None
    subject_id: strawberry.ID | None = None
    risk_point_id: strawberry.ID | None = None
    text: str | None = None
    occurred_on: date | None = None
    caller: CallerInput | None = None
    previous_receipt: str | None = None

    def intake(self) -> intake.Intake:
        """Raises OtherRegime or Invalid."""
        refuse_elsewhere(self.regime)
        caller = self.caller.person() if self.caller else None
        if self.regime is Regime.SERVICE_COMPLAINT:
            return intake.ServiceComplaint(
                bureau_id=self.bureau_id,
                kind=_needed(self.kind, "kind"),
                unit_id=_needed(self.unit_id, "unitId"),
                text=_needed(self.text, "text"),
                person_id=self.subject_id,
                occurred_on=self.occurred_on,
                contact=caller,
            )
        return intake.StaffReport(
            bureau_id=self.bureau_id,
            text=self.text,
            subject_id=self.subject_id,
            unit_id=self.unit_id,
            risk_point_id=self.risk_point_id,
            occurred_on=self.occurred_on,
            informant=caller,
            previous_receipt=self.previous_receipt,
        )


@strawberry.input
class AcceptComplaintInput:
    client_mutation_id: str
    complaint_id: strawberry.ID


@strawberry.input
class DecideComplaintInput:
    client_mutation_id: str
    complaint_id: strawberry.ID
    substantiated: bool
    point_id: strawberry.ID | None = strawberry.field(
        default=None, description="The risk point where it went wrong, if the decision names one. 风险点"
    )


@strawberry.input
class FeedBackComplaintInput:
    client_mutation_id: str
    complaint_id: strawberry.ID
    corrected: bool


@strawberry.input
class OverturnComplaintInput:
    client_mutation_id: str
    complaint_id: strawberry.ID


@strawberry.input(
    description="At least 12 characters. It is kept nowhere: whoever forgets it cannot be helped."
)
class MakeSealingKeyInput:
    client_mutation_id: str
    passphrase: str


@strawberry.input
class OpenSealedReportInput:
    client_mutation_id: str
    report_id: strawberry.ID
    passphrase: str


@strawberry.input(
    description="`riskPointId` with a PRELIMINARY_VERIFICATION puts that point under heightened monitoring."
)
class DisposeSealedReportInput:
    client_mutation_id: str
    report_id: strawberry.ID
    disposition: Disposition
    risk_point_id: strawberry.ID | None = None


@strawberry.input
class NoteSealedReportInput:
    client_mutation_id: str
    report_id: strawberry.ID


@strawberry.input
class CloseSealedReportInput:
    client_mutation_id: str
    report_id: strawberry.ID
    outcome: ReportOutcome


@strawberry.input
class LinkSealedReportInput:
    client_mutation_id: str
    report_id: strawberry.ID
    first_report_id: strawberry.ID


@strawberry.input
class RequestIdentityInput:
    client_mutation_id: str
    report_id: strawberry.ID
    reason: str


@strawberry.input
class OpenIdentityInput:
    client_mutation_id: str
    opening_id: strawberry.ID
    passphrase: str


def _needed(value: T | None, field: str) -> T:
    if value is None:
        raise Invalid(f"a service complaint needs {field}", path=["input", field])
    return value
