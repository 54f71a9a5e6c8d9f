"""Everything the directory keeps, as one value, and how a change of it looks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from plumbline_org.calendars import CalendarData
from plumbline_org.model import Org
from plumbline_org.parts import Bureau, Delegation, Duty, Person, Post, Unit


class Kind(StrEnum):
    """What a record is about, in the order in which records are published."""

    BUREAU = "bureau"
    UNIT = "unit"
    POST = "post"
    PERSON = "person"
    ROSTER = "roster"
    DELEGATION = "delegation"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Roster:
    """The duty directors of one bureau and month (`2026-10`), whole (S1-100)."""

    bureau_id: str
    month: str
    duties: tuple[Duty, ...]

    @property
    def id(self) -> str:
        return f"{self.bureau_id}/{self.month}"


@dataclass(frozen=True, slots=True)
class PublishedCalendar:
    """A working calendar in force with its notice; `bureau_id` is empty for the national one (I-002)."""

    bureau_id: str
    data: CalendarData
    citation: str

    @property
    def id(self) -> str:
        return f"{self.bureau_id}/calendar"


Part = Bureau | Unit | Post | Person | Roster | Delegation | PublishedCalendar

KIND_OF: Mapping[type, Kind] = {
    Bureau: Kind.BUREAU,
    Unit: Kind.UNIT,
    Post: Kind.POST,
    Person: Kind.PERSON,
    Roster: Kind.ROSTER,
    Delegation: Kind.DELEGATION,
    PublishedCalendar: Kind.CALENDAR,
}
PART_OF: Mapping[Kind, type] = {kind: part for part, kind in KIND_OF.items()}


def bureau_of(part: Part) -> str:
    """The bureau a part belongs to."""
    if isinstance(part, Bureau):
        return part.id
    if isinstance(part, Delegation):
        return bureau_of_id(part.grantor_id)
    return part.bureau_id


def bureau_of_id(identifier: str) -> str:
    """The bureau in an id: the part before the first dot (`D01.POLICY.chief` → `D01`)."""
    return identifier.partition(".")[0]


def first_day(part: Part) -> date:
    """The first day that a new part describes."""
    span = part.span if isinstance(part, Bureau | Unit | Post) else None
    return (span.first if span else None) or date.min


@dataclass(frozen=True)
class Directory:
    """Parts by id. Immutable: every edit gives another one."""

    bureaus: Mapping[str, Bureau] = field(default_factory=dict[str, Bureau])
    units: Mapping[str, Unit] = field(default_factory=dict[str, Unit])
    posts: Mapping[str, Post] = field(default_factory=dict[str, Post])
    persons: Mapping[str, Person] = field(default_factory=dict[str, Person])
    rosters: Mapping[str, Roster] = field(default_factory=dict[str, Roster])
    delegations: Mapping[str, Delegation] = field(default_factory=dict[str, Delegation])
    calendars: Mapping[str, PublishedCalendar] = field(default_factory=dict[str, PublishedCalendar])

    def parts(self) -> Iterator[Part]:
        """Every part, in the order in which they are published."""
        for group in (self.bureaus, self.units, self.posts, self.persons):
            yield from group.values()
        for group in (self.rosters, self.delegations, self.calendars):
            yield from group.values()

    def org(self, bureau_id: str) -> Org:
        """One bureau of it as a snapshot."""
        return Org(
            bureau=self.bureaus[bureau_id],
            units={one.id: one for one in self.units.values() if one.bureau_id == bureau_id},
            posts={one.id: one for one in self.posts.values() if one.bureau_id == bureau_id},
            persons={one.id: one for one in self.persons.values() if one.bureau_id == bureau_id},
            duties=tuple(d for r in self.rosters.values() if r.bureau_id == bureau_id for d in r.duties),
            delegations=tuple(d for d in self.delegations.values() if bureau_of(d) == bureau_id),
        )


def directory_of(parts: Iterator[Part]) -> Directory:
    """A directory from its parts."""
    groups: dict[Kind, dict[str, Part]] = {kind: {} for kind in Kind}
    for part in parts:
        groups[KIND_OF[type(part)]][part.id] = part
    return Directory(*groups.values())  # pyright: ignore[reportArgumentType]


@dataclass(frozen=True)
class Change:
    """A part that is new or has another state."""

    part: Part
    added: bool

    @property
    def kind(self) -> Kind:
        return KIND_OF[type(self.part)]


def changes(before: Directory, after: Directory) -> list[Change]:
    """What differs, in the order of publication; a part that is missing in `after` counts as unchanged."""
    known = {(type(part), part.id): part for part in before.parts()}
    return [
        Change(part, added=(type(part), part.id) not in known)
        for part in after.parts()
        if known.get((type(part), part.id)) != part
    ]
