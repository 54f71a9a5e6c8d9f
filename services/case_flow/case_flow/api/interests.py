"""Interests declared, recusals asked for and decided. Reasons are shown to those with clearance alone."""

from datetime import datetime

import strawberry
from plumbline_shared.graphql import Info, UserError, page_size, run

from case_flow.api.by_receipt import run_by_receipt
from case_flow.api.references import Person, person
from case_flow.domain import recusal as domain
from case_flow.domain.recusal import Relation
from case_flow.interest_access import POLICY, interest_resource, request_resource
from case_flow.storage import interest as interests
from case_flow.use_cases.declare_interest import (
    DeclareInterest,
    EndInterest,
    InterestKept,
    declare_interest,
    end_interest,
)
from case_flow.use_cases.request_recusal import (
    DecideRecusal,
    RecusalAsked,
    RequestRecusal,
    decide_recusal,
    request_recusal,
)

strawberry.enum(Relation, name="InterestRelation", description="利害关系 (税收征收管理法实施细则 Art 8).")


@strawberry.type(description="利害关系: an officer keeps off a party's matters, or one matter.")
class Interest:
    id: strawberry.ID
    person: Person
    party: str | None
    matter_id: strawberry.ID | None
    relation: Relation
    reason: str
    declared_by: Person
    declared_at: datetime
    ended_at: datetime | None
    end_reason: str

    @classmethod
    def of(cls, one: domain.Interest) -> "Interest":
        return cls(
            id=strawberry.ID(one.id),
            person=person(one.person_id),
            party=one.party,
            matter_id=strawberry.ID(one.matter_id) if one.matter_id else None,
            relation=one.relation,
            reason=one.reason,
            declared_by=person(one.declared_by),
            declared_at=one.declared_at,
            ended_at=one.ended_at,
            end_reason=one.end_reason,
        )


@strawberry.type(description="回避申请: what a party asks, and what was decided.")
class RecusalRequest:
    id: strawberry.ID
    matter_id: strawberry.ID
    officer: str = strawberry.field(description="As the party knows them.")
    grounds: str
    asked_at: datetime
    upheld: bool | None = strawberry.field(description="Null until it is decided.")
    people: list[Person]
    reason: str

    @classmethod
    def of(cls, one: domain.RecusalRequest) -> "RecusalRequest":
        return cls(
            id=strawberry.ID(one.id),
            matter_id=strawberry.ID(one.matter_id),
            officer=one.officer,
            grounds=one.grounds,
            asked_at=one.asked_at,
            upheld=one.upheld,
            people=[person(who) for who in one.people],
            reason=one.reason,
        )


@strawberry.input
class DeclareInterestInput:
    client_mutation_id: str
    relation: Relation
    reason: str = strawberry.field(description="For you, the head and the discipline lead alone.")
    party: str = strawberry.field(default="", description="Registration number or name.")
    matter_id: strawberry.ID = strawberry.field(
        default=strawberry.ID(""), description="In place of a party: one matter."
    )


@strawberry.input
class EndInterestInput:
    client_mutation_id: str
    interest_id: strawberry.ID
    reason: str


@strawberry.input
class RequestRecusalInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    officer: str = strawberry.field(description="As the party knows them.")
    grounds: str


@strawberry.input
class RequestRecusalByReceiptInput:
    client_mutation_id: str
    receipt_no: str
    code: str
    officer: str
    grounds: str


@strawberry.input
class DecideRecusalInput:
    client_mutation_id: str
    request_id: strawberry.ID
    upheld: bool
    people: list[strawberry.ID] = strawberry.field(description="Who keeps off; nobody to reject it.")
    reason: str


@strawberry.type
class InterestPayload:
    interest_id: strawberry.ID | None
    user_errors: list[UserError]


@strawberry.type
class RecusalPayload:
    request_id: strawberry.ID | None
    user_errors: list[UserError]


@strawberry.type
class InterestQuery:
    @strawberry.field(description="The latest interests that you may read: your own, or all with clearance.")
    async def interests(self, info: Info, first: int = 50) -> list[Interest]:
        async with info.context.read() as conn:
            found = list(await interests.latest(conn, page_size(first)))
        allowed = POLICY.decide(info.context.principal, "read", [interest_resource(one) for one in found])
        return [Interest.of(one) for one, yes in zip(found, allowed, strict=True) if yes]

    @strawberry.field(description="The latest requests for recusal that you may read.")
    async def recusal_requests(self, info: Info, first: int = 50) -> list[RecusalRequest]:
        async with info.context.read() as conn:
            found = list(await interests.requests(conn, page_size(first)))
        allowed = POLICY.decide(info.context.principal, "read", [request_resource(one) for one in found])
        return [RecusalRequest.of(one) for one, yes in zip(found, allowed, strict=True) if yes]


@strawberry.type
class InterestMutation:
    @strawberry.mutation(description="申报利害关系: you keep off; what you have in hand goes to others.")
    async def declare_interest(self, info: Info, input: DeclareInterestInput) -> InterestPayload:
        command = DeclareInterest(input.relation, input.reason, input.party, input.matter_id)
        return _interest(*await run(info, declare_interest, command, input.client_mutation_id))

    @strawberry.mutation(description="An interest is over: for the head or the discipline lead.")
    async def end_interest(self, info: Info, input: EndInterestInput) -> InterestPayload:
        command = EndInterest(input.interest_id, input.reason)
        return _interest(*await run(info, end_interest, command, input.client_mutation_id))

    @strawberry.mutation(description="申请回避: write down what a party asks, with a part in the matter.")
    async def request_recusal(self, info: Info, input: RequestRecusalInput) -> RecusalPayload:
        command = RequestRecusal(input.matter_id, input.officer, input.grounds)
        return _recusal(*await run(info, request_recusal, command, input.client_mutation_id))

    @strawberry.mutation(description="For the applicant: ask that an officer keeps off.")
    async def request_recusal_by_receipt(
        self, info: Info, input: RequestRecusalByReceiptInput
    ) -> RecusalPayload:
        done = await run_by_receipt(
            info,
            request_recusal,
            lambda matter_id: RequestRecusal(matter_id, input.officer, input.grounds),
            (input.receipt_no, input.code),
            input.client_mutation_id,
        )
        return _recusal(*done)

    @strawberry.mutation(description="决定回避: the head decides; about the head, the discipline lead.")
    async def decide_recusal(self, info: Info, input: DecideRecusalInput) -> RecusalPayload:
        command = DecideRecusal(input.request_id, input.upheld, tuple(input.people), input.reason)
        return _recusal(*await run(info, decide_recusal, command, input.client_mutation_id))


def _interest(done: InterestKept | None, errors: list[UserError]) -> InterestPayload:
    return InterestPayload(interest_id=strawberry.ID(done.interest_id) if done else None, user_errors=errors)


def _recusal(done: RecusalAsked | None, errors: list[UserError]) -> RecusalPayload:
    return RecusalPayload(request_id=strawberry.ID(done.request_id) if done else None, user_errors=errors)
