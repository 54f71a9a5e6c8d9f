from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.calendar import WorkingCalendar, seed_calendar

CALENDAR = seed_calendar()
DAYS = st.dates(date(2021, 1, 1), CALENDAR.horizon + timedelta(days=400))
LENGTHS = st.integers(0, 90)


@pytest.mark.parametrize(
    "day", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
)
def test_make_up_days_of_2026_are_working_days(day: str) -> None:
    assert CALENDAR.is_working(date.fromisoformat(day))
    assert date.fromisoformat(day).weekday() >= 5


@pytest.mark.parametrize("day", ["2026-05-01", "2026-05-04", "2026-06-19", "2026-09-25", "2026-10-01"])
def test_holidays_of_2026_are_not(day: str) -> None:
    assert not CALENDAR.is_working(date.fromisoformat(day))


@given(DAYS, LENGTHS)
def test_counting_is_the_inverse_of_adding(start: date, days: int) -> None:
    assert CALENDAR.working_days_between(start, CALENDAR.add_working_days(start, days).on) == days


@given(DAYS, LENGTHS)
def test_a_working_deadline_grows_and_falls_on_working_days(start: date, days: int) -> None:
    due, later = CALENDAR.add_working_days(start, days + 1), CALENDAR.add_working_days(start, days + 2)
    assert start < due.on < later.on
    assert CALENDAR.is_working(due.on)


@given(DAYS, st.integers(0, 400))
def test_beyond_the_last_notice_a_date_is_provisional(start: date, days: int) -> None:
    due = CALENDAR.add_working_days(start, days)
    assert due.provisional == (due.on > CALENDAR.horizon)


@given(DAYS, st.integers(0, 60))
def test_adding_agrees_with_counting_day_by_day(start: date, days: int) -> None:
    day, left = start, days
    while left:
        day += timedelta(days=1)
        left -= CALENDAR.is_working(day)
    assert CALENDAR.add_working_days(start, days).on == day


def test_a_bureau_can_bring_its_own_calendar() -> None:
    days = [date(2026, 4, 1), date(2026, 4, 5)]
    own = WorkingCalendar(days, first=date(2026, 1, 1), horizon=date(2026, 12, 31), version="own-2")
    assert own.add_working_days(date(2026, 4, 1), 1).on == date(2026, 4, 5)
    assert own.next_working_day(date(2026, 4, 2)) == date(2026, 4, 5)


def test_a_date_before_the_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="begins on"):
        CALENDAR.add_working_days(date(2001, 1, 1), 1)
