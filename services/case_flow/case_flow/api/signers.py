"""Signers added and taken off while a step collects signatures."""

import strawberry
from plumbline_shared.graphql import Info, UserError, run

from case_flow.api.matter_loaders import matter as load_matter
from case_flow.api.matter_mutations import MatterPayload
from case_flow.api.matters import Matter
from case_flow.use_cases.change_signers import (
    AddSigner,
    RemoveSigner,
    SignersChanged,
    add_signer,
    remove_signer,
)


@strawberry.input
class AddSignerInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    step: str = strawberry.field(description="The open step, which collects signatures.")
    person: strawberry.ID
    reason: str


@strawberry.input
class RemoveSignerInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    step: str = strawberry.field(description="The open step, which collects signatures.")
    person: strawberry.ID = strawberry.field(description="Somebody who has not signed.")
    reason: str


@strawberry.type
class SignersMutation:
    @strawberry.mutation(description="加签: ask one more person to sign, from their own session.")
    async def add_signer(self, info: Info, input: AddSignerInput) -> MatterPayload:
        command = AddSigner(input.matter_id, input.step, input.person, input.reason)
        return await _payload(info, *await run(info, add_signer, command, input.client_mutation_id))

    @strawberry.mutation(
        description="减签: ask somebody no longer; never below the number that the step needs."
    )
    async def remove_signer(self, info: Info, input: RemoveSignerInput) -> MatterPayload:
        command = RemoveSigner(input.matter_id, input.step, input.person, input.reason)
        return await _payload(info, *await run(info, remove_signer, command, input.client_mutation_id))


async def _payload(info: Info, done: SignersChanged | None, errors: list[UserError]) -> MatterPayload:
    found = await load_matter(info.context, done.matter_id) if done else None
    return MatterPayload(matter=Matter.of(found) if found else None, user_errors=errors)
