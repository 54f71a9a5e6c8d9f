"""Cycles of identification: what officers say about their posts, who has not yet, and advice (S1-049, S1-071, S1-072)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from plumbline_org.model import Org


@dataclass(frozen=True)
class Cycle:
    """A cycle with its present stage."""

    id: str
    title: str
    opens_on: date
    due_on: date
    stage: str


@dataclass(frozen=True)
class SelfCheck:
    """What one officer said about one own post."""

    id: str
    cycle_id: str
    person: str
    post: str
    unit: str
    points: tuple[str, ...]
    nothing_found: bool
    submitted_at: datetime


@dataclass(frozen=True)
class Advice:
    """Prevention advice with its decision; `outcome` is empty until then."""

    id: str
    cycle_id: str
    points: tuple[str, ...]
    advice: str
    advised_by: str
    outcome: str
    reference: str
    reason: str


@dataclass(frozen=True)
class Completed:
    """One holder of one post."""

    person: str
    post: str
    unit: str
    submitted: bool
    points: tuple[str, ...]


def completion(org: Org, on: date, done: Iterable[SelfCheck]) -> list[Completed]:
    """Everybody who holds a post on the day, by person and post."""
    known = {(each.person, each.post): each for each in done}
    held = ((person, one) for person in sorted(org.persons) for one in org.assignments_of(person, on))
    return [
        Completed(
            person,
            one.post_id,
            one.unit_id,
            (person, one.post_id) in known,
            known[person, one.post_id].points if (person, one.post_id) in known else (),
        )
        for person, one in held
    ]
