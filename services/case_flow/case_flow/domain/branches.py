"""Which steps are open after one is done: branches open at a split, and a join opens once the last of them has ended.

What is open says all: a branch has ended when no step of it is open, so nothing is counted and nothing can be lost.
"""

from collections.abc import Iterable

from case_flow.domain.definition import ItemDefinition
from case_flow.domain.matter import Matter, OpenStep


def open_after(
    definition: ItemDefinition, matter: Matter, done: str, following: Iterable[str]
) -> tuple[OpenStep, ...]:
    """What is open once the step `done` has given way to those `following`, which nobody has yet.

    What is open in branches beside it stays; a step that joins waits until none of its branches is open.
    """
    beside = _beside(definition, matter, done) if definition.blocks else []
    opening = [
        OpenStep(step=code, state=definition.by_code[code].state, unit_id=matter.unit_id)
        for code in following
        if not _waits(definition, code, beside)
    ]
    return (*opening, *beside)


def _beside(definition: ItemDefinition, matter: Matter, done: str) -> list[OpenStep]:
    """Open steps of other branches, in the order of the file."""
    codes = [step.code for step in definition.steps]
    found = (one for one in matter.open_steps if definition.parallel(one.step, done))
    return sorted(found, key=lambda one: codes.index(one.step))


def _waits(definition: ItemDefinition, code: str, still_open: Iterable[OpenStep]) -> bool:
    """Whether the step joins branches of which one is still open."""
    return any(
        block.join == code and any(one.step in block.steps for one in still_open)
        for block in definition.blocks
    )
