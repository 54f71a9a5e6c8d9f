"""Give the second signature on a step, from one's own session."""

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.domain import eligibility, separation, signing, transitions
from case_flow.domain.errors import SlipRefused
from case_flow.domain.matter import Completion
from case_flow.storage import signature as signatures
from case_flow.use_cases.acting import load, person
from case_flow.use_cases.advance_matter import Advanced
from case_flow.use_cases.finish_step import finish_step
from case_flow.use_cases.signatures import store


class CoSignStep(msgspec.Struct, frozen=True):
    """Sign the step of the matter that waits for this caller's signature."""

    matter_id: str
    step: str


async def co_sign_step(uow: Uow, command: CoSignStep) -> Advanced:
    """Add the caller's signature; the last one that is needed completes the step, signed by those who did.

    Raises NothingToSign, NotEligible for somebody who serves no longer, and SeparationOfDuties when one of the
    signers did an incompatible step since.
    """
    matter, definition = await load(uow, command.matter_id)
    transitions.require_open(matter)
    signer = person(uow)
    pending = transitions.sign(matter, command.step, signer)
    eligibility.require_serving(uow.principal)
    separation.require_separate(definition, matter, command.step, pending.signed)
    if matter.slip_id is not None:
        raise SlipRefused("the paper is on its way: acknowledge its slip first", slip=matter.slip_id)
    if waiting := signing.waiting(pending):
        await store(
            uow, matter, matter.change(pending=pending, row_version=matter.row_version + 1), command.step
        )
        return Advanced(matter.id, waiting_for=waiting)
    done = Completion(
        step=pending.step,
        signers=pending.signed,
        at=uow.now,
        local_on=uow.today,
        payload=pending.payload,
        to=pending.to,
    )
    after = await finish_step(uow, definition, matter, done)
    await signatures.add(uow.conn, after, command.step, signer, uow.now)
    return Advanced(matter.id)
