from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.clock import (
    SHANGHAI,
    FileClock,
    ManualClock,
    SystemClock,
    end_of_day,
    local_date,
    start_of_day,
)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_day_begins_and_ends_at_midnight_in_shanghai(day: date) -> None:
    assert start_of_day(day).astimezone(SHANGHAI).isoformat() == f"{day}T00:00:00+08:00"
    assert end_of_day(day) == start_of_day(day + timedelta(days=1))
    assert local_date(start_of_day(day)) == day
    assert local_date(end_of_day(day) - timedelta(microseconds=1)) == day


def test_an_evening_in_utc_is_the_next_day_in_shanghai() -> None:
    assert local_date(datetime(2026, 4, 30, 17, tzinfo=UTC)) == date(2026, 5, 1)


def test_processes_share_one_file_clock(tmp_path: Path) -> None:
    writer, reader = FileClock(tmp_path / "clock"), FileClock(tmp_path / "clock")
    writer.set(datetime(2026, 4, 1, 9, tzinfo=SHANGHAI))
    assert reader.now() == datetime(2026, 4, 1, 1, tzinfo=UTC)
    assert [file.name for file in tmp_path.iterdir()] == ["clock"]


def test_a_manual_clock_stands_still_until_moved() -> None:
    clock = ManualClock(datetime(2026, 4, 1, tzinfo=UTC))
    assert clock.now() == clock.now()
    clock.advance(timedelta(hours=1))
    assert clock.now() == datetime(2026, 4, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("clock", "settable"), [(SystemClock(), False), (ManualClock(datetime.now(UTC)), True)]
)
def test_only_clocks_of_tests_can_be_set(clock: SystemClock | ManualClock, settable: bool) -> None:
    assert clock.settable is settable
    assert clock.now().tzinfo is UTC
