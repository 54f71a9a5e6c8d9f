"""Clocks of a matter: the dates of scenario 1 and of requirements §9.3, and what holds for all dates."""

from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

import pytest
from case_flow.domain import clock, errors
from case_flow.domain.matter import Matter, Suspension
from case_flow.domain.parsing import parse
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.calendar import seed_calendar
from plumbline_shared.clock import SHANGHAI, end_of_day
from plumbline_shared.deadline import DayUnit

ITEMS = files("case_flow").joinpath("items")
RELIEF = parse(ITEMS.joinpath("relief_approval.yaml").read_text(encoding="utf-8"))
PENALTY = parse(ITEMS.joinpath("registration_penalty.yaml").read_text(encoding="utf-8"))
CALENDAR = seed_calendar()
STARTS = st.dates(date(2024, 1, 1), date(2026, 10, 31))


def matter(accepted_on, due_on=None, **changes):
    at = datetime(accepted_on.year, accepted_on.month, accepted_on.day, 9, tzinfo=SHANGHAI)
    return Matter(
        id="mt", bureau_id="D01", case_ref="r", item_code="I", item_version=1, item_hash="h", title="t",
        unit_id="u", people=(), units=(), accepted_at=at, accepted_on=accepted_on, due_on=due_on,
    ).change(**changes)  # fmt: skip


def test_the_dates_of_scenario_1():
    start = date(2026, 4, 1)
    assert clock.deadline(RELIEF, matter(start), CALENDAR).due_on == date(2026, 4, 30)
    assert clock.deadline(RELIEF, matter(start), CALENDAR, extension=10).due_on == date(2026, 5, 18)
    assert [one.on.isoformat() for one in clock.stage_dues(RELIEF, matter(start), CALENDAR)] == [
        "2026-04-03", "2026-04-16", "2026-04-23", "2026-04-30",
    ]  # fmt: skip
    local = [one.at.astimezone(SHANGHAI) for one in clock.alert_times(RELIEF, date(2026, 4, 30), CALENDAR)]
    assert [f"{one:%m-%d %H:%M}" for one in local] == ["04-23 00:00", "04-28 00:00", "05-01 00:00"]
    assert clock.late_days(RELIEF, matter(start, date(2026, 4, 30)), date(2026, 5, 18), CALENDAR) == 10


def test_a_penalty_counts_calendar_days():
    assert clock.deadline(PENALTY, matter(date(2026, 6, 3)), CALENDAR).due_on == date(2026, 9, 1)


@given(STARTS)
def test_the_last_stage_is_due_with_the_matter(start):
    stages = clock.stage_dues(RELIEF, matter(start), CALENDAR)
    assert stages[-1].on == clock.deadline(RELIEF, matter(start), CALENDAR).due_on
    assert list(stages) == sorted(stages, key=lambda one: one.on)


@given(STARTS, st.integers(1, 30))
def test_days_before_leaves_exactly_that_many_days(on, days):
    on = CALENDAR.next_working_day(on)
    before = clock.days_before(CALENDAR, DayUnit.WORKING_DAY, on, days)
    assert CALENDAR.is_working(before)
    assert CALENDAR.working_days_between(before, on) == days
    assert clock.days_before(CALENDAR, DayUnit.CALENDAR_DAY, on, days) == on - timedelta(days=days)


@given(STARTS, st.integers(0, 60))
def test_late_is_zero_until_the_due_date_and_grows_after(start, later):
    due_on = clock.deadline(RELIEF, matter(start), CALENDAR).due_on
    one = matter(start, due_on)
    assert clock.late_days(RELIEF, one, due_on, CALENDAR) == 0
    late = [
        clock.late_days(RELIEF, one, due_on + timedelta(days=days), CALENDAR) for days in (later, later + 1)
    ]
    assert late[0] <= late[1] <= late[0] + 1


@given(STARTS, st.integers(-2, 15), st.text(max_size=5), st.integers(-3, 3), st.booleans())
def test_an_extension_is_one_capped_reasoned_and_in_time(start, days, reasons, hours, extended):
    due_on = clock.deadline(RELIEF, matter(start), CALENDAR).due_on
    one = matter(start, due_on, extension_days=5 if extended else 0)
    now = end_of_day(due_on) + timedelta(hours=hours)
    allowed = not extended and 0 < days <= 10 and bool(reasons.strip()) and hours < 0
    try:
        clock.require_extension(RELIEF, one, days, reasons, now)
    except errors.ExtensionRefused:
        assert not allowed
    else:
        assert allowed


def test_an_item_without_extension_knows_none():
    with pytest.raises(errors.ExtensionRefused):
        clock.require_extension(
            PENALTY, matter(date(2026, 6, 3), date(2026, 9, 1)), 5, "x", datetime(2026, 6, 4, tzinfo=UTC)
        )


def test_a_local_date_is_that_of_the_place():
    record = parse(ITEMS.joinpath("receipt_wabo.yaml").read_text(encoding="utf-8"))
    late_evening = datetime(2011, 7, 1, 22, 30, tzinfo=UTC)
    assert clock.local_day(record, late_evening, live=False) == date(2011, 7, 2)
    assert clock.local_day(RELIEF, late_evening, live=True) == date(2011, 7, 2)
    assert clock.local_day(RELIEF, late_evening, live=False) == date(2011, 7, 1)


@given(STARTS, st.integers(1, 15), st.integers(0, 20))
def test_a_pause_moves_the_due_date_by_the_days_it_lasted(start, after, length):
    start = CALENDAR.next_working_day(start)
    paused_on = start + timedelta(days=after)
    resumed_on = paused_on + timedelta(days=length)
    one = matter(
        start, date(2030, 1, 1), suspension=Suspension(started_on=paused_on, reason="HEARING"), step="review"
    )
    now = clock.resumed(RELIEF, one, resumed_on, CALENDAR)
    days = CALENDAR.working_days_between(paused_on, resumed_on)
    assert now.due_on == CALENDAR.add_working_days(start, 20 + days).on
    assert now.stage_due_on == CALENDAR.add_working_days(start, 15 + days).on
    assert clock.deadline(RELIEF, now, CALENDAR).paused_days == days
    assert clock.late_days(RELIEF, now, now.due_on, CALENDAR) == 0


@pytest.mark.parametrize(
    ("reason", "notice", "hours", "changes"),
    [
        ("LUNCH", "letter 7", -1, {}),
        ("HEARING", " ", -1, {}),
        ("HEARING", "letter 7", 0, {}),
        (
            "HEARING",
            "letter 7",
            -1,
            {"suspension": Suspension(started_on=date(2026, 4, 2), reason="HEARING")},
        ),
        ("HEARING", "letter 7", -1, {"due_on": None}),
    ],
)
def test_a_pause_needs_a_known_reason_told_in_time_and_once(reason, notice, hours, changes):
    due_on = date(2026, 4, 30)
    one = matter(date(2026, 4, 1), due_on)
    now = end_of_day(due_on) + timedelta(hours=hours)
    assert (
        clock.require_pausable(RELIEF, one, "HEARING", "letter 7", now - timedelta(hours=1)).code == "HEARING"
    )
    with pytest.raises(errors.PauseRefused):
        clock.require_pausable(RELIEF, one.change(**changes), reason, notice, now)


def test_what_runs_cannot_be_resumed():
    with pytest.raises(errors.PauseRefused):
        clock.resumed(RELIEF, matter(date(2026, 4, 1), date(2026, 4, 30)), date(2026, 4, 3), CALENDAR)
