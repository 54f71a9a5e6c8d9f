"""Which steps of a new version are open for a matter that had others open under the old one."""

from collections.abc import Sequence

from case_flow.domain.blocks import Block, reachable
from case_flow.domain.definition import ItemDefinition


class NoPlace(Exception):
    """The way divides, ends or goes in a circle before a step that is still to do."""


class NotSideBySide(Exception):
    """Steps that were open together are not in branches beside each other in the new version."""


def open_under(new: ItemDefinition, done: frozenset[str], targets: Sequence[str]) -> tuple[str, ...]:
    """From where the open steps go (`targets`), the first ones not done, in the order of the file.

    In a block that one of them is in, every other branch opens too, at its first step not done; when none is left
    to do, its join opens. Raises NoPlace, NotSideBySide.
    """
    found = _within(new, done, tuple(dict.fromkeys(targets)), new.blocks, stop="")
    if not found or not found <= _within_reach(new, done):
        raise NoPlace
    return tuple(step.code for step in new.steps if step.code in found)


def _within(
    new: ItemDefinition, done: frozenset[str], targets: Sequence[str], blocks: Sequence[Block], stop: str
) -> frozenset[str]:
    around = [block for block in blocks if block.steps.intersection(targets)]
    if not around:
        if len(targets) != 1:
            raise NotSideBySide
        return _walk(new, done, targets[0], stop)
    block = around[-1]
    if not block.steps.issuperset(targets):
        raise NotSideBySide
    found: set[str] = set()
    for head, steps in block.branches.items():
        inner = [one for one in blocks if one.split in steps]
        found |= _within(new, done, [one for one in targets if one in steps] or [head], inner, block.join)
    return frozenset(found) or _walk(new, done, block.join, stop)


def _walk(new: ItemDefinition, done: frozenset[str], step: str, stop: str) -> frozenset[str]:
    """The steps to do from `step` on, nothing when `stop` is reached first."""
    seen: set[str] = set()
    while step in done and step != stop:
        block = next((one for one in new.blocks if one.split == step), None)
        if block is not None:
            opened = frozenset[str]().union(*(_walk(new, done, head, block.join) for head in block.branches))
            if opened:
                return opened
        following = (block.join,) if block is not None else new.by_code[step].next
        if len(following) != 1 or step in seen:
            raise NoPlace
        seen.add(step)
        (step,) = following
    return frozenset[str]() if step == stop else frozenset({step})


def _within_reach(new: ItemDefinition, done: frozenset[str]) -> frozenset[str]:
    """Steps that follow from the start through done steps alone; a join only if every branch has ended."""
    forward = {code: new.forward[code] for code in done}
    for block in new.blocks:
        if not all(_ended(new, done, head, block.join) for head in block.branches):
            forward |= {code: forward[code] - {block.join} for code in block.steps & done}
    return reachable(forward, [new.start])


def _ended(new: ItemDefinition, done: frozenset[str], head: str, join: str) -> bool:
    try:
        return not _walk(new, done, head, join)
    except NoPlace:
        return False
