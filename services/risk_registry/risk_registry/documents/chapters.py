"""A handbook in chapters, one a process, bound into volumes that stay under the limits of the rule."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import msgspec
from plumbline_org.grades import RiskGrade

from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import IN_FORCE

ORDER = (RiskGrade.HIGH, RiskGrade.MEDIUM, RiskGrade.LOW)


class Diagram(msgspec.Struct, frozen=True):
    """A flow diagram to print; `height` in points."""

    title: str
    svg: str
    height: int


@dataclass(frozen=True)
class Chapter:
    """A process: its points, gravest first, and how it flows; `continued` from the volume before."""

    process: str
    points: tuple[PointOnDay, ...] = ()
    diagram: Diagram | None = None
    continued: bool = False


def chapters_of(points: Iterable[PointOnDay], diagrams: Mapping[str, Diagram]) -> list[Chapter]:
    """Points in force and graded, by process; a process with a diagram and no point has a chapter, too."""
    kept = [each for each in points if each.state in IN_FORCE and each.grade]
    kept.sort(
        key=lambda each: (each.description.process, ORDER.index(each.grade or RiskGrade.LOW), each.code)
    )
    by = {name: tuple(found) for name, found in groupby(kept, key=lambda each: each.description.process)}
    return [Chapter(name, by.get(name, ()), diagrams.get(name)) for name in sorted({*by, *diagrams})]


def volumes_of(chapters: Iterable[Chapter], most_points: int, most_diagrams: int) -> list[list[Chapter]]:
    """In order, each volume as full as the limits allow; a chapter over the limit is continued in the next volume."""
    volumes: list[list[Chapter]] = [[]]
    for part in (part for chapter in chapters for part in _parts(chapter, most_points)):
        points, diagrams = _size([*volumes[-1], part])
        if volumes[-1] and (points > most_points or diagrams > most_diagrams):
            volumes.append([])
        volumes[-1].append(part)
    return volumes


def _parts(chapter: Chapter, most: int) -> Iterator[Chapter]:
    yield replace(chapter, points=chapter.points[:most])
    for start in range(most, len(chapter.points), most):
        yield Chapter(chapter.process, chapter.points[start : start + most], continued=True)


def _size(chapters: Sequence[Chapter]) -> tuple[int, int]:
    return sum(len(each.points) for each in chapters), sum(each.diagram is not None for each in chapters)
