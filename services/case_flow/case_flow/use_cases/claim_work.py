"""Take work from the unit's queue."""

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.domain import eligibility, transitions
from case_flow.domain.assignment import Basis
from case_flow.storage import matter as matters
from case_flow.storage.trace import trace
from case_flow.use_cases.acting import load, person
from case_flow.use_cases.assign_by_rule import note_assignment
from case_flow.use_cases.check_authority import governed
from case_flow.use_cases.check_eligibility import check_eligibility
from case_flow.use_cases.free_hands import own_hands


class ClaimWork(msgspec.Struct, frozen=True):
    """The open step of a matter, for the caller."""

    matter_id: str
    step: str


class WorkTaken(msgspec.Struct, frozen=True):
    """The matter and who has its open step now."""

    matter_id: str
    handlers: tuple[str, ...]


async def claim_work(uow: Uow, command: ClaimWork) -> WorkTaken:
    """The caller takes the open step; separation of duties is asked here and again at completion.

    Raises StepOutOfOrder, NotEligible, SeparationOfDuties, Recused, AlreadyClaimed.
    """
    matter, definition = await load(uow, command.matter_id, command.step)
    definition = await governed(uow, definition, matter)
    step = transitions.open_step(definition, matter, command.step)
    eligibility.require_eligible(step, matter.unit_id, uow.principal)
    await own_hands(uow, definition, matter, step)
    await check_eligibility(uow, [person(uow)], step.point)
    after = transitions.claim(matter, step, person(uow))
    if after is not matter:
        note = trace(uow, "claimWork", matter.id, {"step": step.code, "version": after.row_version})
        await matters.move(uow.conn, matter, after, note)
        await note_assignment(uow, matter, step.code, Basis.CLAIMED, after.handlers)
    return WorkTaken(matter.id, after.handlers)
