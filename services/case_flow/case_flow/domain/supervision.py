"""Supervised events: announced before, recorded on the spot, reported after (事前预告, 事中监督, 事后报告; S1-063)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from enum import StrEnum

import msgspec
from plumbline_shared.errors import Refused


class Capacity(StrEnum):
    """As what somebody sits in a supervision group (S1-061)."""

    DISCIPLINE = "DISCIPLINE"
    STAFF_REPRESENTATIVE = "STAFF_REPRESENTATIVE"
    OTHER = "OTHER"


class GroupMember(msgspec.Struct, frozen=True):
    """One member of a group."""

    person_id: str
    capacity: Capacity


class SupervisionGroup(msgspec.Struct, frozen=True):
    """One composition of a standing group; the next one is another version."""

    bureau_id: str
    domain: str
    version: int
    members: tuple[GroupMember, ...]
    effective_from: date
    formed_by: str
    formed_at: datetime

    @property
    def person_ids(self) -> tuple[str, ...]:
        """Everybody in it."""
        return tuple(one.person_id for one in self.members)


class Part(StrEnum):
    """The three parts of every supervised event."""

    NOTICE = "NOTICE"
    RECORD = "RECORD"
    REPORT = "REPORT"


class EventState(StrEnum):
    """How far an event is. It follows from what was done, so no state can contradict the file."""

    PLANNED = "PLANNED"
    NOTICED = "NOTICED"
    HELD = "HELD"
    REPORTED = "REPORTED"
    CANCELLED = "CANCELLED"


class SupervisedEvent(msgspec.Struct, frozen=True):
    """One event under supervision of the group of its domain. `unit_id` is the unit that holds it."""

    id: str
    bureau_id: str
    domain: str
    title: str
    unit_id: str
    planned_on: date
    planned_by: str
    planned_at: datetime
    pack: str
    notice: str | None = None
    noticed_by: str | None = None
    noticed_at: datetime | None = None
    held_by: str | None = None
    held_at: datetime | None = None
    report: str | None = None
    reported_by: str | None = None
    reported_at: datetime | None = None
    cancelled_by: str | None = None
    cancelled_at: datetime | None = None
    reason: str = ""

    @property
    def state(self) -> EventState:
        """PLANNED until something was done about it."""
        if self.cancelled_at:
            return EventState.CANCELLED
        if self.held_at:
            return EventState.REPORTED if self.reported_at else EventState.HELD
        return EventState.NOTICED if self.noticed_at else EventState.PLANNED


class OnSiteRecord(msgspec.Struct, frozen=True):
    """What one member saw on the spot, written in the member's own session."""

    event_id: str
    bureau_id: str
    person_id: str
    observation: str
    concern: bool
    recorded_at: datetime


class GroupComposition(Refused):
    """Discipline staff and representatives of the staff are not more than half of the group (S1-061)."""

    code = "GROUP_COMPOSITION"


class NoticeTooLate(Refused):
    """The notice comes too late for the day of the event."""

    code = "NOTICE_TOO_LATE"


class EventStateRefused(Refused):
    """The event is not at the stage where this act belongs."""

    code = "EVENT_STATE"


class SupervisesOwnUnit(Refused):
    """A member does not supervise what the member's own unit holds."""

    code = "SUPERVISES_OWN_UNIT"


def check_composition(members: Sequence[GroupMember], at_least: int) -> None:
    """Raise GroupComposition for a group that is too small, names somebody twice, or lacks the majority."""
    persons = {one.person_id for one in members}
    if len(persons) < at_least or len(persons) != len(members):
        raise GroupComposition(f"name at least {at_least} different persons", members=len(persons))
    inside = sum(1 for one in members if one.capacity is not Capacity.OTHER)
    if inside * 2 <= len(members):
        raise GroupComposition(
            "discipline staff and representatives of the staff must be more than half", majority=inside
        )


def check_notice(event: SupervisedEvent, on: date, earliest: date, records: int) -> None:
    """Raise unless the event may still be announced for `on`, which counts from `earliest`."""
    if event.cancelled_at or event.held_at or records:
        raise EventStateRefused("this event took place or was cancelled; plan another one", state=event.state)
    if on < earliest:
        raise NoticeTooLate(f"a notice given today is for {earliest} or later", earliest=earliest.isoformat())


def check_on_the_spot(event: SupervisedEvent, today: date) -> None:
    """Raise EventStateRefused unless the day of the event has come and it was not cancelled."""
    if event.cancelled_at or today < event.planned_on:
        raise EventStateRefused(
            f"this belongs to {event.planned_on}, the day of the event, or later", state=event.state
        )


def check_supervisor(person_units: Collection[str], event: SupervisedEvent) -> None:
    """Raise SupervisesOwnUnit for a member of the unit that holds the event."""
    if event.unit_id in person_units:
        raise SupervisesOwnUnit("a member of another unit records and reports this event")


def missing(event: SupervisedEvent, recorders: Collection[str], needed: int) -> tuple[Part, ...]:
    """The parts that an event, whose limits have passed, lacks; none for a cancelled one."""
    if event.cancelled_at:
        return ()
    lacking = {
        Part.NOTICE: event.noticed_at is None,
        Part.RECORD: len(set(recorders)) < needed,
        Part.REPORT: event.reported_at is None,
    }
    return tuple(part for part in Part if lacking[part])
