from datetime import date, datetime

import pytest
from directory.domain.cells import BadCell, plain, value_of
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.parts import UnitKind


@pytest.mark.parametrize(
    ("cell", "kind", "expected"),
    [
        ("D01", str, "D01"),
        (7, str, "7"),
        ("section", UnitKind, UnitKind.SECTION),
        ("2026-03-09", date, date(2026, 3, 9)),
        (date(2026, 3, 9), date | None, date(2026, 3, 9)),
        ("是", bool, True),
        ("No", bool, False),
        (True, bool, True),
        (2, int, 2),
        ("legal，policy; hr", frozenset[str], {"LEGAL", "POLICY", "HR"}),
    ],
)
def test_a_cell_becomes_what_its_column_needs(cell: object, kind: object, expected: object) -> None:
    assert value_of(cell, kind) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("2026-02-30", date),
        ("09.03.2026", date),
        ("TEAM", UnitKind),
        ("perhaps", bool),
        ("0", int),
        ("-1", int),
        (1.5, int),
    ],
)
def test_a_cell_that_does_not_fit_says_what_to_write(cell: object, kind: object) -> None:
    with pytest.raises(BadCell, match="use"):
        value_of(cell, kind)  # type: ignore[arg-type]


def test_the_accidents_of_spreadsheets_are_taken_off() -> None:
    assert plain("  ") is None
    assert plain(" D01 ") == "D01"
    assert plain(3.0) == 3
    assert plain(datetime(2026, 3, 9)) == date(2026, 3, 9)  # noqa: DTZ001


@given(st.dates())
def test_every_date_reads_back_from_its_text(day: date) -> None:
    assert value_of(day.isoformat(), date) == day
