"""What happens to a penalty between its proposal and its payment (requirements 6.3): each act, and what was done."""

from collections.abc import Awaitable, Callable
from datetime import date

import strawberry
from plumbline_shared.graphql import Info, UserError, run
from plumbline_shared.use_case import Uow

from case_flow.access import POLICY
from case_flow.api.mutations import Command
from case_flow.api.references import Person, person
from case_flow.domain.penalty_process import PenaltyAct, Recorded
from case_flow.storage import matter as matters
from case_flow.storage import penalty_process as storage
from case_flow.use_cases.disclose_penalty import (
    OverturnDecision,
    PublishDecision,
    WithdrawDecision,
    overturn_decision,
    publish_decision,
    withdraw_decision,
)
from case_flow.use_cases.execute_penalty import CollectFine, ServeDecision, collect_fine, serve_decision
from case_flow.use_cases.hear_party import (
    AppointHearing,
    NotifyParty,
    RecordHearing,
    RecordStatement,
    RequestHearing,
    appoint_hearing,
    notify_party,
    record_hearing,
    record_statement,
    request_hearing,
)
from case_flow.use_cases.penalty_acts import penalty_resource
from case_flow.use_cases.review_penalty import ReviewPenalty, review_penalty

strawberry.enum(
    PenaltyAct,
    description="告知 NOTICE, 陈述申辩 STATEMENT, 听证 HEARING_*, 法制审核 REVIEW, 送达 DECISION_SERVED, 缴纳 PAID, "
    "公开 PUBLISHED, 撤销 OVERTURNED, 撤回公开 WITHDRAWN",
)


@strawberry.type(description="处罚程序中的一个环节")
class PenaltyActRecorded:
    act: PenaltyAct
    on: date
    by: Person
    note: str
    amount_fen: int | None
    held_on: date | None
    presider: Person | None
    agrees: bool | None

    @classmethod
    def of(cls, row: Recorded) -> "PenaltyActRecorded":
        return cls(
            act=row.act,
            on=row.on,
            by=person(row.by),
            note=row.note,
            amount_fen=row.amount_fen,
            held_on=row.other_on,
            presider=person(row.person_id) if row.person_id else None,
            agrees=row.agrees,
        )


@strawberry.input
class NotifyPartyInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    notice: str
    served_on: date | None = None


@strawberry.input
class RecordStatementInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    statement: str


@strawberry.input
class RequestHearingInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    requested_on: date | None = None


@strawberry.input
class AppointHearingInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    held_on: date
    presider_id: strawberry.ID


@strawberry.input
class RecordHearingInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    record: str


@strawberry.input
class ReviewPenaltyInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    opinion: str
    agrees: bool


@strawberry.input
class ServeDecisionInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    served_on: date | None = None


@strawberry.input
class CollectFineInput:
    client_mutation_id: str
    number: str = strawberry.field(description="Of the decision.")
    amount_fen: int


@strawberry.input
class PublishDecisionInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    place: str


@strawberry.input
class OverturnDecisionInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    document: str


@strawberry.input
class WithdrawDecisionInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    explanation: str


@strawberry.type
class PenaltyProcessPayload:
    acts: list[PenaltyActRecorded] = strawberry.field(description="As far as you see them.")
    user_errors: list[UserError]


@strawberry.type(description="收缴: fine and surcharge on the day, what was paid, what is left.")
class FineCollected:
    fine_fen: int
    surcharge_fen: int
    paid_fen: int
    left_fen: int
    pay_by: date


@strawberry.type
class CollectFinePayload:
    collected: FineCollected | None
    user_errors: list[UserError]


@strawberry.type
class PenaltyProcessQuery:
    @strawberry.field(
        description="What was done about a penalty, in order; nothing where it is not yours to see."
    )
    async def penalty_process(self, info: Info, matter_id: strawberry.ID) -> list[PenaltyActRecorded]:
        return await _acts(info, matter_id)


@strawberry.type
class PenaltyProcessMutation:
    @strawberry.mutation(description="行政处罚事先告知: facts, reasons, basis and rights.")
    async def notify_party(self, info: Info, input: NotifyPartyInput) -> PenaltyProcessPayload:
        command = NotifyParty(input.matter_id, input.notice, input.served_on)
        return await _run(info, notify_party, command, input.client_mutation_id)

    @strawberry.mutation(description="陈述申辩: what the party said.")
    async def record_statement(self, info: Info, input: RecordStatementInput) -> PenaltyProcessPayload:
        command = RecordStatement(input.matter_id, input.statement)
        return await _run(info, record_statement, command, input.client_mutation_id)

    @strawberry.mutation(description="当事人申请听证, in the time for it.")
    async def request_hearing(self, info: Info, input: RequestHearingInput) -> PenaltyProcessPayload:
        command = RequestHearing(input.matter_id, input.requested_on)
        return await _run(info, request_hearing, command, input.client_mutation_id)

    @strawberry.mutation(description="听证通知: the day, and who presides.")
    async def appoint_hearing(self, info: Info, input: AppointHearingInput) -> PenaltyProcessPayload:
        command = AppointHearing(input.matter_id, input.held_on, input.presider_id)
        return await _run(info, appoint_hearing, command, input.client_mutation_id)

    @strawberry.mutation(description="听证笔录, by the presider.")
    async def record_hearing(self, info: Info, input: RecordHearingInput) -> PenaltyProcessPayload:
        command = RecordHearing(input.matter_id, input.record)
        return await _run(info, record_hearing, command, input.client_mutation_id)

    @strawberry.mutation(description="法制审核 before the decision.")
    async def review_penalty(self, info: Info, input: ReviewPenaltyInput) -> PenaltyProcessPayload:
        command = ReviewPenalty(input.matter_id, input.opinion, input.agrees)
        return await _run(info, review_penalty, command, input.client_mutation_id)

    @strawberry.mutation(description="送达处罚决定书.")
    async def serve_decision(self, info: Info, input: ServeDecisionInput) -> PenaltyProcessPayload:
        command = ServeDecision(input.matter_id, input.served_on)
        return await _run(info, serve_decision, command, input.client_mutation_id)

    @strawberry.mutation(description="收缴罚款, by its decision's number; never by whoever decided it.")
    async def collect_fine(self, info: Info, input: CollectFineInput) -> CollectFinePayload:
        command = CollectFine(input.number, input.amount_fen)
        made, errors = await run(info, collect_fine, command, input.client_mutation_id)
        return CollectFinePayload(
            collected=FineCollected(
                fine_fen=made.fine_fen,
                surcharge_fen=made.surcharge_fen,
                paid_fen=made.paid_fen,
                left_fen=made.left_fen,
                pay_by=made.pay_by,
            )
            if made
            else None,
            user_errors=errors,
        )

    @strawberry.mutation(description="公开处罚决定.")
    async def publish_decision(self, info: Info, input: PublishDecisionInput) -> PenaltyProcessPayload:
        command = PublishDecision(input.matter_id, input.place)
        return await _run(info, publish_decision, command, input.client_mutation_id)

    @strawberry.mutation(description="登记处罚决定被撤销、变更或确认违法.")
    async def overturn_decision(self, info: Info, input: OverturnDecisionInput) -> PenaltyProcessPayload:
        command = OverturnDecision(input.matter_id, input.document)
        return await _run(info, overturn_decision, command, input.client_mutation_id)

    @strawberry.mutation(description="撤回处罚决定信息并公开说明理由.")
    async def withdraw_decision(self, info: Info, input: WithdrawDecisionInput) -> PenaltyProcessPayload:
        command = WithdrawDecision(input.matter_id, input.explanation)
        return await _run(info, withdraw_decision, command, input.client_mutation_id)


async def _run(
    info: Info, use_case: Callable[[Uow, Command], Awaitable[str]], command: Command, key: str
) -> PenaltyProcessPayload:
    made, errors = await run(info, use_case, command, key)
    return PenaltyProcessPayload(acts=await _acts(info, made) if made else [], user_errors=errors)


async def _acts(info: Info, matter_id: str) -> list[PenaltyActRecorded]:
    principal = info.context.principal
    async with info.context.read() as conn:
        seen = matter_id in await matters.get_many(conn, [matter_id])
        process = await storage.process(conn, matter_id)
    resource = penalty_resource(principal.bureau_id or "", matter_id, seen=seen)
    if not POLICY.allows(principal, "read", resource):
        return []
    return [PenaltyActRecorded.of(one) for one in process.acts]
