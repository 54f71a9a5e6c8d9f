"""Give the second signature on a step, from one's own session."""

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.domain import eligibility, hands, signing, transitions
from case_flow.domain.authority import level_step, require_in_turn
from case_flow.domain.definition import Step
from case_flow.domain.errors import SlipRefused
from case_flow.domain.matter import Completion, Matter, Pending, joined
from case_flow.storage import signature as signatures
from case_flow.use_cases.acting import load, person
from case_flow.use_cases.advance_matter import Advanced
from case_flow.use_cases.check_authority import governed
from case_flow.use_cases.finish_step import finish_step
from case_flow.use_cases.free_hands import note_hands, own_hands
from case_flow.use_cases.signatures import store


class CoSignStep(msgspec.Struct, frozen=True):
    """Sign the step of the matter that waits for this caller's signature."""

    matter_id: str
    step: str


async def co_sign_step(uow: Uow, command: CoSignStep) -> Advanced:
    """Add the caller's signature; the last one that is needed completes the step, signed by those who did.

    Raises NothingToSign, NotEligible for somebody who serves no longer, CoSignerIsSigner for one who signed by
    delegation, RecheckOutOfOrder before the level below signed, and SeparationOfDuties or Recused when one of the
    signers did an incompatible step since or keeps off.
    """
    matter, definition = await load(uow, command.matter_id, command.step)
    transitions.require_open(matter)
    signer = person(uow)
    pending = transitions.sign(matter, command.step, signer)
    eligibility.require_serving(uow.principal)
    step = (await governed(uow, definition, matter, pending.payload)).by_code[command.step]
    if signer not in {one.person for one in pending.rechecks}:
        eligibility.require_qualified(step, uow.principal)
    behind = await own_hands(uow, definition, *_as_asked(uow, matter, step, pending))
    hands.require_distinct(step, (signer, *behind), (*pending.signed[:-1], *pending.hands))
    pending = msgspec.structs.replace(pending, hands=joined(pending.hands, *behind))
    hands.require_free(definition, matter, step, None, (*pending.signed, *pending.hands), uow.today)
    if matter.slip_id is not None:
        raise SlipRefused("the paper is on its way: acknowledge its slip first", slip=matter.slip_id)
    if waiting := signing.waiting(pending):
        after = matter.change(pending=pending, row_version=matter.row_version + 1)
        await store(uow, matter, after, command.step)
        await note_hands(uow, after, command.step, behind)
        return Advanced(matter.id, waiting_for=waiting)
    done = Completion(
        step=pending.step,
        signers=pending.signed,
        at=uow.now,
        local_on=uow.today,
        payload=pending.payload,
        to=pending.to,
        hands=pending.hands,
    )
    after = await finish_step(uow, definition, matter, done)
    await signatures.add(uow.conn, after, command.step, signer, uow.now)
    await note_hands(uow, after, command.step, behind)
    return Advanced(matter.id)


def _as_asked(uow: Uow, matter: Matter, step: Step, pending: Pending) -> tuple[Matter, Step]:
    """Matter and step as this signature looks at them. Whoever looks again does so in turn, with the role of the level."""
    again = require_in_turn(pending, person(uow))
    if again is None:
        return matter, step
    level = level_step(step, again)
    eligibility.require_eligible(level, again.unit_id, uow.principal)
    return matter.change(unit_id=again.unit_id), level
