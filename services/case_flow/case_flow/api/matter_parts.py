"""The parts of a matter: steps done, custody of the paper, the ledger of its clocks."""

from datetime import date, datetime

import strawberry

from case_flow.api.references import Person, Unit, person, unit
from case_flow.domain import matter as open_step
from case_flow.domain.definition import ItemDefinition, Step, Text
from case_flow.domain.matter import Matter, Pending
from case_flow.domain.signing import waiting
from case_flow.storage.clock import ClockEvent
from case_flow.storage.slip import Slip
from case_flow.storage.trail import StepDone


@strawberry.type(description="A label in both languages.")
class Label:
    zh: str
    en: str

    @classmethod
    def of(cls, text: Text) -> "Label":
        return cls(zh=text.zh, en=text.en)


@strawberry.type(description="环节: a step of an item, as its version defines it.")
class StepInfo:
    code: str
    name: Label
    roles: list[str]
    min_actors: int
    budget: int | None = strawberry.field(description="Working days for this stage.")
    risk_point_id: strawberry.ID | None
    incompatible_with: list[str]
    requires: list[str] = strawberry.field(description="What the payload must carry to complete it.")

    @classmethod
    def of(cls, bureau_id: str, step: Step) -> "StepInfo":
        return cls(
            code=step.code,
            name=Label.of(step.name),
            roles=list(step.roles),
            min_actors=step.min_actors,
            budget=step.budget,
            risk_point_id=strawberry.ID(f"{bureau_id}.{step.point}") if step.point else None,
            incompatible_with=list(step.incompatible_with),
            requires=list(step.requires),
        )


@strawberry.type(description="A completed step with everybody who signed it.")
class StepRecord:
    step: str
    name: Label
    signers: list[Person]
    unit: Unit | None
    at: datetime
    on: date
    due_on: date | None = strawberry.field(description="When its stage was due.")
    in_budget: bool | None

    @classmethod
    def of(cls, definition: ItemDefinition, done: StepDone) -> "StepRecord":
        step = definition.by_code.get(done.step)
        return cls(
            step=done.step,
            name=Label.of(step.name) if step else Label(zh=done.step, en=done.step),
            signers=[person(one) for one in done.signers],
            unit=unit(done.unit_id) if done.unit_id else None,
            at=done.at,
            on=done.local_on,
            due_on=done.due_on,
            in_budget=done.local_on <= done.due_on if done.due_on else None,
        )


@strawberry.type(
    description="传递单: the paper's way to another unit; custody moves when it is acknowledged."
)
class TransferSlip:
    id: strawberry.ID
    from_unit: Unit
    to_unit: Unit
    sent_by: Person
    sent_at: datetime
    due_on: date = strawberry.field(description="Last day to acknowledge it.")
    acknowledged_by: Person | None
    acknowledged_at: datetime | None

    @classmethod
    def of(cls, slip: Slip) -> "TransferSlip":
        return cls(
            id=strawberry.ID(slip.id),
            from_unit=unit(slip.from_unit),
            to_unit=unit(slip.to_unit),
            sent_by=person(slip.sent_by),
            sent_at=slip.sent_at,
            due_on=slip.due_on,
            acknowledged_by=person(slip.acknowledged_by) if slip.acknowledged_by else None,
            acknowledged_at=slip.acknowledged_at,
        )


@strawberry.type(description="Who answers for the paper now: the sender while it is in transit.")
class Custody:
    unit: Unit
    in_transit: bool
    in_transit_to: Unit | None

    @classmethod
    def of(cls, matter: Matter, slips: list[Slip]) -> "Custody":
        last = slips[-1] if slips else None
        if last is None:
            return cls(unit=unit(matter.unit_id), in_transit=False, in_transit_to=None)
        if last.acknowledged_at is None:
            return cls(unit=unit(last.from_unit), in_transit=True, in_transit_to=unit(last.to_unit))
        return cls(unit=unit(last.to_unit), in_transit=False, in_transit_to=None)


@strawberry.type(description="One entry of the clock ledger; the latest of a clock holds.")
class ClockEntry:
    clock: str = strawberry.field(description="`matter` or `stage:<step>`.")
    event: str = strawberry.field(description="STARTED, EXTENDED, PAUSED, RESUMED, RECOMPUTED or STOPPED.")
    at: datetime
    due_on: date | None
    days: int
    reason: str
    citation: str
    calendar_version: str

    @classmethod
    def of(cls, entry: ClockEvent) -> "ClockEntry":
        return cls(
            clock=entry.clock,
            event=entry.event,
            at=entry.at,
            due_on=entry.due_on,
            days=entry.days,
            reason=entry.reason,
            citation=entry.citation,
            calendar_version=entry.calendar_version,
        )


@strawberry.type(description="Signatures still asked for on the open step.")
class PendingSignatures:
    step: str
    signed: list[Person]
    waiting_for: list[Person]
    since: datetime

    @classmethod
    def of(cls, pending: Pending | None) -> "PendingSignatures | None":
        if pending is None:
            return None
        return cls(
            step=pending.step,
            signed=[person(one) for one in pending.signed],
            waiting_for=[person(one) for one in waiting(pending)],
            since=pending.since,
        )


@strawberry.type(description="A step that is open; several at once where branches run side by side.")
class OpenStep:
    step: StepInfo
    unit: Unit
    handlers: list[Person] = strawberry.field(
        description="In whose hands it is; nobody: in the unit's queue."
    )
    stage_due_on: date | None
    pending_signatures: PendingSignatures | None

    @classmethod
    def of(cls, bureau_id: str, definition: ItemDefinition, one: open_step.OpenStep) -> "OpenStep":
        return cls(
            step=StepInfo.of(bureau_id, definition.by_code[one.step]),
            unit=unit(one.unit_id),
            handlers=[person(each) for each in one.handlers],
            stage_due_on=one.stage_due_on,
            pending_signatures=PendingSignatures.of(one.pending),
        )
