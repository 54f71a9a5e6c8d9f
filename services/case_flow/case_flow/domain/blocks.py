"""Parallel blocks of a flow: one step opens several branches at once, and one waits until all of them have ended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

Edges = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Block:
    """From the step that `split`s to the one that `join`s; `branches`: the steps of each by its first one."""

    split: str
    join: str
    branches: Mapping[str, frozenset[str]]

    @cached_property
    def steps(self) -> frozenset[str]:
        """Every step of every branch."""
        return frozenset[str]().union(*self.branches.values())

    def branch_of(self, step: str) -> str | None:
        """The first step of the branch that holds `step`; None outside the block."""
        return next((head for head, steps in self.branches.items() if step in steps), None)

    def parallel(self, one: str, other: str) -> bool:
        """Whether the two steps are in different branches, so that both may be open."""
        first, second = self.branch_of(one), self.branch_of(other)
        return first is not None and second is not None and first != second


def find_blocks(
    forward: Edges, splits: Mapping[str, tuple[str, ...]], joins: Mapping[str, str]
) -> tuple[Block, ...]:
    """The blocks by the joining step of each splitting one, inner ones first; `joins`: split → join.

    Where `soundness` finds a fault they may overlap; a split without a join has no block.
    """
    found = [
        Block(
            split,
            joins[split],
            {head: reachable(forward, [head], without=(joins[split], split)) for head in heads},
        )
        for split, heads in splits.items()
        if heads and split in joins
    ]
    return tuple(sorted(found, key=lambda block: len(block.steps)))


def reachable(edges: Edges, start: Iterable[str], without: Iterable[str] = ()) -> frozenset[str]:
    """Every step that can be reached from `start`, itself included, on ways that keep clear of `without`."""
    closed, seen = frozenset(without), set[str]()
    ahead = [one for one in start if one not in closed]
    while ahead:
        code = ahead.pop()
        if code not in seen:
            seen.add(code)
            ahead.extend(edges.get(code, frozenset()) - closed)
    return frozenset(seen)
