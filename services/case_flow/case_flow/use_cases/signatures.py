"""Joint signing (会签): the first signature starts it, each other one comes from its own session (SoD-2)."""

from collections.abc import Sequence

from plumbline_shared.use_case import Uow

from case_flow.domain import eligibility, hands, signing, transitions
from case_flow.domain.authority import level_step
from case_flow.domain.definition import ItemDefinition, Step
from case_flow.domain.errors import NotHandler
from case_flow.domain.matter import Completion, Matter, Recheck
from case_flow.storage import matter as matters
from case_flow.storage import signature as signatures
from case_flow.storage.trace import trace
from case_flow.use_cases.acting import org_of, person
from case_flow.use_cases.free_hands import note_hands


async def require_co_signers(
    uow: Uow,
    definition: ItemDefinition,
    matter: Matter,
    step: Step,
    people: Sequence[str],
    again: Sequence[Recheck] = (),
) -> None:
    """The people named to sign too must be here, able to do the step, separate, and other hands than each other's.

    Those who look `again` need not be able to do the step, but have the role of their level (S2-027).

    Raises NotHandler, CoSignerAbsent, NotEligible, SeparationOfDuties, Recused, CoSignerIsSigner.
    """
    org, on, signer = await org_of(uow, matter), uow.today, person(uow)
    able = eligibility.candidates(step, matter.unit_id, org, on)
    if any(one not in matter.handlers for one in people):
        here = [one for one in matter.handlers if one in able]
        if len(here) >= step.min_actors:
            raise NotHandler(f"the step is assigned to {', '.join(matter.handlers)}: they sign it")
    hands.require_present(definition, matter, step, org, on, people, signer)
    hands.require_free(definition, matter, step, org, people, on)
    acting = [(one, *hands.grantors(org, one, step, matter.unit_id, on)) for one in (signer, *people)]
    for one in again:
        there, level = matter.change(unit_id=one.unit_id), level_step(step, one)
        hands.require_present(definition, there, level, org, on, [one.person], signer)
        hands.require_free(definition, there, level, org, [one.person], on)
        acting.append((one.person, *hands.grantors(org, one.person, level, one.unit_id, on)))
    hands.require_distinct(step, *acting)


async def sign_first(uow: Uow, matter: Matter, step: Step, done: Completion) -> Matter:
    """Record the first signature; the step waits for the rest."""
    enough = signing.needed(matter, step, done.signers)
    after = transitions.ask_signatures(matter, done, done.signers, enough)
    await store(uow, matter, after, done.step)
    await note_hands(uow, after, done.step, done.hands)
    return after


async def store(uow: Uow, before: Matter, after: Matter, step: str) -> None:
    """One signature and the matter that waits for the next, with their audit row."""
    note = trace(uow, "signStep", before.id, {"step": step, "version": after.row_version})
    await matters.move(uow.conn, before, after, note)
    await signatures.add(uow.conn, after, step, uow.principal.actor, uow.now)
