"""Rounds of audits, squads, departures of assessments, milder forms for who reported the own fault."""

from datetime import date, timedelta

import pytest
from case_flow.domain.assessment import departure
from case_flow.domain.liability import Form, mitigated
from case_flow.domain.scheduled_audit import AuditTeam, check_team, period_of
from case_flow.domain.squad import SquadComposition, check_squad
from hypothesis import given
from hypothesis import strategies as st

KINDS = {"LEGAL": ("L",), "DISCIPLINE": ("D",), "AUDIT": (), "OFFICE": ("T1", "T2")}
WHOLE = {"a": ("L",), "b": ("D",), "c": ("T2",)}


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from([1, 2, 3, 4, 6, 12]))
def test_rounds_fill_the_year_without_gap_or_overlap(day: date, months: int) -> None:
    period = period_of(day, months)
    assert period.first <= day <= period.last
    assert period.first.day == 1
    assert (period.first.month - 1) % months == 0
    following = period_of(period.last + timedelta(days=1), months)
    assert following.first == period.last + timedelta(days=1)
    assert period_of(period.last, months) == period


def test_a_quarter_and_a_half_year() -> None:
    assert period_of(date(2026, 5, 31), 3).last == date(2026, 6, 30)
    assert period_of(date(2026, 5, 31), 6).first == date(2026, 1, 1)


def test_a_squad_has_somebody_of_every_kind_of_unit() -> None:
    check_squad(WHOLE, KINDS, WHOLE)
    for missing in WHOLE:
        fewer = {who: units for who, units in WHOLE.items() if who != missing}
        with pytest.raises(SquadComposition):
            check_squad(fewer, KINDS, WHOLE)
    with pytest.raises(SquadComposition):
        check_squad(WHOLE, KINDS, {"a", "b"})


def test_nobody_audits_the_own_unit_or_alone() -> None:
    check_team({"a": ("L",), "b": ("D",)}, ["T1"])
    for team, scope in (({"a": ("L",)}, ["T1"]), ({"a": ("L",), "b": ("T1",)}, ["T1"])):
        with pytest.raises(AuditTeam):
            check_team(team, scope)


@pytest.mark.parametrize(
    ("electronic", "manual", "percent"),
    [
        (1000, 1000, 0),
        (1000, 1200, 20),
        (1000, 1201, 21),
        (1000, 800, 20),
        (1000, 0, 100),
        (0, 0, 0),
        (0, 5, 100),
    ],
)
def test_a_departure_in_percent_is_rounded_up(electronic: int, manual: int, percent: int) -> None:
    assert departure(electronic, manual) == percent


@given(st.sampled_from(Form))
def test_a_mitigated_form_is_one_step_milder_and_never_nothing(form: Form) -> None:
    order = tuple(Form)
    if form in (Form.NONE, Form.CRITICISM_EDUCATION):
        assert mitigated(form) is form
    else:
        assert order.index(mitigated(form)) == order.index(form) - 1
