"""分解权力 (S2-061): which post and which officer holds what share of a process, and where powers are not divided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from risk_registry.domain.processes import DutyPower, Graph


@dataclass(frozen=True)
class Share:
    """The steps of one holder, a post or a person, with the powers that they exercise (S2-015)."""

    holder: str
    steps: tuple[str, ...]
    powers: frozenset[DutyPower]
    of: int

    @property
    def percent(self) -> float:
        """Steps of all steps of the process, in percent with one decimal."""
        return round(100 * len(self.steps) / self.of, 1)

    @property
    def concentrated(self) -> bool:
        """Decides and executes, or supervises what it does itself."""
        return len(self.powers) > 1


def by_post(graph: Graph) -> list[Share]:
    """The largest share first; "" are steps for which no post answers."""
    return _shares(graph, {step.code: (step.post,) for step in graph.steps})


def by_person(graph: Graph, holders: Mapping[str, Iterable[str]]) -> list[Share]:
    """`holders` are the persons of each post. A step with several holders counts for each of them."""
    return _shares(graph, {step.code: tuple(holders.get(step.post, ())) for step in graph.steps})


def _shares(graph: Graph, held: Mapping[str, tuple[str, ...]]) -> list[Share]:
    found: dict[str, list[str]] = {}
    for step in graph.steps:
        for holder in held[step.code]:
            found.setdefault(holder, []).append(step.code)
    steps = graph.by_code
    shares = [
        Share(holder, tuple(codes), frozenset(steps[code].power for code in codes), len(graph.steps))
        for holder, codes in found.items()
    ]
    return sorted(shares, key=lambda each: (-len(each.steps), each.holder))
