"""Random well-formed flows to test with: sequences, choices, repetitions and parallel blocks, nested at will."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import yaml
from hypothesis import strategies as st

Shape = tuple[Any, ...]

KINDS = st.sampled_from(["block", "choice", "repeat"])


def shapes(kinds: st.SearchStrategy[str] = KINDS) -> st.SearchStrategy[Shape]:
    """Sequences of steps and of what `kinds` draws."""

    def deeper(inner: st.SearchStrategy[Shape]) -> st.SearchStrategy[Shape]:
        several = st.lists(st.lists(inner, min_size=1, max_size=3).map(tuple), min_size=2, max_size=3).map(
            tuple
        )
        return st.tuples(kinds, several)

    return st.lists(st.recursive(st.just(("step",)), deeper, max_leaves=9), min_size=1, max_size=4).map(tuple)


SHAPES = shapes()


@dataclass
class Drawing:
    """Turns a shape into the steps of a definition file."""

    names: Iterator[int] = field(default_factory=count)
    steps: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def add(self, **said: Any) -> str:
        """One more step; returns its code."""
        code = f"s{next(self.names)}"
        step = {
            "code": code,
            "name": {"zh": f"环节{code}", "en": f"Step {code}"},
            "role": "REVIEWER",
            "unit": "POLICY",
        }
        self.steps.append({**step, **said})
        return code

    def sequence(self, shapes: Shape, after: str) -> str:
        """The elements one after the other; returns the code that they begin with."""
        for shape in reversed(shapes):
            after = getattr(self, shape[0])(*shape[1:], after)
        return after

    def step(self, after: str) -> str:
        """Just one."""
        return self.add(next=after)

    def block(self, branches: Shape, after: str) -> str:
        """Branches side by side between a split and a join."""
        join = self.add(next=after)
        split = self.add(split=[self.sequence(one, join) for one in branches])
        next(one for one in self.steps if one["code"] == join)["join"] = split
        return split

    def choice(self, ways: Shape, after: str) -> str:
        """One of several ways."""
        return self.add(next=[self.sequence(one, after) for one in ways])

    def repeat(self, ways: Shape, after: str) -> str:
        """One way after the other, then again from the beginning, or on: the first that may follow leads on."""
        last = self.add(next=[after])
        first = self.sequence(sum(ways, ()), last)
        next(one for one in self.steps if one["code"] == last)["next"].append(first)
        return first


def definition_file(shape: Shape, pairs: list[tuple[int, int]] | None = None) -> str:
    """A definition file (YAML) of that shape; `pairs` of steps, by place, exclude each other."""
    drawing = Drawing()
    end = drawing.add(end=True)
    start = drawing.sequence(shape, end)
    number = len(drawing.steps)
    for one, other in pairs or ():
        first, second = drawing.steps[one % number], drawing.steps[other % number]
        if first is not second:
            first.setdefault("incompatible_with", []).append(second["code"])
    head = {
        "item": "RANDOM",
        "version": 1,
        "name": {"zh": "随机", "en": "Random"},
        "citation": {"source": "a rule"},
    }
    return yaml.safe_dump(
        {**head, "start": start, "steps": drawing.steps}, allow_unicode=True, sort_keys=False
    )
