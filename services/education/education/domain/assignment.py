"""An assignment: one person, one curriculum, one due date (S1-032: individual and tied to a cause)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from plumbline_shared.errors import Refused

from education.domain.curriculum import Kind


class Status(StrEnum):
    """Where an assignment stands; OVERDUE begins at 00:00 after the due date."""

    OPEN = "OPEN"
    OVERDUE = "OVERDUE"
    COMPLETED = "COMPLETED"
    WAIVED = "WAIVED"


class AssignmentClosed(Refused):
    """The assignment is done or waived already: there is nothing left to do."""

    code = "ASSIGNMENT_CLOSED"


class WrongKind(Refused):
    """A lesson is passed by its quiz, a pledge by a signature."""

    code = "WRONG_KIND"


class PledgeChanged(Refused):
    """The pledge was read in another version than the one to sign: read it again."""

    code = "PLEDGE_CHANGED"


@dataclass(frozen=True)
class Assignment:
    """What somebody has to do, with what happened to it so far."""

    id: str
    batch_id: str
    bureau_id: str
    person_id: str
    unit_id: str
    kind: Kind
    curriculum: str
    curriculum_version: int
    point_id: str | None
    incident_id: str | None
    assigned_on: date
    started_on: date
    due_on: date
    provisional: bool
    assigned_by: str
    completed_at: datetime | None = None
    score: int | None = None
    waived_at: datetime | None = None

    @property
    def closed(self) -> bool:
        """Whether nothing is left to do."""
        return self.completed_at is not None or self.waived_at is not None

    @property
    def overdue_from(self) -> date:
        """The first day on which it is overdue, if still open."""
        return self.due_on + timedelta(days=1)

    def status(self, today: date) -> Status:
        """Where it stands on a day."""
        if self.completed_at is not None:
            return Status.COMPLETED
        if self.waived_at is not None:
            return Status.WAIVED
        return Status.OVERDUE if today > self.due_on else Status.OPEN

    def require_open(self, kind: Kind) -> None:
        """Raises WrongKind or AssignmentClosed unless it is an open one of `kind`."""
        if self.kind is not kind:
            raise WrongKind(f"this assignment is a {self.kind.lower()}: {_HOW[self.kind]}")
        if self.closed:
            raise AssignmentClosed("this assignment is done or waived already")


_HOW = {Kind.LESSON: "pass its quiz", Kind.PLEDGE: "sign it"}


@dataclass(frozen=True)
class UnitShare:
    """How much of one batch and due date is overdue in one unit (SR-05 counts per unit)."""

    unit_id: str
    total: int
    overdue: int


def shares(batch: Iterable[Assignment], today: date) -> list[UnitShare]:
    """Per unit with anything overdue: waived assignments count neither way. Sorted by unit."""
    units: dict[str, list[bool]] = {}
    for one in batch:
        if one.waived_at is None:
            units.setdefault(one.unit_id, []).append(one.status(today) is Status.OVERDUE)
    found = (UnitShare(unit, len(late), sum(late)) for unit, late in sorted(units.items()))
    return [share for share in found if share.overdue]
