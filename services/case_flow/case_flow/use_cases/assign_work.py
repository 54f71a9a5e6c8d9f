"""Give the open step to people of the unit: the chief dispatches (S1-138)."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.domain import eligibility, hands, transitions
from case_flow.domain.assignment import Basis
from case_flow.domain.errors import CoSignerMissing, NotEligible, SignaturePending
from case_flow.storage import matter as matters
from case_flow.storage.trace import trace
from case_flow.use_cases.acting import load, org_of
from case_flow.use_cases.assign_by_rule import note_assignment
from case_flow.use_cases.check_authority import governed
from case_flow.use_cases.check_eligibility import check_eligibility
from case_flow.use_cases.claim_work import WorkTaken


class AssignWork(msgspec.Struct, frozen=True):
    """The open step of a matter, for these people; again with others to reassign it."""

    matter_id: str
    step: str
    people: tuple[str, ...]
    reason: str = ""


async def assign_work(uow: Uow, command: AssignWork) -> WorkTaken:
    """The unit's chief names who does the step.

    In place of a rule it is an exception, with its reason (S2-030).
    Raises NotEligible for a caller who is not that chief or people who cannot do it, CoSignerMissing for too few,
    SeparationOfDuties, Recused, SignaturePending while signatures are being collected.
    """
    matter, definition = await load(uow, command.matter_id, command.step)
    definition = await governed(uow, definition, matter)
    step = transitions.open_step(definition, matter, command.step)
    if not eligibility.may_assign(uow.principal, matter.unit_id):
        raise NotEligible(f"the work of {matter.unit_id} is assigned by its chief")
    if matter.pending is not None:
        raise SignaturePending("signatures are being collected: the people cannot change now")
    if step.assign is not None and not command.reason.strip():
        raise Invalid("a rule gives this step out: say why it is not followed", path=("reason",))
    people = tuple(dict.fromkeys(command.people))
    if len(people) < step.min_actors:
        raise CoSignerMissing(
            f"step {step.code} needs {step.min_actors} different people", needed=step.min_actors
        )
    org = await org_of(uow, matter)
    eligibility.require_candidates(step, matter.unit_id, org, uow.today, people)
    hands.require_free(definition, matter, step, org, people, uow.today)
    await check_eligibility(uow, people, step.point)
    after = transitions.into_hands(matter, people).change(row_version=matter.row_version + 1)
    detail = {"step": step.code, "people": list(people), "reason": command.reason}
    await matters.move(uow.conn, matter, after, trace(uow, "assignWork", matter.id, detail))
    await note_assignment(uow, matter, step.code, Basis.DISPATCHED, people, command.reason)
    return WorkTaken(matter.id, people)
