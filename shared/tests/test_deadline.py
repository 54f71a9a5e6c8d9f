from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.calendar import seed_calendar
from plumbline_shared.deadline import DayUnit, DeadlineRule, Pause, add_days, due, overdue_by

CALENDAR = seed_calendar()
W, C = DayUnit.WORKING_DAY, DayUnit.CALENDAR_DAY
UNITS = st.sampled_from(DayUnit)
STARTS = st.dates(date(2024, 1, 1), date(2026, 10, 31))


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


@given(st.integers(21, 40), st.integers(0, 20), st.integers(0, 20))
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


@pytest.mark.parametrize(
    ("unit", "start", "length", "expected"),
    [
        (C, "2024-02-28", 1, "2024-02-29"),
        (C, "2024-02-29", 1, "2024-03-01"),
        (C, "2025-02-28", 1, "2025-03-01"),
        (C, "2024-02-29", 366, "2025-03-01"),
        (C, "2026-01-31", 28, "2026-02-28"),
        (C, "2026-08-31", 30, "2026-09-30"),
        (C, "2026-12-31", 1, "2027-01-01"),
        (W, "2024-02-28", 1, "2024-02-29"),
        (W, "2024-02-29", 1, "2024-03-01"),
        (W, "2026-02-27", 1, "2026-02-28"),
        (W, "2026-04-30", 1, "2026-05-06"),
        (W, "2024-02-03", 1, "2024-02-04"),
        (W, "2024-02-09", 1, "2024-02-18"),
        (W, "2025-12-31", 1, "2026-01-04"),
        (W, "2026-09-18", 1, "2026-09-20"),
        (W, "2026-09-19", 1, "2026-09-20"),
    ],
)
def test_month_ends_leap_days_and_make_up_sundays(
    unit: DayUnit, start: str, length: int, expected: str
) -> None:
    assert due(rule(unit, length), date.fromisoformat(start), CALENDAR).due_on == date.fromisoformat(expected)


@given(UNITS, STARTS, st.integers(1, 40), st.integers(0, 15))
def test_the_day_of_the_start_is_not_counted_and_the_last_day_is(
    unit: DayUnit, start: date, length: int, extension: int
) -> None:
    day, counted = start, 0
    while counted < length + extension:
        day += timedelta(days=1)
        counted += unit is C or CALENDAR.is_working(day)
    found = due(rule(unit, length, cap=15), start, CALENDAR, extension=extension)
    assert (found.due_on, found.extension_days) == (day, extension)
    assert overdue_by(CALENDAR, found, found.due_on) == 0


@given(
    UNITS,
    STARTS,
    st.integers(1, 30),
    st.lists(st.tuples(st.integers(1, 12), st.integers(0, 25)), max_size=4),
)
def test_days_of_a_pause_are_not_counted_and_no_limit_ends_within_one(
    unit: DayUnit, start: date, length: int, stretches: list[tuple[int, int]]
) -> None:
    """The oracle crosses out days on a wall calendar: the clock runs some days, then stands some days, and so on."""

    def counts(day: date) -> bool:
        return unit is C or CALENDAR.is_working(day)

    day, left, pauses = start, length, list[Pause]()
    for runs, stands in [*stretches, (length + 60, 0)]:
        while runs and left:
            day, runs = day + timedelta(days=1), runs - 1
            left -= counts(day)
        if runs:
            break
        pauses.append(Pause(day, day + timedelta(days=stands), "HEARING"))
        day += timedelta(days=stands)
        left = left or int(not counts(day))
    found = due(rule(unit, length), start, CALENDAR, pauses=pauses)
    assert found.due_on == day
    assert all(one.ended_on <= found.due_on for one in pauses)


def test_a_limit_paused_on_its_last_day_and_resumed_on_a_day_off_ends_on_the_next_working_day() -> None:
    friday, sunday, monday = date(2026, 4, 10), date(2026, 4, 12), date(2026, 4, 13)
    limit = rule(W, 3)
    assert due(limit, date(2026, 4, 7), CALENDAR).due_on == friday
    assert due(limit, date(2026, 4, 7), CALENDAR, pauses=[Pause(friday, sunday, "x")]).due_on == monday
