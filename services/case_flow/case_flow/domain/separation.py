"""Segregation of duties, by person and across all steps of one matter (SoD-1, SoD-2)."""

from collections.abc import Iterable

from case_flow.domain.definition import ItemDefinition, Step
from case_flow.domain.errors import CoSignerIsSigner, CoSignerMissing, SeparationOfDuties
from case_flow.domain.matter import Matter


def conflicts(definition: ItemDefinition, matter: Matter, step: str, person: str) -> tuple[str, ...]:
    """Steps of the matter that `person` took part in, or has open in another branch, and that exclude doing `step`."""
    others = definition.incompatible.get(step, frozenset())
    done = (code for code, mark in matter.trail.items() if code in others and person in mark.by)
    beside = matter.open_steps if matter.others else ()
    has = (one.step for one in beside if one.step in others - {step} and person in one.hands)
    return tuple(dict.fromkeys((*done, *has)))


def require_separate(definition: ItemDefinition, matter: Matter, step: str, people: Iterable[str]) -> None:
    """Raise SeparationOfDuties when one of `people` did an incompatible step; asked at claim and at completion."""
    for person in people:
        done = conflicts(definition, matter, step, person)
        if done:
            raise SeparationOfDuties(
                f"{person} did or has {', '.join(done)} in this matter and may not do {step}: let somebody else do it",
                person=person,
                step=step,
                did=list(done),
            )


def signers_needed(matter: Matter, step: Step) -> int:
    """How many different people sign this step: as many as it says, two at least under a second review."""
    return max(step.min_actors, 2 if matter.second_review else 1)


def require_signers(matter: Matter, step: Step, signer: str, co_signers: tuple[str, ...]) -> tuple[str, ...]:
    """All who must sign, the signer first. Raises CoSignerIsSigner or CoSignerMissing."""
    needed = signers_needed(matter, step)
    if signer in co_signers or len(set(co_signers)) != len(co_signers):
        raise CoSignerIsSigner(
            f"step {step.code} needs different people: name another co-signer", step=step.code
        )
    if 1 + len(co_signers) < needed:
        raise CoSignerMissing(
            f"step {step.code} needs {needed} people: name {needed - 1 - len(co_signers)} more",
            step=step.code,
            needed=needed,
        )
    return (signer, *co_signers)
