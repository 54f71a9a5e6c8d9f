"""Hand one's open step over to a colleague who may do it (转办)."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.domain import eligibility, hands, running_work, transitions
from case_flow.domain.assignment import Basis
from case_flow.storage import matter as matters
from case_flow.storage.trace import trace
from case_flow.use_cases.acting import load, org_of, person
from case_flow.use_cases.assign_by_rule import note_assignment
from case_flow.use_cases.check_authority import governed
from case_flow.use_cases.check_eligibility import check_eligibility
from case_flow.use_cases.claim_work import WorkTaken


class HandOverWork(msgspec.Struct, frozen=True):
    """The open step that the caller has, for `to`, and why."""

    matter_id: str
    step: str
    to: str
    reason: str


async def hand_over_work(uow: Uow, command: HandOverWork) -> WorkTaken:
    """The colleague has the step from now on; separation of duties holds for them as at a claim.

    Raises StepOutOfOrder, NotHandler, SignaturePending, Invalid, NotEligible, SeparationOfDuties, Recused.
    """
    matter, definition = await load(uow, command.matter_id, command.step)
    definition = await governed(uow, definition, matter)
    step = transitions.open_step(definition, matter, command.step)
    after = running_work.hand_over(matter, person(uow), command.to)
    if not command.reason.strip():
        raise Invalid("say why the work changes hands", path=("reason",))
    org = await org_of(uow, matter)
    eligibility.require_candidates(step, matter.unit_id, org, uow.today, [command.to])
    hands.require_free(definition, matter, step, org, [command.to], uow.today)
    await check_eligibility(uow, [command.to], step.point)
    detail = {"step": step.code, "to": command.to, "reason": command.reason, "version": after.row_version}
    await matters.move(uow.conn, matter, after, trace(uow, "handOverWork", matter.id, detail))
    await note_assignment(uow, matter, step.code, Basis.HANDED_OVER, after.handlers, command.reason)
    return WorkTaken(matter.id, after.handlers)
