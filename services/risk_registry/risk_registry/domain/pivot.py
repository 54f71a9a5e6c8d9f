"""The register turned: 以人为点, 以程序为线, 以制度为面 (S1-048)."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import IN_FORCE

Keys = Callable[[PointOnDay], Iterable[str]]


class PivotAxis(StrEnum):
    """By who holds the point, its process, the regulation that its step rests on; and by what enforcement does (S1-035),

    by risk item (S2-009), by power (S2-007).
    """

    PERSON = "PERSON"
    PROCESS = "PROCESS"
    REGULATION = "REGULATION"
    ACTIVITY = "ACTIVITY"
    ITEM = "ITEM"
    POWER = "POWER"


def pivot(points: Iterable[PointOnDay], keys: Keys) -> dict[str, list[PointOnDay]]:
    """Points in force under each of their keys, both in order; "" is what has none: nobody, or no regulation."""
    found: dict[str, list[PointOnDay]] = {}
    for point in sorted(points, key=lambda each: each.code):
        if point.state in IN_FORCE:
            for key in sorted(set(keys(point))) or [""]:
                found.setdefault(key, []).append(point)
    return dict(sorted(found.items()))


def by_process(point: PointOnDay) -> list[str]:
    """The process of a point."""
    return [point.description.process] if point.description.process else []


def by_activity(activities: Mapping[str, Iterable[str]]) -> Keys:
    """`activities` are those of each process; "" is what is no enforcement."""
    return lambda point: activities.get(point.description.process, ())


def by_item(point: PointOnDay) -> list[str]:
    """The risk item of a point."""
    return [point.description.item] if point.description.item else []


def by_power(point: PointOnDay) -> list[str]:
    """The power of a point."""
    return [point.description.power] if point.description.power else []


def by_regulation(steps: Mapping[tuple[str, str], str], controls: Mapping[str, Iterable[str]]) -> Keys:
    """`steps` are clauses by process and step; `controls` the clauses that controls on a point carry out, by its code."""

    def keys(point: PointOnDay) -> list[str]:
        text = point.description
        clauses = [steps.get((text.process, text.step), ""), *controls.get(point.code, ())]
        return [clause.partition("#")[0] for clause in clauses if clause]

    return keys
