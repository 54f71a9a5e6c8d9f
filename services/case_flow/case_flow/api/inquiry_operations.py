"""What may be asked about inquiries, and each step of one."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import TypeVar

import msgspec
import strawberry
from plumbline_shared.graphql import (
    Info,
    decode_cursor,
    encode_cursor,
    page_size,
    paginate,
    run,
)
from plumbline_shared.use_case import Uow

from case_flow.api.control_enums import Choice, Form, InquiryState, PublicationScope
from case_flow.api.inquiries import Inquiry, InquiryConnection, InquiryPayload, inquiry_of
from case_flow.storage import inquiry as inquiries
from case_flow.use_cases.appeal_inquiry import AppealInquiry, appeal_inquiry
from case_flow.use_cases.cast_roll_call_vote import CastRollCallVote, cast_roll_call_vote
from case_flow.use_cases.decide_inquiry import DecideInquiry, FormChosen, decide_inquiry
from case_flow.use_cases.hold_hearing import HoldHearing, hold_hearing
from case_flow.use_cases.open_inquiry import OpenInquiry, open_inquiry
from case_flow.use_cases.propose_inquiry import ProposeInquiry, propose_inquiry
from case_flow.use_cases.record_appeal_decision import RecordAppealDecision, record_appeal_decision
from case_flow.use_cases.recuse_member import RecuseMember, recuse_member
from case_flow.use_cases.serve_inquiry_notice import ServeInquiryNotice, serve_inquiry_notice
from case_flow.use_cases.state_defence import StateDefence, state_defence

Command = TypeVar("Command", bound=msgspec.Struct)


@strawberry.input
class ProposeInquiryInput:
    client_mutation_id: str
    incident_id: strawberry.ID
    reason: str
    trigger: str | None = strawberry.field(
        default=None, description="问责情形: a code of the scheme; the first that fits when left out."
    )


@strawberry.input
class OpenInquiryInput:
    client_mutation_id: str
    inquiry_id: strawberry.ID
    panel: list[strawberry.ID]
    number: str | None = strawberry.field(
        default=None, description="As the meeting registered it; the next free one when left out."
    )


@strawberry.input
class ServeInquiryNoticeInput:
    client_mutation_id: str
    inquiry_id: strawberry.ID
    served_on: date | None = None


@strawberry.input
class StateDefenceInput:
    client_mutation_id: str
    inquiry_id: strawberry.ID
    statement: str


@strawberry.input
class RecuseMemberInput:
    client_mutation_id: str
    inquiry_id: strawberry.ID
    reason: str


@strawberry.input
class HoldHearingInput:
    client_mutation_id: str
    inquiry_id: strawberry.ID
    present: list[strawberry.ID]


@strawberry.input
class CastRollCallVoteInput:
    client_mutation_id: str
    inquiry_id: strawberry.ID
    choice: Choice


@strawberry.input(description="A form other than the rule pack proposes.")
class FormChosenInput:
    person_id: strawberry.ID
    form: Form


@strawberry.input
class DecideInquiryInput:
    client_mutation_id: str
    inquiry_id: strawberry.ID
    publication_scope: PublicationScope = PublicationScope.BUREAU
    forms: list[FormChosenInput] = strawberry.field(default_factory=list)


@strawberry.input
class RecordAppealDecisionInput:
    client_mutation_id: str
    inquiry_id: strawberry.ID
    upheld: bool = strawberry.field(
        description="False: the decision is set aside, its effects are taken back."
    )
    document: str = strawberry.field(description="Number of the superior bureau's document.")
    reasons: str


@strawberry.input
class AppealInquiryInput:
    client_mutation_id: str
    inquiry_id: strawberry.ID
    grounds: str


@strawberry.type
class InquiryQuery:
    @strawberry.field(description="One inquiry; null when it does not exist or is not yours to see.")
    async def inquiry(self, info: Info, id: strawberry.ID) -> Inquiry | None:
        return await inquiry_of(info, id)

    @strawberry.field(description="Inquiries that you see.")
    async def inquiries(
        self, info: Info, state: InquiryState | None = None, first: int = 50, after: str | None = None
    ) -> InquiryConnection:
        size = page_size(first)
        cursor = decode_cursor(after, tuple[str, str]) if after else None
        async with info.context.read() as conn:
            rows = await inquiries.page(conn, state, cursor, size + 1)
        edges, page_info = paginate(
            rows, size, Inquiry.of, lambda row: encode_cursor(row.proposed_on.isoformat(), row.id)
        )
        return InquiryConnection(edges=edges, page_info=page_info)


@strawberry.type
class InquiryMutation:
    @strawberry.mutation(description="提请问责 into a confirmed incident.")
    async def propose_inquiry(self, info: Info, input: ProposeInquiryInput) -> InquiryPayload:
        command = ProposeInquiry(input.incident_id, input.reason, input.trigger)
        return await _run(info, propose_inquiry, command, input.client_mutation_id)

    @strawberry.mutation(description="立案: number and panel.")
    async def open_inquiry(self, info: Info, input: OpenInquiryInput) -> InquiryPayload:
        command = OpenInquiry(input.inquiry_id, tuple(input.panel), input.number)
        return await _run(info, open_inquiry, command, input.client_mutation_id)

    @strawberry.mutation(description="送达: the time for defence runs from the service.")
    async def serve_inquiry_notice(self, info: Info, input: ServeInquiryNoticeInput) -> InquiryPayload:
        command = ServeInquiryNotice(input.inquiry_id, input.served_on)
        return await _run(info, serve_inquiry_notice, command, input.client_mutation_id)

    @strawberry.mutation(description="陈述申辩 of a respondent.")
    async def state_defence(self, info: Info, input: StateDefenceInput) -> InquiryPayload:
        command = StateDefence(input.inquiry_id, input.statement)
        return await _run(info, state_defence, command, input.client_mutation_id)

    @strawberry.mutation(description="回避: a member of the panel steps back.")
    async def recuse_member(self, info: Info, input: RecuseMemberInput) -> InquiryPayload:
        command = RecuseMember(input.inquiry_id, input.reason)
        return await _run(info, recuse_member, command, input.client_mutation_id)

    @strawberry.mutation(description="问责会: who is present; the vote is open.")
    async def hold_hearing(self, info: Info, input: HoldHearingInput) -> InquiryPayload:
        command = HoldHearing(input.inquiry_id, tuple(input.present))
        return await _run(info, hold_hearing, command, input.client_mutation_id)

    @strawberry.mutation(description="实名投票: once, by name, sealed.")
    async def cast_roll_call_vote(self, info: Info, input: CastRollCallVoteInput) -> InquiryPayload:
        command = CastRollCallVote(input.inquiry_id, input.choice)
        return await _run(info, cast_roll_call_vote, command, input.client_mutation_id)

    @strawberry.mutation(description="审议决定: it follows from the votes.")
    async def decide_inquiry(self, info: Info, input: DecideInquiryInput) -> InquiryPayload:
        forms = tuple(FormChosen(one.person_id, one.form) for one in input.forms)
        command = DecideInquiry(input.inquiry_id, input.publication_scope, forms)
        return await _run(info, decide_inquiry, command, input.client_mutation_id)

    @strawberry.mutation(description="申诉 of a respondent.")
    async def appeal_inquiry(self, info: Info, input: AppealInquiryInput) -> InquiryPayload:
        command = AppealInquiry(input.inquiry_id, input.grounds)
        return await _run(info, appeal_inquiry, command, input.client_mutation_id)

    @strawberry.mutation(description="申诉决定 of the superior bureau, recorded with its document.")
    async def record_appeal_decision(self, info: Info, input: RecordAppealDecisionInput) -> InquiryPayload:
        command = RecordAppealDecision(input.inquiry_id, input.upheld, input.document, input.reasons)
        return await _run(info, record_appeal_decision, command, input.client_mutation_id)


async def _run(
    info: Info, use_case: Callable[[Uow, Command], Awaitable[str]], command: Command, key: str
) -> InquiryPayload:
    done, errors = await run(info, use_case, command, key)
    return InquiryPayload(inquiry=await inquiry_of(info, done), user_errors=errors)
