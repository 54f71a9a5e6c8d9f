"""The counterfactual of a missed limit, and how late it is."""

from datetime import date

from case_flow.domain.incident import late_working_days, with_extension
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.calendar import seed_calendar
from plumbline_shared.deadline import DayUnit, DeadlineRule, due

CALENDAR = seed_calendar()


def limit(length: int, cap: int) -> DeadlineRule:
    return DeadlineRule("L", "1", DayUnit.WORKING_DAY, length, "citation", extension_cap=cap)


def test_with_an_approved_extension_scenario_1_was_due_on_the_day_of_its_approval() -> None:
    other = with_extension(limit(20, 10), date(2026, 4, 1), CALENDAR)
    assert other is not None
    assert (other.extension_days, other.would_be_due_on) == (10, date(2026, 5, 18))
    assert late_working_days(CALENDAR, date(2026, 4, 30), date(2026, 5, 18)) == 10
    assert late_working_days(CALENDAR, date(2026, 4, 30), date(2026, 5, 11)) == 5


def test_without_a_permitted_extension_there_is_no_counterfactual() -> None:
    assert with_extension(limit(20, 0), date(2026, 4, 1), CALENDAR) is None


@given(st.dates(date(2024, 1, 1), date(2026, 6, 1)), st.integers(1, 60), st.integers(1, 30))
def test_it_equals_the_deadline_with_the_extension(start: date, length: int, cap: int) -> None:
    other = with_extension(limit(length, cap), start, CALENDAR)
    assert other is not None
    assert other.would_be_due_on == due(limit(length, cap), start, CALENDAR, extension=cap).due_on
