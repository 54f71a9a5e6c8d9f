"""What other contexts established, as far as a rule looks at it. Facts are only ever added."""

from datetime import date
from enum import StrEnum

import msgspec
from plumbline_org.grades import RiskGrade

from performance.domain.rules import ComplaintKind, Form


class Part(StrEnum):
    """A person's part in an incident (国税发〔2005〕42号 Art 20)."""

    PRIMARY = "PRIMARY"
    SECONDARY = "SECONDARY"


class Fact(msgspec.Struct, frozen=True, kw_only=True, tag_field="fact"):
    """One thing that happened. Each has `keys` that link facts of one cause, an `identity` that makes a repeat
    recognisable, and the day `on` that decides the rule set and the year.
    """

    bureau_id: str


class OfIncident(Fact, frozen=True):
    """One of the facts that an incident links."""

    incident_id: str

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.incident_id,)


class IncidentConfirmed(OfIncident, frozen=True, tag="incident"):
    """A verification confirmed an incident; `late_working_days` so far."""

    kind: str
    unit_id: str
    occurred_on: date
    late_working_days: int = 0
    grade: RiskGrade | None = None

    @property
    def identity(self) -> str:
        return f"incident/{self.incident_id}"

    @property
    def on(self) -> date:
        return self.occurred_on


class IncidentSetAside(OfIncident, frozen=True, tag="incident_set_aside"):
    """The incident was contested and does not stand."""

    set_aside_on: date

    @property
    def identity(self) -> str:
        return f"incident_set_aside/{self.incident_id}"

    @property
    def on(self) -> date:
        return self.set_aside_on


class MatterClosed(OfIncident, frozen=True, tag="closed"):
    """The matter behind an incident was closed, so many working days late."""

    matter_id: str
    closed_on: date
    late_working_days: int

    @property
    def identity(self) -> str:
        return f"closed/{self.matter_id}/{self.incident_id}"

    @property
    def on(self) -> date:
        return self.closed_on


class Outcome(msgspec.Struct, frozen=True):
    """What was decided about one respondent."""

    person_id: str
    unit_id: str
    part: Part | None
    form: Form | None


class InquiryDecided(OfIncident, frozen=True, tag="decided"):
    """A panel decided about the persons behind an incident."""

    inquiry_id: str
    decided_on: date
    outcomes: tuple[Outcome, ...]

    @property
    def identity(self) -> str:
        return f"inquiry/{self.inquiry_id}"

    @property
    def on(self) -> date:
        return self.decided_on


class InquirySetAside(OfIncident, frozen=True, tag="set_aside"):
    """The superior bureau set a panel's decision aside on appeal."""

    inquiry_id: str
    decided_on: date

    @property
    def identity(self) -> str:
        return f"set_aside/{self.inquiry_id}"

    @property
    def on(self) -> date:
        return self.decided_on


class HoldCorrected(Fact, frozen=True, tag="hold"):
    """A handler corrected what a control held; `count` within 30 days, this one included."""

    hold_id: str
    person_id: str
    unit_id: str
    corrected_on: date
    count: int

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.hold_id,)

    @property
    def identity(self) -> str:
        return f"hold/{self.hold_id}"

    @property
    def on(self) -> date:
        return self.corrected_on


class ComplaintSubstantiated(Fact, frozen=True, tag="substantiated"):
    """A service complaint was found justified; `incident_id` when the same facts are an incident."""

    complaint_id: str
    kind: ComplaintKind
    unit_id: str
    person_id: str | None
    decided_on: date
    incident_id: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.complaint_id, self.incident_id) if self.incident_id else (self.complaint_id,)

    @property
    def identity(self) -> str:
        return f"substantiated/{self.complaint_id}"

    @property
    def on(self) -> date:
        return self.decided_on


class ComplaintOverturned(Fact, frozen=True, tag="overturned"):
    """The superior bureau overturned the handling unit's decision."""

    complaint_id: str
    unit_id: str
    decided_on: date

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.complaint_id,)

    @property
    def identity(self) -> str:
        return f"overturned/{self.complaint_id}"

    @property
    def on(self) -> date:
        return self.decided_on


class EducationOverdue(Fact, frozen=True, tag="education"):
    """A lesson or pledge was not done in time."""

    assignment_id: str
    person_id: str
    unit_id: str
    overdue_from: date

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.assignment_id,)

    @property
    def identity(self) -> str:
        return f"education/{self.assignment_id}"

    @property
    def on(self) -> date:
        return self.overdue_from


class BatchUnitOverdue(Fact, frozen=True, tag="batch"):
    """How much of a batch is overdue in one unit when its due date passes."""

    batch_id: str
    unit_id: str
    due_on: date
    total: int
    overdue: int

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.identity,)

    @property
    def identity(self) -> str:
        return f"batch/{self.batch_id}/{self.unit_id}/{self.due_on}"

    @property
    def on(self) -> date:
        return self.due_on


class RectificationOverdue(Fact, frozen=True, tag="rectification"):
    """An order is overdue; `block` full blocks of five working days after it began."""

    order_id: str
    unit_id: str
    block: int
    overdue_from: date

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.order_id,)

    @property
    def identity(self) -> str:
        return f"rectification/{self.order_id}/{self.block}"

    @property
    def on(self) -> date:
        return self.overdue_from


class ProcessReformed(Fact, frozen=True, tag="reform"):
    """A process version with fewer steps counts from a day on; `removed` of them on balance."""

    version_id: str
    process: str
    unit_id: str
    effective_from: date
    removed: int

    @property
    def keys(self) -> tuple[str, ...]:
        return (process_key(self.process),)

    @property
    def identity(self) -> str:
        return f"reform/{self.version_id}"

    @property
    def on(self) -> date:
        return self.effective_from


class ProcessIncident(Fact, frozen=True, tag="process-incident"):
    """A confirmed incident, as far as it disturbs the quiet of its process."""

    incident_id: str
    process: str
    occurred_on: date

    @property
    def keys(self) -> tuple[str, ...]:
        return (process_key(self.process),)

    @property
    def identity(self) -> str:
        return f"process-incident/{self.incident_id}"

    @property
    def on(self) -> date:
        return self.occurred_on


class QuietPassed(Fact, frozen=True, tag="quiet"):
    """The clock reached the day on which a reform may have been quiet for long enough."""

    version_id: str
    process: str
    day: date

    @property
    def keys(self) -> tuple[str, ...]:
        return (process_key(self.process),)

    @property
    def identity(self) -> str:
        return f"quiet/{self.version_id}/{self.day}"

    @property
    def on(self) -> date:
        return self.day


class RotationOverdue(Fact, frozen=True, tag="rotation"):
    """A month has begun in which the holder of a post should have rotated; `started_on` its first overdue day."""

    rotation_id: str
    post_id: str
    unit_id: str
    month: str
    started_on: date

    @property
    def keys(self) -> tuple[str, ...]:
        return (post_key(self.post_id),)

    @property
    def identity(self) -> str:
        return f"rotation/{self.rotation_id}/{self.month}"

    @property
    def on(self) -> date:
        return self.started_on


class RotationResolved(Fact, frozen=True, tag="rotation-resolved"):
    """The holder left the post: the day is the first that no longer counts."""

    rotation_id: str
    post_id: str
    resolved_on: date

    @property
    def keys(self) -> tuple[str, ...]:
        return (post_key(self.post_id),)

    @property
    def identity(self) -> str:
        return f"rotation-resolved/{self.rotation_id}/{self.resolved_on}"

    @property
    def on(self) -> date:
        return self.resolved_on


def post_key(post_id: str) -> str:
    """What links the rotations of one post."""
    return f"post/{post_id}"


def process_key(process: str) -> str:
    """What links the facts of one process."""
    return f"process/{process}"


AnyFact = (
    IncidentConfirmed
    | IncidentSetAside
    | MatterClosed
    | InquiryDecided
    | InquirySetAside
    | HoldCorrected
    | ComplaintSubstantiated
    | ComplaintOverturned
    | EducationOverdue
    | BatchUnitOverdue
    | RectificationOverdue
    | ProcessReformed
    | ProcessIncident
    | QuietPassed
    | RotationOverdue
    | RotationResolved
)


class Evidence(msgspec.Struct, frozen=True):
    """A fact with the event that carried it and the rule set in force on its day."""

    event_id: str
    rule_set_version: str
    fact: AnyFact
