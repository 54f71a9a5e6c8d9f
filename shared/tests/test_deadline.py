from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.calendar import seed_calendar
from plumbline_shared.deadline import DayUnit, DeadlineRule, Pause, add_days, due, overdue_by

CALENDAR = seed_calendar()
W, C = DayUnit.WORKING_DAY, DayUnit.CALENDAR_DAY


def rule(unit: DayUnit, length: int, cap: int = 0) -> DeadlineRule:
    return DeadlineRule("TEST", "1", unit, length, "行政许可法 Art 42", cap)


@pytest.mark.parametrize(
    ("unit", "start", "length", "expected"),
    [
        (W, "2026-04-01", 20, "2026-04-30"),
        (W, "2026-04-01", 30, "2026-05-18"),
        (W, "2026-05-20", 60, "2026-08-13"),
        (W, "2026-06-15", 5, "2026-06-23"),
        (W, "2026-09-18", 5, "2026-09-24"),
        (W, "2026-09-18", 10, "2026-10-09"),
        (W, "2026-10-09", 5, "2026-10-15"),
        (W, "2026-05-16", 15, "2026-06-05"),
        (C, "2026-06-03", 90, "2026-09-01"),
        (C, "2026-02-10", 15, "2026-02-25"),
        (C, "2026-02-25", 60, "2026-04-26"),
        (C, "2026-04-26", 30, "2026-05-26"),
    ],
)
def test_deadline_vectors(unit: DayUnit, start: str, length: int, expected: str) -> None:
    deadline = due(rule(unit, length), date.fromisoformat(start), CALENDAR)
    assert deadline.due_on == date.fromisoformat(expected)
    assert not deadline.provisional


@given(st.sampled_from(DayUnit), st.dates(date(2024, 1, 1), date(2026, 6, 1)), st.integers(1, 60))
def test_a_longer_limit_is_never_due_earlier(unit: DayUnit, start: date, length: int) -> None:
    assert (
        due(rule(unit, length + 1), start, CALENDAR).due_on > due(rule(unit, length), start, CALENDAR).due_on
    )


@given(st.integers(1, 30), st.integers(0, 20), st.integers(0, 20))
def test_a_pause_moves_the_due_date_by_what_it_took(length: int, begin: int, took: int) -> None:
    start = date(2026, 3, 2)
    pause = Pause(start + timedelta(days=begin), start + timedelta(days=begin + took), "hearing")
    paused = due(rule(W, length), start, CALENDAR, pauses=[pause])
    assert paused.paused_days == CALENDAR.working_days_between(pause.started_on, pause.ended_on)
    assert paused.due_on == add_days(CALENDAR, W, start, length + paused.paused_days).on


def test_overlapping_pauses_count_once() -> None:
    pauses = [Pause(date(2026, 4, 1), date(2026, 4, 3), "a"), Pause(date(2026, 4, 2), date(2026, 4, 8), "b")]
    assert due(rule(C, 10), date(2026, 4, 1), CALENDAR, pauses=pauses).paused_days == 7


def test_an_extension_is_capped() -> None:
    start = date(2026, 4, 1)
    assert due(rule(W, 20, cap=10), start, CALENDAR, extension=10).due_on == date(2026, 5, 18)
    with pytest.raises(ValueError, match="at most 10"):
        due(rule(W, 20, cap=10), start, CALENDAR, extension=11)


def test_the_eighteenth_of_may_is_exactly_ten_days_late() -> None:
    deadline = due(rule(W, 20), date(2026, 4, 1), CALENDAR)
    assert overdue_by(CALENDAR, deadline, date(2026, 5, 18)) == 10
    assert overdue_by(CALENDAR, deadline, date(2026, 4, 30)) == 0
