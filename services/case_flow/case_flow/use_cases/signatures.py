"""Joint signing (会签): the first signature starts it, each other one comes from its own session (SoD-2)."""

from collections.abc import Sequence

from plumbline_shared.use_case import Uow

from case_flow.domain import eligibility, separation, signing, transitions
from case_flow.domain.definition import ItemDefinition, Step
from case_flow.domain.errors import NotHandler
from case_flow.domain.matter import Completion, Matter
from case_flow.storage import matter as matters
from case_flow.storage import signature as signatures
from case_flow.storage.trace import trace
from case_flow.use_cases.acting import org_of


async def require_co_signers(
    uow: Uow, definition: ItemDefinition, matter: Matter, step: Step, people: Sequence[str]
) -> None:
    """The people named to sign too must be able to do the step, and be separate from the others' steps."""
    separation.require_separate(definition, matter, step.code, people)
    strangers = [one for one in people if one not in matter.handlers]
    if strangers and len(matter.handlers) >= step.min_actors:
        raise NotHandler(f"the step is assigned to {', '.join(matter.handlers)}: they sign it")
    org = await org_of(uow, matter)
    eligibility.require_candidates(step, matter.unit_id, org, uow.today, strangers)


async def sign_first(uow: Uow, matter: Matter, step: Step, done: Completion) -> Matter:
    """Record the first signature; the step waits for the rest."""
    enough = signing.needed(matter, step, done.signers)
    after = transitions.ask_signatures(matter, done, done.signers, enough)
    await store(uow, matter, after, done.step)
    return after


async def store(uow: Uow, before: Matter, after: Matter, step: str) -> None:
    """One signature and the matter that waits for the next, with their audit row."""
    note = trace(uow, "signStep", before.id, {"step": step, "version": after.row_version})
    await matters.move(uow.conn, before, after, note)
    await signatures.add(uow.conn, after, step, uow.principal.actor, uow.now)
