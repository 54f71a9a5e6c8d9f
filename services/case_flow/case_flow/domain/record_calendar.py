"""Working days for records, which may be older than any bureau's calendar, or of another country."""

from datetime import date, timedelta
from enum import StrEnum
from functools import cache

import chinese_calendar
from chinese_calendar.constants import holidays
from plumbline_shared.calendar import WorkingCalendar

_FIRST, _LAST = date(1970, 1, 1), date(2099, 12, 31)


class RecordCalendar(StrEnum):
    """STATE_COUNCIL: the published notices, from 2004 on. WEEKDAYS: Monday to Friday, without holidays."""

    STATE_COUNCIL = "STATE_COUNCIL"
    WEEKDAYS = "WEEKDAYS"


@cache
def record_calendar(kind: RecordCalendar) -> WorkingCalendar:
    """The calendar that the time limits of a record count by."""
    if kind is RecordCalendar.WEEKDAYS:
        days = (day for day in _days(_FIRST, _LAST) if day.weekday() < 5)
        return WorkingCalendar(days, first=_FIRST, horizon=_LAST, version="weekdays")
    years = {day.year for day in holidays}
    first, horizon = date(min(years), 1, 1), date(max(years), 12, 31)
    days = (day for day in _days(first, horizon) if chinese_calendar.is_workday(day))
    return WorkingCalendar(days, first=first, horizon=horizon, version=f"state-council-{horizon.year}")


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
