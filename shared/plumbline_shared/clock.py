"""The one clock. Instants are aware and in UTC; dates are those of Asia/Shanghai."""

import os
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Where every "now" comes from."""

    settable: bool

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own time: the only clock of production."""

    settable = False

    def now(self) -> datetime:
        return datetime.now(UTC)


class ManualClock:
    """A clock that stands still until a test moves it."""

    settable = True

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def set(self, instant: datetime) -> None:
        self._now = instant.astimezone(UTC)

    def advance(self, step: timedelta) -> None:
        self._now += step


class FileClock:
    """One clock for many processes: an ISO 8601 instant in a file. For the demonstration and tests only."""

    settable = True

    def __init__(self, path: Path) -> None:
        self._path = path

    def now(self) -> datetime:
        return datetime.fromisoformat(self._path.read_text(encoding="ascii").strip()).astimezone(UTC)

    def set(self, instant: datetime) -> None:
        """Move the clock for every reader at once: the file is replaced, never half written."""
        draft = self._path.with_suffix(f".{os.getpid()}")
        draft.write_text(instant.astimezone(UTC).isoformat(), encoding="ascii")
        draft.replace(self._path)


def local_date(instant: datetime) -> date:
    """The date in Asia/Shanghai on which `instant` falls."""
    return instant.astimezone(SHANGHAI).date()


def today(clock: Clock) -> date:
    """The date in Asia/Shanghai now."""
    return local_date(clock.now())


def start_of_day(day: date) -> datetime:
    """00:00 of `day` in Asia/Shanghai, in UTC."""
    return datetime.combine(day, time.min, SHANGHAI).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """24:00 of `day` in Asia/Shanghai, in UTC: the instant from which a deadline of that day is overdue."""
    return start_of_day(day + timedelta(days=1))
