"""What may be done in the service hall. Each mutation is one use case; refusals are data."""

from datetime import date, datetime

import strawberry
from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import Info, UserError, run
from strawberry.scalars import JSON

from case_flow.api.hall_parts import PreReviewFile, WindowProposal
from case_flow.api.hall_queries import proposals_of, review_files
from case_flow.api.matter_inputs import mapping
from case_flow.use_cases.pre_review import (
    PreReviewApplication,
    PreReviewed,
    PresentAgain,
    pre_review_application,
    present_again,
)
from case_flow.use_cases.publish_form import PublishForm, RetireForm, publish_form, retire_form
from case_flow.use_cases.report_queue import ReportQueue, report_queue
from case_flow.use_cases.serve_ticket import (
    CallTicket,
    EndTicket,
    HandOverTicket,
    TicketEnd,
    call_ticket,
    end_ticket,
    hand_over_ticket,
)
from case_flow.use_cases.set_up_windows import SetUpWindows, set_up_windows
from case_flow.use_cases.switch_windows import DecideSwitch, ReturnWindows, decide_switch, return_windows

strawberry.enum(TicketEnd, description="How a ticket ends.")


@strawberry.input
class PublishFormInput:
    """A form file (YAML)."""

    client_mutation_id: str
    source: str


@strawberry.input
class RetireFormInput:
    client_mutation_id: str
    form: str = strawberry.field(description="For example INVOICE-QUANTITY/1.")
    successor: str
    effective_from: date


@strawberry.input
class PreReviewApplicationInput:
    client_mutation_id: str
    item: str
    title: str
    office_id: strawberry.ID | None = None
    payload: JSON | None = strawberry.field(default=None, description="{fields, documents} as presented.")


@strawberry.input
class PresentAgainInput:
    client_mutation_id: str
    pre_review_id: strawberry.ID
    payload: JSON | None = None


@strawberry.input
class SetUpWindowsInput:
    client_mutation_id: str
    unit_id: strawberry.ID


@strawberry.input
class ReportQueueInput:
    client_mutation_id: str
    queue: str = strawberry.field(description="A class of windows.")
    waiting: int


@strawberry.input
class WindowHandOver:
    """Who was called to `window` goes to `to`, of the same class."""

    window: str
    to: str


@strawberry.input
class DecideSwitchInput:
    client_mutation_id: str
    proposal_id: strawberry.ID
    confirm: bool
    until: datetime | None = None
    hand_over: list[WindowHandOver] = strawberry.field(default_factory=list)


@strawberry.input
class ReturnWindowsInput:
    client_mutation_id: str
    proposal_id: strawberry.ID
    hand_over: list[WindowHandOver] = strawberry.field(default_factory=list)


@strawberry.input
class CallTicketInput:
    client_mutation_id: str
    number: str
    queue: str
    window: str
    drawn_at: datetime | None = strawberry.field(
        default=None, description="When the ticket was drawn: waiting is counted from then."
    )


@strawberry.input
class EndTicketInput:
    client_mutation_id: str
    number: str
    how: TicketEnd


@strawberry.input
class HandOverTicketInput:
    client_mutation_id: str
    number: str
    window: str


@strawberry.type
class FormPayload:
    form: str | None
    user_errors: list[UserError]


@strawberry.type
class PreReviewPayload:
    pre_review: PreReviewFile | None
    receipt_no: str | None
    receipt_code: str | None = strawberry.field(description="Told once, at the first visit.")
    user_errors: list[UserError]


@strawberry.type
class HallPayload:
    windows: int | None
    user_errors: list[UserError]


@strawberry.type
class WindowProposalPayload:
    proposal: WindowProposal | None
    user_errors: list[UserError]


@strawberry.type
class TicketPayload:
    window: str | None = strawberry.field(description="Where the ticket is; null once it ended.")
    user_errors: list[UserError]


@strawberry.type
class HallMutation:
    @strawberry.mutation(description="Publish one version of a form for ever.")
    async def publish_form(self, info: Info, input: PublishFormInput) -> FormPayload:
        done, errors = await run(info, publish_form, PublishForm(input.source), input.client_mutation_id)
        return FormPayload(form=done.form if done else None, user_errors=errors)

    @strawberry.mutation(description="Take a form out of use from a day on, naming its successor.")
    async def retire_form(self, info: Info, input: RetireFormInput) -> FormPayload:
        command = RetireForm(input.form, input.successor, input.effective_from)
        done, errors = await run(info, retire_form, command, input.client_mutation_id)
        return FormPayload(form=done.form if done else None, user_errors=errors)

    @strawberry.mutation(description="预审: look at an application and say at once all that is missing.")
    async def pre_review_application(self, info: Info, input: PreReviewApplicationInput) -> PreReviewPayload:
        payload = mapping(input.payload, "payload")
        command = PreReviewApplication(input.item, input.title, input.office_id, payload)
        return await _looked(
            info, *await run(info, pre_review_application, command, input.client_mutation_id)
        )

    @strawberry.mutation(description="The applicant is back: look again, by the same version of the form.")
    async def present_again(self, info: Info, input: PresentAgainInput) -> PreReviewPayload:
        command = PresentAgain(input.pre_review_id, mapping(input.payload, "payload"))
        return await _looked(info, *await run(info, present_again, command, input.client_mutation_id))

    @strawberry.mutation(description="Set up the windows of a hall by the published rules.")
    async def set_up_windows(self, info: Info, input: SetUpWindowsInput) -> HallPayload:
        done, errors = await run(info, set_up_windows, SetUpWindows(input.unit_id), input.client_mutation_id)
        return HallPayload(windows=done.windows if done else None, user_errors=errors)

    @strawberry.mutation(description="For the queue machine: how many wait. Too many bring a proposal.")
    async def report_queue(self, info: Info, input: ReportQueueInput) -> WindowProposalPayload:
        command = ReportQueue(input.queue, input.waiting)
        done, errors = await run(info, report_queue, command, input.client_mutation_id)
        return await _proposal(info, done.proposal_id if done else None, errors)

    @strawberry.mutation(description="Confirm or decline a proposal; nobody already called is sent away.")
    async def decide_switch(self, info: Info, input: DecideSwitchInput) -> WindowProposalPayload:
        if input.until is not None and input.until.tzinfo is None:
            raise Invalid("an instant has its offset", path=("input", "until"))
        command = DecideSwitch(input.proposal_id, input.confirm, input.until, _hand_over(input.hand_over))
        done, errors = await run(info, decide_switch, command, input.client_mutation_id)
        return await _proposal(info, done.proposal_id if done else None, errors)

    @strawberry.mutation(description="The windows of a proposal go back now.")
    async def return_windows(self, info: Info, input: ReturnWindowsInput) -> WindowProposalPayload:
        command = ReturnWindows(input.proposal_id, _hand_over(input.hand_over))
        done, errors = await run(info, return_windows, command, input.client_mutation_id)
        return await _proposal(info, done.proposal_id if done else None, errors)

    @strawberry.mutation(description="叫号: call a ticket to a window of its class.")
    async def call_ticket(self, info: Info, input: CallTicketInput) -> TicketPayload:
        if input.drawn_at is not None and input.drawn_at.tzinfo is None:
            raise Invalid("an instant has its offset", path=("input", "drawnAt"))
        command = CallTicket(input.number, input.queue, input.window, input.drawn_at)
        done, errors = await run(info, call_ticket, command, input.client_mutation_id)
        return TicketPayload(window=done.window if done else None, user_errors=errors)

    @strawberry.mutation(description="The ticket was served, or its holder left.")
    async def end_ticket(self, info: Info, input: EndTicketInput) -> TicketPayload:
        command = EndTicket(input.number, input.how)
        done, errors = await run(info, end_ticket, command, input.client_mutation_id)
        return TicketPayload(window=done.window if done else None, user_errors=errors)

    @strawberry.mutation(description="The ticket goes on to another window of its class.")
    async def hand_over_ticket(self, info: Info, input: HandOverTicketInput) -> TicketPayload:
        command = HandOverTicket(input.number, input.window)
        done, errors = await run(info, hand_over_ticket, command, input.client_mutation_id)
        return TicketPayload(window=done.window if done else None, user_errors=errors)


def _hand_over(given: list[WindowHandOver]) -> dict[str, str]:
    return {one.window: one.to for one in given}


async def _looked(info: Info, done: PreReviewed | None, errors: list[UserError]) -> PreReviewPayload:
    if done is None:
        return PreReviewPayload(pre_review=None, receipt_no=None, receipt_code=None, user_errors=errors)
    files = await review_files(info.context, [done.pre_review_id])
    return PreReviewPayload(
        pre_review=files[0] if files else None,
        receipt_no=done.receipt_no,
        receipt_code=done.receipt_code or None,
        user_errors=errors,
    )


async def _proposal(info: Info, proposal_id: str | None, errors: list[UserError]) -> WindowProposalPayload:
    found = await proposals_of(info.context, [proposal_id]) if proposal_id else []
    return WindowProposalPayload(proposal=found[0] if found else None, user_errors=errors)
