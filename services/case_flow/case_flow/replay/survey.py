"""One look at a whole log before anything is written: it is complete, and the definition knows its activities."""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
from plumbline_shared.deadline import DayUnit

from case_flow.domain.definition import ItemDefinition
from case_flow.domain.errors import LogRefused
from case_flow.domain.record_calendar import record_calendar
from case_flow.replay.xes import read_parts

_BLOCK = 1 << 20


class Survey(msgspec.Struct, frozen=True):
    """What the log holds: counts, and the SHA-256 of the file."""

    sha256: str
    cases: int
    events: int
    empty_cases: int
    duplicates: int


def survey(
    path: Path, definition: ItemDefinition, progress: Callable[[int], None] = lambda _: None
) -> Survey:
    """Read the log once. `progress` is told the events seen so far.

    Raises LogRefused for a broken log, a case that comes twice, or activities that the definition does not map.
    """
    refs, unknown = set[str](), dict[str, int]()
    events = empty = duplicates = 0
    earliest: date | None = None
    for part in read_parts(path):
        if part.offset == 0:
            if part.ref in refs:
                raise LogRefused(f"case {part.ref} comes twice in {path.name}", case=part.number)
            refs.add(part.ref)
        for event in part.events:
            earliest = min(earliest or date.max, event.at.date())
            if event.activity not in definition.by_activity:
                unknown[event.activity] = unknown.get(event.activity, 0) + 1
        events += len(part.events)
        duplicates += part.duplicates
        empty += part.ends and part.offset == 0 and not part.events
        progress(events)
    if unknown:
        listed = ", ".join(sorted(unknown)[:20])
        raise LogRefused(
            f"the definition maps no step to {len(unknown)} activities: {listed}", activities=sorted(unknown)
        )
    _require_calendar(definition, earliest)
    return Survey(_sha256(path), len(refs), events, empty, duplicates)


def _require_calendar(definition: ItemDefinition, earliest: date | None) -> None:
    first = record_calendar(definition.calendar).first
    counts = any(limit.unit is DayUnit.WORKING_DAY for limit in definition.checks.time_limit)
    if counts and earliest is not None and earliest <= first:
        raise LogRefused(
            f"the log begins on {earliest}, before the working calendar ({first}): count CALENDAR_DAY, "
            "or give the definition `calendar: WEEKDAYS`",
            earliest=earliest.isoformat(),
        )


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
