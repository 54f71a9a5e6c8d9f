"""What a log holds, and whether it can be replayed: it is complete, and the definition knows its activities."""

import hashlib
from datetime import date
from pathlib import Path

import msgspec
from plumbline_shared.deadline import DayUnit

from case_flow.domain.checks import fact_moment
from case_flow.domain.definition import ItemDefinition, TimeLimit
from case_flow.domain.errors import LogRefused
from case_flow.domain.record_calendar import record_calendar
from case_flow.replay.xes import LogPart, Seen, read_parts


class Survey(msgspec.Struct, frozen=True):
    """What the log holds: counts, and the SHA-256 of the file."""

    sha256: str
    cases: int
    events: int
    empty_cases: int
    duplicates: int


class Surveyor:
    """Looks at a log part by part."""

    def __init__(self, path: Path, definition: ItemDefinition) -> None:
        self._path = path
        self._definition = definition
        self._refs = set[str]()
        self._unknown = dict[str, int]()
        self._events = self._empty = self._duplicates = 0
        self._earliest = date.max
        self._first = _first_day(definition)
        self._dated = [one.start[1:] for one in _by_working_days(definition) if one.start.startswith("@")]

    def see(self, part: LogPart) -> None:
        """Count one part. Raises LogRefused for a case that comes twice."""
        if part.offset == 0:
            if part.ref in self._refs:
                raise LogRefused(f"case {part.ref} comes twice in {self._path.name}", case=part.number)
            self._refs.add(part.ref)
        for event in part.events:
            if event.activity not in self._definition.by_activity:
                self._unknown[event.activity] = self._unknown.get(event.activity, 0) + 1
        if part.events:
            self._earliest = min(self._earliest, part.events[0].at.date())
        for name in self._dated:
            if stated := fact_moment(self._definition, part.attributes.get(name)):
                self._earliest = min(self._earliest, stated[1])
        self._events += len(part.events)
        self._duplicates += part.duplicates
        self._empty += part.ends and part.offset == 0 and not part.events

    @property
    def sound(self) -> bool:
        """Whether nothing was seen so far for which the log is refused at its end."""
        return not self._unknown and self._earliest > self._first

    def survey(self) -> Survey:
        """The whole log was seen. Raises LogRefused for activities without a step, or days before the calendar."""
        if self._unknown:
            listed = ", ".join(sorted(self._unknown)[:20])
            raise LogRefused(
                f"the definition maps no step to {len(self._unknown)} activities: {listed}",
                activities=sorted(self._unknown),
            )
        if self._earliest <= self._first:
            raise LogRefused(
                f"the log has a date of {self._earliest}, before the working calendar ({self._first}): count "
                "CALENDAR_DAY, or give the definition `calendar: WEEKDAYS`",
                earliest=self._earliest.isoformat(),
            )
        sha256 = _sha256(self._path)
        return Survey(sha256, len(self._refs), self._events, self._empty, self._duplicates)


def survey(path: Path, definition: ItemDefinition, read: Seen | None = None) -> Survey:
    """Read the log once. `read` is told the bytes read so far. Raises LogRefused."""
    surveyor = Surveyor(path, definition)
    for part in read_parts(path, read=read):
        surveyor.see(part)
    return surveyor.survey()


def _first_day(definition: ItemDefinition) -> date:
    """The day after which working days can be counted; every day where none are."""
    return record_calendar(definition.calendar).first if _by_working_days(definition) else date.min


def _by_working_days(definition: ItemDefinition) -> list[TimeLimit]:
    return [limit for limit in definition.checks.time_limit if limit.unit is DayUnit.WORKING_DAY]


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
