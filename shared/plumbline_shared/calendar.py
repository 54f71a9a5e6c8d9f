"""Working days as the State Council's notices have them, make-up working days included."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import chinese_calendar
from chinese_calendar.constants import holidays as _noticed_holidays

_FIRST_YEAR = 2020


@dataclass(frozen=True)
class Due:
    """A due date; `provisional` when it lies beyond the last year whose notice is known."""

    on: date
    provisional: bool


class WorkingCalendar:
    """A versioned calendar: known working days up to `horizon`, Monday to Friday beyond it (provisional).

    Working days are held as an ordered list, so every answer is a binary search.
    """

    def __init__(self, working_days: Iterable[date], *, first: date, horizon: date, version: str) -> None:
        self.version = version
        self.first = first
        self.horizon = horizon
        self._days = sorted(working_days)
        self._known = frozenset(self._days)

    def is_working(self, day: date) -> bool:
        """Whether `day` is a working day; beyond the horizon a guess by the day of the week."""
        self._refuse_before_first(day)
        return day in self._known if day <= self.horizon else day.weekday() < 5

    def add_working_days(self, start: date, days: int) -> Due:
        """The date `days` working days after `start`; the day of the start is not counted."""
        if days < 0:
            raise ValueError("days must not be negative")
        self._refuse_before_first(start)
        if days == 0:
            return Due(start, start > self.horizon)
        position = bisect_right(self._days, start) + days - 1
        if position < len(self._days):
            return Due(self._days[position], provisional=False)
        known_after_start = len(self._days) - bisect_right(self._days, start)
        return Due(_add_weekdays(max(start, self.horizon), days - known_after_start), provisional=True)

    def add_calendar_days(self, start: date, days: int) -> Due:
        """The date `days` calendar days after `start`."""
        if days < 0:
            raise ValueError("days must not be negative")
        on = start + timedelta(days=days)
        return Due(on, provisional=False)

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days lie in `(after, until]`; 0 when `until` is not later."""
        if until <= after:
            return 0
        self._refuse_before_first(after)
        known = bisect_right(self._days, until) - bisect_right(self._days, after)
        return known + _weekdays_between(max(after, self.horizon), until)

    def next_working_day(self, day: date) -> date:
        """`day` itself if it is a working day, else the first one after it."""
        return day if self.is_working(day) else self.add_working_days(day, 1).on

    def working_days(self) -> tuple[date, ...]:
        """Every known working day, in order."""
        return tuple(self._days)

    def _refuse_before_first(self, day: date) -> None:
        if day < self.first:
            raise ValueError(f"the calendar {self.version} begins on {self.first}")


def _add_weekdays(start: date, days: int) -> date:
    day = start
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def _weekdays_between(after: date, until: date) -> int:
    if until <= after:
        return 0
    weeks, rest = divmod((until - after).days, 7)
    return weeks * 5 + sum((after + timedelta(days=day)).weekday() < 5 for day in range(1, rest + 1))


@cache
def seed_calendar() -> WorkingCalendar:
    """The calendar of the published State Council notices, from the package `chinesecalendar`.

    Its last year is the horizon; the directory's versioned table replaces it once a bureau has loaded one.
    """
    first, horizon = date(_FIRST_YEAR, 1, 1), date(max(day.year for day in _noticed_holidays), 12, 31)
    days = (first + timedelta(days=offset) for offset in range((horizon - first).days + 1))
    working = (day for day in days if chinese_calendar.is_workday(day))
    return WorkingCalendar(working, first=first, horizon=horizon, version=f"state-council-{horizon.year}")
