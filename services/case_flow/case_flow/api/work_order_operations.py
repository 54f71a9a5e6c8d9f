"""What may be asked about work orders, findings, plans and notes, and each part of one."""

from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import (
    Info,
    UserError,
    decode_cursor,
    encode_cursor,
    page_size,
    paginate,
    run,
)
from strawberry.scalars import JSON

from case_flow.api import matter_loaders
from case_flow.api.matter_inputs import mapping
from case_flow.api.mutations import done
from case_flow.api.references import Person, person
from case_flow.api.work_orders import (
    Closing,
    WorkOrder,
    WorkOrderConnection,
    WorkOrderKind,
    work_order_of,
)
from case_flow.storage import matter_note as notes
from case_flow.storage import work_order as storage
from case_flow.use_cases.issue_work_order import (
    IssueFinding,
    IssueWorkOrder,
    IssueWorkPlan,
    issue_finding,
    issue_work_order,
    issue_work_plan,
)
from case_flow.use_cases.note_on_matter import NoteOnMatter, note_on_matter
from case_flow.use_cases.perform_work_order import (
    AcceptWorkOrder,
    CloseWorkOrder,
    FeedBackWorkOrder,
    ReturnWorkOrder,
    accept_work_order,
    close_work_order,
    feed_back_work_order,
    return_work_order,
)


@strawberry.type(description="跟踪员批注")
class MatterNote:
    step: str
    author: Person
    at: datetime
    text: str


@strawberry.input
class WorkOrderLineInput:
    to_unit_id: strawberry.ID
    title: str
    demand: str
    due_on: date
    form: str | None = None
    object: str | None = None

    def command(self, from_unit: str | None = None) -> IssueWorkOrder:
        """The line as an order."""
        return IssueWorkOrder(
            self.to_unit_id, self.title, self.demand, self.due_on, self.form, self.object, from_unit
        )


@strawberry.input
class IssueWorkOrderInput(WorkOrderLineInput):
    client_mutation_id: str
    from_unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="For a leader who orders for a unit; your own when left out."
    )


@strawberry.input
class IssueWorkPlanInput:
    client_mutation_id: str
    title: str
    lines: list[WorkOrderLineInput]


@strawberry.input
class IssueFindingInput:
    client_mutation_id: str
    to_unit_id: strawberry.ID
    title: str
    text: str
    source: str
    document: str | None = None
    form: str | None = None


@strawberry.input
class AcceptWorkOrderInput:
    client_mutation_id: str
    order_id: strawberry.ID


@strawberry.input
class FeedBackWorkOrderInput:
    client_mutation_id: str
    order_id: strawberry.ID
    feedback: str
    submission: JSON | None = None
    agrees: bool | None = None


@strawberry.input
class CloseWorkOrderInput:
    client_mutation_id: str
    order_id: strawberry.ID
    closing: Closing
    note: str = ""
    rectify: str = strawberry.field(
        default="", description="Of a confirmed finding: what the unit puts right, as a rectification order."
    )


@strawberry.input
class ReturnWorkOrderInput:
    client_mutation_id: str
    order_id: strawberry.ID
    reason: str
    due_on: date


@strawberry.input
class NoteOnMatterInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    text: str


@strawberry.type
class WorkOrderPayload:
    work_order: WorkOrder | None
    user_errors: list[UserError]


@strawberry.type
class WorkPlanPayload:
    plan_id: strawberry.ID | None
    user_errors: list[UserError]


@strawberry.type
class MatterNotePayload:
    notes: list[MatterNote]
    user_errors: list[UserError]


@strawberry.type
class WorkOrderQuery:
    @strawberry.field(description="One order; null when it does not exist or is not yours to see.")
    async def work_order(self, info: Info, id: strawberry.ID) -> WorkOrder | None:
        return await work_order_of(info, id)

    @strawberry.field(description="Work orders that you see; those of a plan are its lines.")
    async def work_orders(
        self,
        info: Info,
        kind: WorkOrderKind | None = None,
        plan_id: strawberry.ID | None = None,
        open_only: bool = False,
        first: int = 50,
        after: str | None = None,
    ) -> WorkOrderConnection:
        size = page_size(first)
        cursor = decode_cursor(after, tuple[date, str]) if after else None
        async with info.context.read() as conn:
            rows = await storage.page(conn, kind, plan_id, open_only=open_only, after=cursor, size=size + 1)
        edges, page_info = paginate(
            rows, size, WorkOrder.of, lambda row: encode_cursor(row.due_on.isoformat(), row.id)
        )
        return WorkOrderConnection(edges=edges, page_info=page_info)

    @strawberry.field(description="Notes of the tracker on a matter that you see.")
    async def matter_notes(self, info: Info, matter_id: strawberry.ID) -> list[MatterNote]:
        return await _notes(info, matter_id)


@strawberry.type
class WorkOrderMutation:
    @strawberry.mutation(description="下达工作单 to a unit.")
    async def issue_work_order(self, info: Info, input: IssueWorkOrderInput) -> WorkOrderPayload:
        command = input.command(input.from_unit_id)
        return _payload(*await done(info, issue_work_order, command, input.client_mutation_id, work_order_of))

    @strawberry.mutation(description="下达清单式工作计划: each line is an order.")
    async def issue_work_plan(self, info: Info, input: IssueWorkPlanInput) -> WorkPlanPayload:
        command = IssueWorkPlan(input.title, tuple(line.command() for line in input.lines))
        made, errors = await run(info, issue_work_plan, command, input.client_mutation_id)
        return WorkPlanPayload(plan_id=strawberry.ID(made) if made else None, user_errors=errors)

    @strawberry.mutation(description="提出督察内审发现, to be answered by the unit.")
    async def issue_finding(self, info: Info, input: IssueFindingInput) -> WorkOrderPayload:
        command = IssueFinding(
            input.to_unit_id, input.title, input.text, input.source, input.document, input.form
        )
        return _payload(*await done(info, issue_finding, command, input.client_mutation_id, work_order_of))

    @strawberry.mutation(description="接收工作单.")
    async def accept_work_order(self, info: Info, input: AcceptWorkOrderInput) -> WorkOrderPayload:
        command = AcceptWorkOrder(input.order_id)
        return _payload(
            *await done(info, accept_work_order, command, input.client_mutation_id, work_order_of)
        )

    @strawberry.mutation(description="反馈, with the form filled in where the order names one.")
    async def feed_back_work_order(self, info: Info, input: FeedBackWorkOrderInput) -> WorkOrderPayload:
        filled = mapping(input.submission, "submission") if input.submission is not None else {}
        command = FeedBackWorkOrder(input.order_id, input.feedback, filled, input.agrees)
        return _payload(
            *await done(info, feed_back_work_order, command, input.client_mutation_id, work_order_of)
        )

    @strawberry.mutation(description="确认 or 撤回; never by whoever did the work.")
    async def close_work_order(self, info: Info, input: CloseWorkOrderInput) -> WorkOrderPayload:
        command = CloseWorkOrder(input.order_id, input.closing, input.note, input.rectify)
        return _payload(*await done(info, close_work_order, command, input.client_mutation_id, work_order_of))

    @strawberry.mutation(description="退回: the unit feeds back again.")
    async def return_work_order(self, info: Info, input: ReturnWorkOrderInput) -> WorkOrderPayload:
        command = ReturnWorkOrder(input.order_id, input.reason, input.due_on)
        return _payload(
            *await done(info, return_work_order, command, input.client_mutation_id, work_order_of)
        )

    @strawberry.mutation(description="跟踪批注, by the tracker of the domain.")
    async def note_on_matter(self, info: Info, input: NoteOnMatterInput) -> MatterNotePayload:
        command = NoteOnMatter(input.matter_id, input.text)
        made, errors = await run(info, note_on_matter, command, input.client_mutation_id)
        return MatterNotePayload(notes=await _notes(info, made) if made else [], user_errors=errors)


def _payload(found: WorkOrder | None, errors: list[UserError]) -> WorkOrderPayload:
    return WorkOrderPayload(work_order=found, user_errors=errors)


async def _notes(info: Info, matter_id: str) -> list[MatterNote]:
    """Those of a matter that Cedar, too, lets the caller read."""
    if await matter_loaders.matter(info.context, matter_id) is None:
        return []
    async with info.context.read() as conn:
        found = await notes.of_matter(conn, matter_id)
    return [MatterNote(step=one.step, author=person(one.author), at=one.at, text=one.text) for one in found]
