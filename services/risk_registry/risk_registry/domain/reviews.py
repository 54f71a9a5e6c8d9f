"""A grading review as it is kept: its panel, the votes, and how it ended."""

from dataclasses import dataclass
from datetime import date, datetime

from plumbline_org.grades import RiskGrade

from risk_registry.domain.assessment import ReviewKind
from risk_registry.domain.grading import Panel, Vote


@dataclass(frozen=True)
class CastVote:
    """A vote as it was cast; it is never changed."""

    review_id: str
    vote: Vote
    opinion: str
    cast_at: datetime


@dataclass(frozen=True)
class Closing:
    """`grade` is `None` when the panel was split; `proposed` is what the method gave, if members voted on factors."""

    grade: RiskGrade | None
    proposed: RiskGrade | None
    effective_from: date
    reason: str
    closed_by: str
    closed_at: datetime


@dataclass(frozen=True)
class Review:
    """The review of one point by a panel that is fixed when it opens."""

    id: str
    point_id: str
    bureau_id: str
    scheme: str
    members: frozenset[str]
    recused: frozenset[str]
    opened_by: str
    opened_at: datetime
    closing: Closing | None = None
    kind: ReviewKind = ReviewKind.GRADE
    proposal_id: str | None = None

    @property
    def panel(self) -> Panel:
        return Panel(self.members, self.recused)
