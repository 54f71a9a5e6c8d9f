"""The clocks and the order of a sealed case."""

from dataclasses import replace
from datetime import date

import pytest
from complaints.domain import report as rules
from complaints.domain.complaint import WrongState
from complaints.domain.report import Disposition, NothingToTell, Outcome, Report
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.calendar import seed_calendar

CALENDAR = seed_calendar()
MAY_16 = date(2026, 5, 16)


def named(**changes: object) -> Report:
    due = rules.notice_due(True, False, MAY_16, CALENDAR)
    base = Report("sr_1", "D01", MAY_16, True, frozenset({"D01.ma-qing"}), notice_due_on=due)
    return replace(base, **changes)  # type: ignore[arg-type]


def test_scenario_3_dates() -> None:
    report = named()
    assert report.notice_due_on == date(2026, 6, 5)
    report = rules.dispose(report, Disposition.PRELIMINARY_VERIFICATION, date(2026, 5, 20))
    closed = rules.close(report, Outcome.PARTLY_SUBSTANTIATED, date(2026, 7, 10), CALENDAR)
    assert closed.result_due_on == date(2026, 7, 31)


@given(st.booleans(), st.booleans(), st.dates(date(2026, 1, 1), date(2026, 11, 1)))
def test_only_a_named_first_report_has_clocks(is_named: bool, repeat: bool, on: date) -> None:
    due = rules.notice_due(is_named, repeat, on, CALENDAR)
    assert (due is not None) == (is_named and not repeat)
    report = named(named=is_named, repeat_of="sr_0" if repeat else None, notice_due_on=due)
    if due is None:
        with pytest.raises(NothingToTell):
            rules.notify(report, on)
    disposed = rules.dispose(report, Disposition.TERMINATED, on)
    closed = rules.close(disposed, Outcome.UNSUBSTANTIATED, on, CALENDAR)
    assert (closed.result_due_on is not None) == (is_named and not repeat)


def test_a_case_is_disposed_before_it_is_closed_and_closed_once() -> None:
    with pytest.raises(WrongState):
        rules.close(named(), Outcome.SUBSTANTIATED, MAY_16, CALENDAR)
    disposed = rules.dispose(named(), Disposition.SUSPENDED, MAY_16)
    closed = rules.close(disposed, Outcome.SUBSTANTIATED, MAY_16, CALENDAR)
    with pytest.raises(WrongState):
        rules.close(closed, Outcome.SUBSTANTIATED, MAY_16, CALENDAR)
    with pytest.raises(WrongState):
        rules.dispose(closed, Disposition.TERMINATED, MAY_16)


def test_notices_are_sent_once() -> None:
    told = rules.notify(named(), MAY_16)
    with pytest.raises(WrongState):
        rules.notify(told, MAY_16)
    with pytest.raises(NothingToTell):
        rules.tell_result(told, MAY_16)
    closed = rules.close(
        rules.dispose(told, Disposition.TERMINATED, MAY_16), Outcome.UNSUBSTANTIATED, MAY_16, CALENDAR
    )
    with pytest.raises(WrongState):
        rules.tell_result(rules.tell_result(closed, MAY_16), MAY_16)


def test_a_repeat_joins_the_first_and_loses_its_notice() -> None:
    first, repeat = named(), named(id="sr_2")
    linked = rules.link(repeat, first)
    assert (linked.repeat_of, linked.notice_due_on) == ("sr_1", None)
    for one, other in ((first, first), (linked, first), (named(id="sr_3"), linked)):
        with pytest.raises(WrongState):
            rules.link(one, other)
