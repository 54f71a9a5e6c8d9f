"""A working calendar as data: the Monday-to-Friday week and the days that differ from it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from plumbline_shared.calendar import WorkingCalendar


@dataclass(frozen=True)
class CalendarData:
    """A calendar between two days: weekdays in `off_days` are free, weekend days in `made_up_days` are worked."""

    version: str
    first_day: date
    horizon: date
    off_days: frozenset[date]
    made_up_days: frozenset[date]


def working_calendar(data: CalendarData) -> WorkingCalendar:
    """The calendar that deadlines are computed with."""
    days = (
        day for day in _days(data.first_day, data.horizon) if _works(day, data.off_days, data.made_up_days)
    )
    return WorkingCalendar(days, first=data.first_day, horizon=data.horizon, version=data.version)


def calendar_data(calendar: WorkingCalendar) -> CalendarData:
    """The days of a calendar that differ from the Monday-to-Friday week."""
    days = list(_days(calendar.first, calendar.horizon))
    return CalendarData(
        calendar.version,
        calendar.first,
        calendar.horizon,
        frozenset(day for day in days if day.weekday() < 5 and not calendar.is_working(day)),
        frozenset(day for day in days if day.weekday() >= 5 and calendar.is_working(day)),
    )


def _works(day: date, off: Collection[date], made_up: Collection[date]) -> bool:
    return day in made_up or (day.weekday() < 5 and day not in off)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]
