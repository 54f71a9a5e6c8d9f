"""Open work that goes back or changes hands."""

import strawberry
from plumbline_shared.graphql import Info, UserError, run

from case_flow.api.matter_loaders import matter as load_matter
from case_flow.api.matter_mutations import MatterPayload
from case_flow.api.matters import Matter
from case_flow.use_cases.claim_work import WorkTaken
from case_flow.use_cases.hand_over_work import HandOverWork, hand_over_work
from case_flow.use_cases.return_matter import ReturnMatter, return_matter


@strawberry.input
class ReturnMatterInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    step: str = strawberry.field(description="The open step.")
    to: str = strawberry.field(description="The earlier step, to be done again.")
    reason: str


@strawberry.input
class HandOverWorkInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    step: str = strawberry.field(description="The open step, which you have.")
    to: strawberry.ID = strawberry.field(description="The colleague.")
    reason: str


@strawberry.type
class RunningWorkMutation:
    @strawberry.mutation(description="退回: back to an earlier step, with the reason; the limit runs on.")
    async def return_matter(self, info: Info, input: ReturnMatterInput) -> MatterPayload:
        command = ReturnMatter(input.matter_id, input.step, input.to, input.reason)
        return await _payload(info, *await run(info, return_matter, command, input.client_mutation_id))

    @strawberry.mutation(description="转办: hand your open step over to a colleague who may do it.")
    async def hand_over_work(self, info: Info, input: HandOverWorkInput) -> MatterPayload:
        command = HandOverWork(input.matter_id, input.step, input.to, input.reason)
        return await _payload(info, *await run(info, hand_over_work, command, input.client_mutation_id))


async def _payload(info: Info, done: WorkTaken | None, errors: list[UserError]) -> MatterPayload:
    found = await load_matter(info.context, done.matter_id) if done else None
    return MatterPayload(matter=Matter.of(found) if found else None, user_errors=errors)
