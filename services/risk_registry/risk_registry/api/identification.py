"""The three steps of identification over GraphQL: saved one by one, open to those who see the self-check (S1-047)."""

from datetime import datetime

import strawberry
from plumbline_shared.graphql import Info, UserError, run
from plumbline_shared.policy import absent

from risk_registry.api import loaders
from risk_registry.domain.identification import Line, Saved, Step
from risk_registry.domain.places import absolute
from risk_registry.policies import POLICY, self_check_resource
from risk_registry.storage.identification import steps_of
from risk_registry.use_cases.identify_risk import SaveStep, save_step

strawberry.enum(
    Step, name="IdentificationStep", description="对照职责 DUTIES, 梳理职权 POWERS, 找准风险 RISKS"
)


@strawberry.type(description="One duty, power or risk of a step.")
class IdentificationLine:
    code: str
    title: str
    of: str = strawberry.field(description="The duty that gives the power, the power that bears the risk.")
    process: str
    place: str = strawberry.field(description="The step of the process; of a risk alone.")
    cause: str


@strawberry.type(description="A step as it was saved; the last of its kind counts.")
class SavedStep:
    step: Step
    lines: list[IdentificationLine]
    saved_at: datetime

    @classmethod
    def of(cls, given: Saved) -> "SavedStep":
        lines = [
            IdentificationLine(
                code=each.code, title=each.title, of=each.of, process=each.process, place=each.place, cause=each.cause
            )
            for each in given.lines
        ]  # fmt: skip
        return cls(step=given.step, lines=lines, saved_at=given.saved_at)


@strawberry.input
class IdentificationLineInput:
    code: str
    title: str
    of: str = ""
    process: str = ""
    place: str = ""
    cause: str = ""


@strawberry.input(description="All lines of one step, of one own post.")
class SaveIdentificationStepInput:
    client_mutation_id: str
    cycle_id: strawberry.ID
    post: strawberry.ID
    step: Step
    lines: list[IdentificationLineInput]


@strawberry.type
class SaveIdentificationStepPayload:
    saved: bool
    user_errors: list[UserError]


@strawberry.type
class IdentificationQuery:
    @strawberry.field(
        description="Every saving of a post's three steps, oldest first; your own without a person."
    )
    async def identification_steps(
        self, info: Info, cycle_id: strawberry.ID, post: strawberry.ID, person_id: strawberry.ID | None = None
    ) -> list[SavedStep]:
        bureau = loaders.bureau_of(info.context)
        org = await loaders.org_of(info.context, bureau)
        who = await loaders.reader_on(info.context, info.context.today)
        person, of = person_id or who.person_id or "", absolute(bureau, post)
        if of not in org.posts:
            raise absent("Post")
        unit = org.posts[of].unit_id
        POLICY.require(who, "read", self_check_resource(f"{person}/{of}", bureau, person, unit))
        async with info.context.runtime.db.read(who) as conn:
            return [SavedStep.of(each) for each in await steps_of(conn, bureau, cycle_id, person, of)]


@strawberry.type
class IdentificationMutation:
    @strawberry.mutation(description="Duties, then the powers in them, then the risks in those.")
    async def save_identification_step(
        self, info: Info, input: SaveIdentificationStepInput
    ) -> SaveIdentificationStepPayload:
        lines = [
            Line(each.code, each.title, each.of, each.process, each.place, each.cause) for each in input.lines
        ]
        command = SaveStep(input.cycle_id, input.post, input.step, lines)
        done, errors = await run(info, save_step, command, input.client_mutation_id)
        return SaveIdentificationStepPayload(saved=done is not None, user_errors=errors)
