"""The clocks and the order of a service complaint."""

from datetime import date, timedelta

import pytest
from complaints.domain import complaint as rules
from complaints.domain.complaint import (
    Complaint,
    ComplaintKind,
    ComplaintState,
    SubjectDecides,
    WrongState,
)
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.calendar import seed_calendar

CALENDAR = seed_calendar()
DAYS = st.dates(date(2026, 1, 1), date(2026, 11, 1))


def received(on: date, kind: ComplaintKind = ComplaintKind.BEHAVIOUR) -> Complaint:
    due = rules.accept_deadline(on, CALENDAR).due_on
    return Complaint(
        "cp_1", "D01", kind, "D01.HALL", "D01.wu-yan", None, on, None, ComplaintState.RECEIVED, due
    )


@given(DAYS, st.sampled_from(ComplaintKind))
def test_one_day_to_accept_then_five_or_ten_to_decide(on: date, kind: ComplaintKind) -> None:
    complaint = rules.accept(received(on, kind), "D01.fan-ke", on, CALENDAR)
    assert complaint.decide_due_on is not None
    assert CALENDAR.working_days_between(on, complaint.accept_due_on) == 1
    expected = 5 if kind is ComplaintKind.BEHAVIOUR else 10
    assert CALENDAR.working_days_between(on, complaint.decide_due_on) == expected


def test_dates_across_a_holiday() -> None:
    # Received on the last working day before Labour Day: accepted by 05-06, decided by 05-12.
    complaint = received(date(2026, 4, 30))
    assert complaint.accept_due_on == date(2026, 5, 6)
    accepted = rules.accept(complaint, "D01.fan-ke", date(2026, 5, 6), CALENDAR)
    assert accepted.decide_due_on == date(2026, 5, 12)


def test_every_step_needs_the_one_before() -> None:
    on = date(2026, 5, 18)
    first = received(on)
    with pytest.raises(WrongState):
        rules.decide(first, "D01.fan-ke", frozenset(), True, on)
    with pytest.raises(WrongState):
        rules.feed_back(first, True, on)
    accepted = rules.accept(first, "D01.fan-ke", on, CALENDAR)
    with pytest.raises(WrongState):
        rules.accept(accepted, "D01.fan-ke", on, CALENDAR)
    decided = rules.decide(accepted, "D01.fan-ke", frozenset(), False, on + timedelta(days=1))
    with pytest.raises(WrongState):
        rules.decide(decided, "D01.fan-ke", frozenset(), True, on)
    done = rules.feed_back(decided, False, on + timedelta(days=2))
    assert (done.state, done.substantiated, done.corrected) == (ComplaintState.FED_BACK, False, False)


@pytest.mark.parametrize(
    ("by", "units"), [("D01.wu-yan", frozenset[str]()), ("D01.x", frozenset({"D01.HALL"}))]
)
def test_neither_subject_nor_unit_decides(by: str, units: frozenset[str]) -> None:
    accepted = rules.accept(received(date(2026, 5, 18)), "D01.fan-ke", date(2026, 5, 18), CALENDAR)
    with pytest.raises(SubjectDecides):
        rules.decide(accepted, by, units, True, date(2026, 5, 19))
