"""A point on a day: its name, what it says and where it stands; and what may be asked of a list of them."""

from dataclasses import dataclass
from datetime import date

from plumbline_org.grades import RiskCategory, RiskGrade

from risk_registry.domain.marks import Focus, Tag
from risk_registry.domain.points import Description, Origin
from risk_registry.domain.standing import IN_FORCE, PointState


@dataclass(frozen=True)
class PointOnDay:
    """One row of the register as of `on`; `grade_from` is the day its state and grade began."""

    id: str
    bureau_id: str
    code: str
    origin: Origin
    state: PointState
    grade: RiskGrade | None
    grade_from: date
    on: date
    description: Description


@dataclass(frozen=True)
class PointFilter:
    """Every part narrows; `None` leaves it open. Without `states` the list is the register in force."""

    states: frozenset[PointState] = IN_FORCE
    grade: RiskGrade | None = None
    category: RiskCategory | None = None
    units: tuple[str, ...] | None = None
    posts: tuple[str, ...] | None = None
    process: str | None = None
    step: str | None = None
    tag: Tag | None = None
    focus: Focus | None = None
    codes: tuple[str, ...] | None = None
