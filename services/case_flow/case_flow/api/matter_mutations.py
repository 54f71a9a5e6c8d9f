"""What may be done with matters. Each mutation is one use case; refusals are data."""

from typing import Annotated

import strawberry
from plumbline_shared.graphql import Info, UserError, run

from case_flow.api import matter_loaders as loaders
from case_flow.api.beyond import beyond
from case_flow.api.custody import mismatch_error
from case_flow.api.holds import Hold, hold_of
from case_flow.api.matter_inputs import (
    AcceptMatterInput,
    AcknowledgeTransferInput,
    AdvanceMatterInput,
    AssignWorkInput,
    ClaimWorkInput,
    CoSignStepInput,
    DecideExtensionInput,
    DecideMatterInput,
    PauseClockInput,
    RequestExtensionInput,
    ResumeClockInput,
    TransferMatterInput,
)
from case_flow.api.matters import Matter
from case_flow.api.references import Person, person
from case_flow.use_cases.accept_matter import accept_matter
from case_flow.use_cases.acknowledge_transfer import acknowledge_transfer
from case_flow.use_cases.advance_matter import Advanced, advance_matter
from case_flow.use_cases.assign_work import assign_work
from case_flow.use_cases.claim_work import claim_work
from case_flow.use_cases.co_sign_step import co_sign_step
from case_flow.use_cases.decide_extension import decide_extension
from case_flow.use_cases.decide_matter import decide_matter
from case_flow.use_cases.pause_clock import pause_clock
from case_flow.use_cases.request_extension import request_extension
from case_flow.use_cases.resume_clock import resume_clock
from case_flow.use_cases.transfer_matter import transfer_matter

AdvanceResult = Annotated[
    Matter | Hold,
    strawberry.union("AdvanceResult", description="办理结果: the matter, or the hold that stopped it."),
]


@strawberry.type
class AcceptMatterPayload:
    matter: Matter | None
    receipt_no: str | None
    receipt_code: str | None = strawberry.field(description="Told once: the applicant asks with it.")
    user_errors: list[UserError]


@strawberry.type
class AdvanceMatterPayload:
    result: AdvanceResult | None
    warnings: list[str]
    waiting_for: list[Person] = strawberry.field(description="Whose signature the step still needs.")
    user_errors: list[UserError]


@strawberry.type
class MatterPayload:
    matter: Matter | None
    user_errors: list[UserError]


@strawberry.type
class TransferMatterPayload:
    matter: Matter | None
    slip_id: strawberry.ID | None
    user_errors: list[UserError]


@strawberry.type
class RequestExtensionPayload:
    matter: Matter | None
    extension_id: strawberry.ID | None
    user_errors: list[UserError]


@strawberry.type
class MatterMutation:
    @strawberry.mutation(description="受理: accept an application; its clock starts.")
    async def accept_matter(self, info: Info, input: AcceptMatterInput) -> AcceptMatterPayload:
        done, errors = await run(info, accept_matter, input.command(), input.client_mutation_id)
        return AcceptMatterPayload(
            matter=await _matter(info, done.matter_id if done else None),
            receipt_no=done.receipt_no if done else None,
            receipt_code=done.receipt_code if done else None,
            user_errors=errors,
        )

    @strawberry.mutation(description="Complete the open step, or learn what holds it.")
    async def advance_matter(self, info: Info, input: AdvanceMatterInput) -> AdvanceMatterPayload:
        return await _advanced(
            info, *await run(info, advance_matter, input.command(), input.client_mutation_id)
        )

    @strawberry.mutation(description="会签: give the signature that a step waits for, from your own session.")
    async def co_sign_step(self, info: Info, input: CoSignStepInput) -> AdvanceMatterPayload:
        return await _advanced(
            info, *await run(info, co_sign_step, input.command(), input.client_mutation_id)
        )

    @strawberry.mutation(description="审批: approve or refuse at the deciding step.")
    async def decide_matter(self, info: Info, input: DecideMatterInput) -> AdvanceMatterPayload:
        return await _advanced(
            info, *await run(info, decide_matter, input.command(), input.client_mutation_id)
        )

    @strawberry.mutation(description="Take the open step from the unit's queue.")
    async def claim_work(self, info: Info, input: ClaimWorkInput) -> MatterPayload:
        done, errors = await run(info, claim_work, input.command(), input.client_mutation_id)
        return MatterPayload(matter=await _matter(info, done.matter_id if done else None), user_errors=errors)

    @strawberry.mutation(description="Dispatch the open step to people of the unit, or reassign it.")
    async def assign_work(self, info: Info, input: AssignWorkInput) -> MatterPayload:
        done, errors = await run(info, assign_work, input.command(), input.client_mutation_id)
        return MatterPayload(matter=await _matter(info, done.matter_id if done else None), user_errors=errors)

    @strawberry.mutation(
        description="传递: send the paper with a slip; custody stays until it is acknowledged."
    )
    async def transfer_matter(self, info: Info, input: TransferMatterInput) -> TransferMatterPayload:
        done, errors = await run(info, transfer_matter, input.command(), input.client_mutation_id)
        return TransferMatterPayload(
            matter=await _matter(info, done.matter_id if done else None),
            slip_id=strawberry.ID(done.slip_id) if done else None,
            user_errors=errors,
        )

    @strawberry.mutation(
        description="签收: the paper came; custody moves now. Other paper or another file alarms, and it stays."
    )
    async def acknowledge_transfer(self, info: Info, input: AcknowledgeTransferInput) -> MatterPayload:
        done, errors = await run(info, acknowledge_transfer, input.command(), input.client_mutation_id)
        moved = done.matter_id if done and not done.mismatches else None
        told = [mismatch_error(one) for one in done.mismatches] if done else []
        return MatterPayload(matter=await _matter(info, moved), user_errors=[*errors, *told])

    @strawberry.mutation(description="Ask for the one extension, with reasons, before the limit expires.")
    async def request_extension(self, info: Info, input: RequestExtensionInput) -> RequestExtensionPayload:
        done, errors = await run(info, request_extension, input.command(), input.client_mutation_id)
        return RequestExtensionPayload(
            matter=await _matter(info, done.matter_id if done else None),
            extension_id=strawberry.ID(done.extension_id) if done else None,
            user_errors=errors,
        )

    @strawberry.mutation(description="Approve or refuse an extension.")
    async def decide_extension(self, info: Info, input: DecideExtensionInput) -> MatterPayload:
        done, errors = await run(info, decide_extension, input.command(), input.client_mutation_id)
        return MatterPayload(matter=await _matter(info, done.matter_id if done else None), user_errors=errors)

    @strawberry.mutation(
        description="中止: the clock stands still for a hearing, a test or an expert review."
    )
    async def pause_clock(self, info: Info, input: PauseClockInput) -> MatterPayload:
        done, errors = await run(info, pause_clock, input.command(), input.client_mutation_id)
        return MatterPayload(matter=await _matter(info, done.matter_id if done else None), user_errors=errors)

    @strawberry.mutation(description="恢复: the clock runs again, to a later due date.")
    async def resume_clock(self, info: Info, input: ResumeClockInput) -> MatterPayload:
        done, errors = await run(info, resume_clock, input.command(), input.client_mutation_id)
        return MatterPayload(matter=await _matter(info, done.matter_id if done else None), user_errors=errors)


async def _matter(info: Info, matter_id: str | None) -> Matter | None:
    found = await loaders.matter(info.context, matter_id) if matter_id else None
    return Matter.of(found) if found else None


async def _advanced(info: Info, done: Advanced | None, errors: list[UserError]) -> AdvanceMatterPayload:
    if done is None:
        return AdvanceMatterPayload(result=None, warnings=[], waiting_for=[], user_errors=errors)
    result = await hold_of(info, done.hold_id) if done.hold_id else await _matter(info, done.matter_id)
    return AdvanceMatterPayload(
        result=result,
        warnings=list(done.warnings),
        waiting_for=[person(one) for one in done.waiting_for],
        user_errors=[*errors, *beyond(done)],
    )
