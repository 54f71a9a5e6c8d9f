"""The cycle of internal control and what officers say in it about their posts, who has not yet, and advice.

Identify, assess, control, monitor, and again (S2-002, S2-046; S1-049, S1-071, S1-072).
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from plumbline_org.model import Org

from risk_registry.domain.catalogue import Control, Node
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import IN_FORCE


class Stage(StrEnum):
    """识别 IDENTIFY, 评估 ASSESS, 控制 CONTROL, 监督 MONITOR (S2-002), then ENDED."""

    IDENTIFY = "IDENTIFY"
    ASSESS = "ASSESS"
    CONTROL = "CONTROL"
    MONITOR = "MONITOR"
    ENDED = "ENDED"

    @property
    def following(self) -> "Stage | None":
        """The stage that comes after this one; None after the end."""
        return next(iter(list(Stage)[list(Stage).index(self) + 1 :]), None)


@dataclass(frozen=True)
class Reached:
    """A stage that a cycle reached, when, and by whose act."""

    stage: Stage
    began_at: datetime
    by: str


@dataclass(frozen=True)
class Cycle:
    """A cycle with the stages that it has reached, oldest first; `follows` is the cycle before it."""

    id: str
    title: str
    opens_on: date
    due_on: date
    reached: tuple[Reached, ...]
    follows: str | None = None

    @property
    def stage(self) -> Stage:
        """The present one."""
        return self.reached[-1].stage

    @property
    def ended_at(self) -> datetime | None:
        """When it ended; None while it runs."""
        return self.reached[-1].began_at if self.stage is Stage.ENDED else None

    def ended(self, stage: Stage) -> datetime | None:
        """When a stage gave way to the next; None while it lasts, or was not reached."""
        return next((each.began_at for each in self.reached if each.stage is stage.following), None)


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
class Progress:
    """How far the points that were found in a cycle have come, stage by stage: each number holds the next."""

    identified: int
    assessed: int
    controlled: int
    monitored: int


def progress(
    points: Iterable[PointOnDay], controls: Mapping[str, Control], tested: Container[str]
) -> Progress:
    """Found; graded by a review; under a control by name or at its step; under one whose operation is tested (S2-046)."""
    found = list(points)
    assessed = [each for each in found if each.state in IN_FORCE]
    watched = [[code for code, control in controls.items() if _acts_on(control, each)] for each in assessed]
    return Progress(
        identified=len(found),
        assessed=len(assessed),
        controlled=sum(bool(codes) for codes in watched),
        monitored=sum(any(code in tested for code in codes) for codes in watched),
    )


def _acts_on(control: Control, point: PointOnDay) -> bool:
    text = point.description
    named = point.code in control.points or point.id in control.points
    return named or Node(text.process, text.step) in control.nodes


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
