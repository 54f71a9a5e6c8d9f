"""Calendars to test with: the seed's days with some changed, as the directory publishes them."""

from collections.abc import Mapping
from datetime import date, timedelta

from plumbline_contracts.directory.v1 import CalendarPublished
from plumbline_shared.calendar import seed_calendar

SEED = seed_calendar()


def calendar_published(
    version: str, changed: Mapping[date, bool], horizon: date = SEED.horizon, bureau_id: str = "D01"
) -> CalendarPublished:
    """The seed's days up to `horizon` with the changed ones: True is a working day."""
    days = (SEED.first + timedelta(days=offset) for offset in range((horizon - SEED.first).days + 1))
    event = CalendarPublished(
        bureau_id=bureau_id, version=version, first_day=SEED.first.isoformat(), horizon=horizon.isoformat()
    )
    for day in days:
        working = changed.get(day, SEED.is_working(day))
        if working != (day.weekday() < 5):
            event.exceptions.add(on=day.isoformat(), working=working)
    return event
