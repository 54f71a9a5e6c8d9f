"""The parts of a bureau: immutable, each with the days on which it holds."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class BureauLevel(StrEnum):
    """Where a bureau stands in the chain of tax bureaus (requirements §5.4)."""

    PROVINCE = "PROVINCE"
    CITY = "CITY"
    DISTRICT = "DISTRICT"


class UnitKind(StrEnum):
    """What a unit is inside its bureau."""

    LEADERSHIP = "LEADERSHIP"
    SECTION = "SECTION"
    OFFICE = "OFFICE"
    HALL = "HALL"
    SQUAD = "SQUAD"


class PostKind(StrEnum):
    """The rank of a post, which decides how oversight is computed for its holder (requirements §5.2)."""

    BUREAU_HEAD = "BUREAU_HEAD"
    DEPUTY_HEAD = "DEPUTY_HEAD"
    DISCIPLINE_LEAD = "DISCIPLINE_LEAD"
    CHIEF = "CHIEF"
    DEPUTY_CHIEF = "DEPUTY_CHIEF"
    OFFICER = "OFFICER"


class AssignmentKind(StrEnum):
    """How a person holds a post (I-003). A secondment rests the person's other posts while it lasts."""

    PERMANENT = "PERMANENT"
    ACTING = "ACTING"
    SECONDMENT = "SECONDMENT"


class PersonStatus(StrEnum):
    """Whether a person serves (I-017). The two kinds of stand-by differ in authority and record (C-18)."""

    ACTIVE = "ACTIVE"
    SECONDED = "SECONDED"
    UNPLACED_IN_TRAINING = "UNPLACED_IN_TRAINING"
    STANDBY_DISCIPLINARY = "STANDBY_DISCIPLINARY"
    QUALIFICATION_REVOKED = "QUALIFICATION_REVOKED"
    LEFT = "LEFT"


SERVING = frozenset({PersonStatus.ACTIVE, PersonStatus.SECONDED, PersonStatus.QUALIFICATION_REVOKED})
"""In these a person holds posts and roles; in the others none."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` up to, not including, `until`; None is open."""

    first: date | None = None
    until: date | None = None

    def covers(self, on: date) -> bool:
        """Whether `on` is one of the days."""
        return (self.first is None or self.first <= on) and (self.until is None or on < self.until)

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a day."""
        return _before(self.first, other.until) and _before(other.first, self.until)


def _before(first: date | None, until: date | None) -> bool:
    return first is None or until is None or first < until


@dataclass(frozen=True, slots=True)
class Bureau:
    """A tenant. `parent_id` is the bureau one level up."""

    id: str
    name: str
    level: BureauLevel
    parent_id: str | None = None
    name_en: str = ""
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Unit:
    """A section, office, hall or squad; `parent_id` is the unit above it, None directly under the bureau.

    `functions` says what it is competent for (LEGAL, DISCIPLINE, …). `head_post_id` leads it,
    `deputy_in_charge_post_id` is the bureau leader's post above it; None asks the unit above.
    """

    id: str
    bureau_id: str
    name: str
    kind: UnitKind
    parent_id: str | None = None
    name_en: str = ""
    functions: frozenset[str] = frozenset()
    head_post_id: str | None = None
    deputy_in_charge_post_id: str | None = None
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Post:
    """A post (岗位) in a unit."""

    id: str
    bureau_id: str
    unit_id: str
    title: str
    kind: PostKind = PostKind.OFFICER
    title_en: str = ""
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Assignment:
    """A person on a post for a time."""

    id: str
    person_id: str
    post_id: str
    unit_id: str
    kind: AssignmentKind
    span: Span


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """A role beside what the post gives (requirements §5.1), for one unit or domain, or for all when None."""

    id: str
    person_id: str
    role: str
    unit_id: str | None
    domain: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class StatusSpan:
    """A stretch of one status; of two that cover a day the later begun counts."""

    status: PersonStatus
    span: Span


@dataclass(frozen=True, slots=True)
class Person:
    """An officer. `managed_by_bureau_id` differs from `bureau_id` for leaders managed one level up."""

    id: str
    bureau_id: str
    name: str
    name_en: str = ""
    account: str | None = None
    managed_by_bureau_id: str | None = None
    enforcement_qualified: bool = False
    statuses: tuple[StatusSpan, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    grants: tuple[RoleGrant, ...] = ()

    def status(self, on: date) -> PersonStatus:
        """The status on a day; ACTIVE where nothing is recorded."""
        covering = [one for one in self.statuses if one.span.covers(on)]
        return max(covering, key=_begun).status if covering else PersonStatus.ACTIVE

    def serves(self, on: date) -> bool:
        """Whether the person holds posts and roles on a day."""
        return self.status(on) in SERVING

    def qualified(self, on: date) -> bool:
        """Whether the person may be assigned enforcement work on a day (I-017, SoD-2)."""
        status = self.status(on)
        return self.enforcement_qualified and status in SERVING - {PersonStatus.QUALIFICATION_REVOKED}

    def held(self, on: date) -> tuple[Assignment, ...]:
        """The assignments that count on a day: a secondment rests the others."""
        if not self.serves(on):
            return ()
        covering = tuple(one for one in self.assignments if one.span.covers(on))
        seconded = tuple(one for one in covering if one.kind is AssignmentKind.SECONDMENT)
        return seconded or covering


def _begun(status: StatusSpan) -> date:
    return status.span.first or date.min


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty director (值班局长) of a day; `rank` 1 is on duty, 2 the next one (S1-100)."""

    on: date
    rank: int
    person_id: str


@dataclass(frozen=True, slots=True)
class Delegation:
    """The delegate acts with an authority of the grantor for a time; `unit_id` None is all of the grantor's."""

    id: str
    grantor_id: str
    delegate_id: str
    authority: str
    unit_id: str | None
    span: Span
    revoked: bool = False

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return not self.revoked and self.span.covers(on)
