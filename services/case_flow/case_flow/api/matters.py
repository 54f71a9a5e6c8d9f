"""The matter as an entity of the graph."""

from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import Deadline, Info, deadline_value

from case_flow.api import matter_loaders as loaders
from case_flow.api.intake_fields import IntakeFields
from case_flow.api.matter_enums import State
from case_flow.api.matter_parts import (
    ClockEntry,
    Custody,
    Label,
    OpenStep,
    PendingSignatures,
    StepInfo,
    StepRecord,
    TransferSlip,
)
from case_flow.api.outputs import OutputFields
from case_flow.api.paths import PathFields
from case_flow.api.references import Bureau, Person, Unit, bureau, person, unit
from case_flow.api.running_fields import RunningFields
from case_flow.domain import clock
from case_flow.domain import matter as domain


@strawberry.type(description="What the due date would have been with a full, approved extension.")
class Counterfactual:
    extension_days: int
    due_on: date


@strawberry.federation.type(
    keys=["id"], description="事项: one application on its way through its item's steps."
)
class Matter(RunningFields, PathFields, IntakeFields, OutputFields):
    row: strawberry.Private[domain.Matter]
    id: strawberry.ID
    receipt_no: str
    item_code: str
    item_version: int
    title: str
    state: State
    outcome: str | None
    reason: str | None
    bureau: Bureau
    unit: Unit = strawberry.field(description="The unit whose step is open.")
    handlers: list[Person] = strawberry.field(description="Whoever has one of the open steps.")
    accepted_at: datetime
    accepted_on: date
    due_on: date | None
    due_provisional: bool
    stage_due_on: date | None
    closed_on: date | None
    late_working_days: int | None
    row_version: int

    @classmethod
    def of(cls, row: domain.Matter) -> "Matter":
        return cls(
            row=row,
            id=strawberry.ID(row.id),
            receipt_no=row.case_ref,
            item_code=row.item_code,
            item_version=row.item_version,
            title=row.title,
            state=row.state,
            outcome=row.outcome,
            reason=row.reason,
            bureau=bureau(row.bureau_id),
            unit=unit(row.unit_id),
            handlers=[person(one) for one in row.hands],
            accepted_at=row.accepted_at,
            accepted_on=row.accepted_on,
            due_on=row.due_on,
            due_provisional=row.due_provisional,
            stage_due_on=row.stage_due_on,
            closed_on=row.closed_on,
            late_working_days=row.late_working_days,
            row_version=row.row_version,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Matter | None":
        found = await loaders.matter(info.context, id)
        return cls.of(found) if found else None

    @strawberry.field(
        description="Every open step, in the order of the item; several where branches run side by side."
    )
    async def open_steps(self, info: Info) -> list[OpenStep]:
        definition = await loaders.definition(info.context, self.row)
        open_now = {one.step: one for one in self.row.open_steps}
        codes = [step.code for step in definition.steps if step.code in open_now]
        return [OpenStep.of(self.row.bureau_id, definition, open_now[code]) for code in codes]

    @strawberry.field(description="The open step, of several the one last acted on; null once closed.")
    async def step(self, info: Info) -> StepInfo | None:
        step = (await loaders.definition(info.context, self.row)).by_code.get(self.row.step or "")
        return StepInfo.of(self.row.bureau_id, step) if step else None

    @strawberry.field
    async def item_name(self, info: Info) -> Label:
        return Label.of((await loaders.definition(info.context, self.row)).name)

    @strawberry.field(description="What was done, in order.")
    async def steps(self, info: Info) -> list[StepRecord]:
        definition = await loaders.definition(info.context, self.row)
        return [StepRecord.of(definition, one) for one in await loaders.steps(info.context, self.row.id)]

    @strawberry.field(description="The time limit with its rule; null for an item without one.")
    async def deadline(self, info: Info) -> Deadline | None:
        definition = await loaders.definition(info.context, self.row)
        calendar = (await loaders.org(info.context, self.row.bureau_id)).calendar
        limit = clock.deadline(definition, self.row, calendar)
        return deadline_value(limit, calendar, self.row.closed_on or info.context.today) if limit else None

    @strawberry.field(
        description="For the dossier of a late matter: the date an approved extension would have given."
    )
    async def with_extension(self, info: Info) -> Counterfactual | None:
        definition = await loaders.definition(info.context, self.row)
        if definition.extension is None or self.row.extension_days:
            return None
        calendar = (await loaders.org(info.context, self.row.bureau_id)).calendar
        other = clock.deadline(definition, self.row, calendar, extension=definition.extension.cap)
        return Counterfactual(extension_days=definition.extension.cap, due_on=other.due_on) if other else None

    @strawberry.field
    async def custody(self, info: Info) -> Custody:
        return Custody.of(self.row, list(await loaders.slips_of(info.context, self.row.id)))

    @strawberry.field
    async def slips(self, info: Info) -> list[TransferSlip]:
        return [TransferSlip.of(one) for one in await loaders.slips_of(info.context, self.row.id)]

    @strawberry.field
    async def clocks(self, info: Info) -> list[ClockEntry]:
        return [ClockEntry.of(one) for one in await loaders.ledger(info.context, self.row.id)]

    @strawberry.field(description="Since when the clock stands still; null while it runs.")
    def suspended_since(self) -> date | None:
        return self.row.suspension.started_on if self.row.suspension else None

    @strawberry.field
    def pending_signatures(self) -> PendingSignatures | None:
        """Of the first open step that waits for some."""
        return PendingSignatures.of(next((one.pending for one in self.row.open_steps if one.pending), None))
