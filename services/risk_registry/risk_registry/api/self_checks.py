"""The cycle of internal control over GraphQL: its stages, self-checks, completion, advice."""

from datetime import date, datetime
from typing import Any

import strawberry
from plumbline_shared.graphql import Info, UserError, run

from risk_registry.api import loaders
from risk_registry.api.enums import PointScope, RiskCategory
from risk_registry.api.identification import IdentificationMutation, IdentificationQuery
from risk_registry.api.references import Person, Post, person, post
from risk_registry.domain.catalogue import EntryKind
from risk_registry.domain.control_tests import ControlAspect
from risk_registry.domain.self_checks import Advice, Cycle, Reached, Stage, completion, progress
from risk_registry.policies import POLICY, finding_resource, self_check_resource
from risk_registry.storage.catalogue import bodies_on
from risk_registry.storage.control_tests import control_tests
from risk_registry.storage.points import load_points
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


strawberry.enum(Stage, name="CycleStage", description="识别 评估 控制 监督 (S2-002), then ENDED")


@strawberry.type(description="A stage that a cycle has reached.")
class StageReached:
    stage: Stage
    began_at: datetime
    ended_at: datetime | None = strawberry.field(description="Null while it lasts.")
    began_by: Person

    @classmethod
    def of(cls, cycle: Cycle, each: Reached) -> "StageReached":
        ended = cycle.ended(each.stage)
        return cls(stage=each.stage, began_at=each.began_at, ended_at=ended, began_by=person(each.by))


@strawberry.type(description="Points found in a cycle: how many came how far; each number holds the next.")
class CycleProgress:
    identified: int
    assessed: int = strawberry.field(description="Graded by a collective review.")
    controlled: int = strawberry.field(description="Under a control.")
    monitored: int = strawberry.field(description="Under a control whose operation was tested in the cycle.")


@strawberry.type(description="A round of identify, assess, control, monitor (S2-002, S2-046).")
class IdentificationCycle:
    cycle: strawberry.Private[Cycle]
    id: strawberry.ID
    title: str
    opens_on: date
    due_on: date
    stage: Stage
    stages: list[StageReached] = strawberry.field(description="Those it has reached, oldest first.")
    started_at: datetime
    ended_at: datetime | None = strawberry.field(description="Null while it runs.")
    follows: strawberry.ID | None = strawberry.field(
        description="The cycle before it: it comes round and round."
    )

    @classmethod
    def of(cls, given: Cycle) -> "IdentificationCycle":
        return cls(
            cycle=given, id=strawberry.ID(given.id), title=given.title, opens_on=given.opens_on,
            due_on=given.due_on, stage=given.stage, started_at=given.reached[0].began_at,
            ended_at=given.ended_at, stages=[StageReached.of(given, each) for each in given.reached],
            follows=strawberry.ID(given.follows) if given.follows else None,
        )  # fmt: skip

    @strawberry.field(description="Null unless you oversee the bureau.")
    async def progress(self, info: Info) -> CycleProgress | None:
        return await progress_of(info, self.cycle)

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


async def progress_of(info: Info, cycle: Cycle) -> CycleProgress | None:
    """What the points of a cycle have come to by today."""
    bureau, on = loaders.bureau_of(info.context), info.context.today
    who = await loaders.reader_on(info.context, on)
    if not POLICY.allows(who, "read", finding_resource(cycle.id, bureau)):
        return None
    async with info.context.runtime.db.read(who) as conn:
        ids = [point for check in await checks_of(conn, bureau, cycle.id) for point in check.points]
        points = await load_points(conn, bureau, on, ids)
        controls = dict(await bodies_on(conn, bureau, on, EntryKind.CONTROL))
        tests = await control_tests(conn, bureau)
    began = cycle.reached[0].began_at
    tested = {
        each.control for each in tests if each.aspect is ControlAspect.OPERATING and each.tested_at >= began
    }
    found = progress(points.values(), controls, tested)
    return CycleProgress(
        identified=found.identified, assessed=found.assessed, controlled=found.controlled, monitored=found.monitored
    )  # fmt: skip


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
    stage: Stage


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
    from_steps: bool = strawberry.field(
        default=False, description="Take the risks of the three saved steps; `items` stay empty."
    )


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
class SelfCheckQuery(IdentificationQuery):
    @strawberry.field(description="The cycles of the bureau, oldest first.")
    async def identification_cycles(self, info: Info) -> list[IdentificationCycle]:
        bureau = loaders.bureau_of(info.context)
        async with info.context.read() as conn:
            found = await cycles(conn, bureau)
        return [IdentificationCycle.of(each) for each in found]


@strawberry.type
class SelfCheckMutation(IdentificationMutation):
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
        command = use.SubmitSelfCheck(
            input.cycle_id, input.post, items, input.nothing_found, from_steps=input.from_steps
        )
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
