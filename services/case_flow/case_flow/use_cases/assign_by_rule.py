"""Give an open step to people by the rule of its definition, and keep why (S1-087)."""

from collections.abc import Sequence

from plumbline_org.model import Org
from plumbline_shared.use_case import Uow

from case_flow.domain import assignment, eligibility
from case_flow.domain.assignment import Basis, Considered
from case_flow.domain.definition import Assign, ItemDefinition, Step
from case_flow.domain.errors import NotEligible
from case_flow.domain.hands import barrier
from case_flow.domain.matter import Matter
from case_flow.domain.separation import signers_needed
from case_flow.storage import assignment as assignments
from case_flow.storage.assignment import WorkAssignment
from case_flow.use_cases.check_eligibility import check_eligibility


async def assign_by_rule(
    uow: Uow, definition: ItemDefinition, matter: Matter, step: Step, rule: Assign, org: Org
) -> tuple[str, ...]:
    """As many people as the step needs, in nobody's choice; nobody when too few are free: it waits in the queue."""
    considered = await _considered(uow, definition, matter, step, rule, org)
    chosen = assignment.choose(rule, considered, signers_needed(matter, step))
    await assignments.take_turn(uow.conn, matter.bureau_id, matter.item_code, step.code, chosen)
    why = WorkAssignment(
        matter_id=matter.id,
        bureau_id=matter.bureau_id,
        step=step.code,
        basis=Basis(rule.rule),
        chosen=chosen,
        at=uow.now,
        citation=str(rule.citation),
        considered=considered,
    )
    await assignments.add(uow.conn, why)
    return chosen


async def note_assignment(
    uow: Uow, matter: Matter, step: str, basis: Basis, chosen: Sequence[str], reason: str = ""
) -> None:
    """Keep that somebody, not a rule, put the step into these hands."""
    why = WorkAssignment(
        matter_id=matter.id,
        bureau_id=matter.bureau_id,
        step=step,
        basis=basis,
        chosen=tuple(chosen),
        at=uow.now,
        by_person=uow.principal.person_id,
        reason=reason,
    )
    await assignments.add(uow.conn, why)


async def _considered(
    uow: Uow, definition: ItemDefinition, matter: Matter, step: Step, rule: Assign, org: Org
) -> tuple[Considered, ...]:
    people = eligibility.candidates(step, matter.unit_id, org, uow.today)
    loads = await assignments.loads(uow.conn, people)
    turns = await assignments.turns(uow.conn, matter.bureau_id, matter.item_code, step.code, people)
    post = rule.areas.get(str(matter.facts.get("area", "")))
    answering = org.holders(f"{matter.bureau_id}.{post}", uow.today) if post else ()
    return tuple([
        Considered(
            person=one,
            load=loads.get(one, 0),
            turn=turns.get(one, 0),
            answers=one in answering,
            excluded=barrier(definition, matter, step, org, one, uow.today) or await _barred(uow, one, step),
        )
        for one in people
    ])  # fmt: skip


async def _barred(uow: Uow, person: str, step: Step) -> str | None:
    try:
        await check_eligibility(uow, [person], step.point)
    except NotEligible:
        return assignment.HIGH_WORK_BARRED
    return None
