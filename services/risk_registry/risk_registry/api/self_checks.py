"""Cycles of identification over GraphQL: self-checks, completion, advice."""

from datetime import date
from typing import Any

import strawberry
from plumbline_shared.graphql import Info, UserError, run

from risk_registry.api import loaders
from risk_registry.api.enums import PointScope, RiskCategory
from risk_registry.api.references import Person, Post, person, post
from risk_registry.domain.self_checks import Advice, completion
from risk_registry.policies import POLICY, finding_resource, self_check_resource
from risk_registry.storage.self_checks import advice_of, checks_of, cycles
from risk_registry.use_cases import self_check as use


@strawberry.type(description="Who has checked which post, of those that you may see (S1-049: 100 %).")
class SelfCheckEntry:
    person: Person
    post: Post
    submitted: bool
    point_ids: list[strawberry.ID]


@strawberry.type(
    description="防控建议: what a group concludes; accepted advice becomes a control or a task (S1-072)."
)
class PreventionAdvice:
    id: strawberry.ID
    advice: str
    point_ids: list[strawberry.ID]
    advised_by: Person
    outcome: str = strawberry.field(description="CONTROL, TASK, DECLINED; empty until it is decided.")
    reference: str
    reason: str

    @classmethod
    def of(cls, given: Advice) -> "PreventionAdvice":
        return cls(
            id=strawberry.ID(given.id),
            advice=given.advice,
            point_ids=[strawberry.ID(each) for each in given.points],
            advised_by=person(given.advised_by),
            outcome=given.outcome,
            reference=given.reference,
            reason=given.reason,
        )


@strawberry.type(description="A round of identify, assess, control, monitor (S2-046).")
class IdentificationCycle:
    id: strawberry.ID
    title: str
    opens_on: date
    due_on: date
    stage: str

    @strawberry.field(description="The completion list: every post and holder you oversee, and your own.")
    async def completion(self, info: Info) -> list[SelfCheckEntry]:
        return await completion_list(info, self.id, min(self.due_on, info.context.today))

    @strawberry.field
    async def advice(self, info: Info) -> list[PreventionAdvice]:
        bureau = loaders.bureau_of(info.context)
        who = await loaders.reader_on(info.context, info.context.today)
        async with info.context.runtime.db.read(who) as conn:
            found = await advice_of(conn, bureau, cycle_id=self.id)
        allowed = POLICY.decide(who, "read", [finding_resource(each.id, bureau) for each in found])
        return [PreventionAdvice.of(each) for each, yes in zip(found, allowed, strict=True) if yes]


async def completion_list(info: Info, cycle_id: str, on: date) -> list[SelfCheckEntry]:
    """Every holder of a post on the day with or without a self-check, as far as the reader may see."""
    bureau = loaders.bureau_of(info.context)
    org = await loaders.org_of(info.context, bureau)
    who = await loaders.reader_on(info.context, info.context.today)
    async with info.context.runtime.db.read(who) as conn:
        done = await checks_of(conn, bureau, cycle_id)
    entries = completion(org, on, done)
    resources = [
        self_check_resource(f"{each.person}/{each.post}", bureau, each.person, each.unit) for each in entries
    ]
    allowed = POLICY.decide(who, "read", resources)
    return [
        SelfCheckEntry(
            person=person(each.person),
            post=post(each.post),
            submitted=each.submitted,
            point_ids=[strawberry.ID(point) for point in each.points],
        )
        for each, yes in zip(entries, allowed, strict=True)
        if yes
    ]


@strawberry.input
class OpenCycleInput:
    client_mutation_id: str
    title: str
    due_on: date


@strawberry.input(description="IDENTIFY → ASSESS → CONTROL → MONITOR → ENDED")
class MoveCycleInput:
    client_mutation_id: str
    cycle_id: strawberry.ID
    stage: str


@strawberry.input(description="A risk you see on your own post.")
class SelfCheckItemInput:
    title: str
    process: str
    step: str
    cause: str
    scope: PointScope = PointScope.COMMON
    category: RiskCategory = RiskCategory.TAX_OPERATIONS


@strawberry.input
class SubmitSelfCheckInput:
    client_mutation_id: str
    cycle_id: strawberry.ID
    post: strawberry.ID
    items: list[SelfCheckItemInput]
    nothing_found: bool = False


@strawberry.input
class GiveAdviceInput:
    client_mutation_id: str
    cycle_id: strawberry.ID
    point_ids: list[strawberry.ID]
    advice: str


@strawberry.input
class DecideAdviceInput:
    client_mutation_id: str
    advice_id: strawberry.ID
    outcome: str
    reference: str = ""
    reason: str = ""


@strawberry.type
class CyclePayload:
    id: strawberry.ID | None
    point_ids: list[strawberry.ID]
    user_errors: list[UserError]


@strawberry.type
class SelfCheckQuery:
    @strawberry.field(description="The cycles of the bureau, oldest first.")
    async def identification_cycles(self, info: Info) -> list[IdentificationCycle]:
        bureau = loaders.bureau_of(info.context)
        async with info.context.read() as conn:
            found = await cycles(conn, bureau)
        return [
            IdentificationCycle(
                id=strawberry.ID(each.id), title=each.title, opens_on=each.opens_on, due_on=each.due_on,
                stage=each.stage,
            )
            for each in found
        ]  # fmt: skip


@strawberry.type
class SelfCheckMutation:
    @strawberry.mutation(description="Begin a round of identification.")
    async def open_identification_cycle(self, info: Info, input: OpenCycleInput) -> CyclePayload:
        return await _done(
            info, use.open_cycle, use.OpenCycle(input.title, input.due_on), input.client_mutation_id
        )

    @strawberry.mutation(description="On to the next stage.")
    async def move_identification_cycle(self, info: Info, input: MoveCycleInput) -> CyclePayload:
        return await _done(
            info, use.move_cycle, use.MoveCycle(input.cycle_id, input.stage), input.client_mutation_id
        )

    @strawberry.mutation(description="Every officer, every own post, each cycle; what is found is proposed.")
    async def submit_self_check(self, info: Info, input: SubmitSelfCheckInput) -> CyclePayload:
        items = [
            use.CheckItem(each.title, each.process, each.step, each.cause, each.scope, each.category)
            for each in input.items
        ]
        command = use.SubmitSelfCheck(input.cycle_id, input.post, items, input.nothing_found)
        return await _done(info, use.submit_self_check, command, input.client_mutation_id)

    @strawberry.mutation(description="What a group concludes from the self-checks.")
    async def give_prevention_advice(self, info: Info, input: GiveAdviceInput) -> CyclePayload:
        command = use.GiveAdvice(input.cycle_id, list(input.point_ids), input.advice)
        return await _done(info, use.give_advice, command, input.client_mutation_id)

    @strawberry.mutation(description="CONTROL, TASK or DECLINED.")
    async def decide_prevention_advice(self, info: Info, input: DecideAdviceInput) -> CyclePayload:
        command = use.DecideAdvice(input.advice_id, input.outcome, input.reference, input.reason)
        return await _done(info, use.decide, command, input.client_mutation_id)


async def _done(info: Info, use_case: Any, command: Any, key: str) -> CyclePayload:
    done, errors = await run(info, use_case, command, key)
    return CyclePayload(
        id=strawberry.ID(done.id) if done else None,
        point_ids=[strawberry.ID(each) for each in done.points] if done else [],
        user_errors=errors,
    )
