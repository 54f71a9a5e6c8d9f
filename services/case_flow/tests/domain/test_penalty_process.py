"""Penalties: limitation, surcharge, and what a decision may not be made without (§6.3)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from case_flow.domain.discretion import Authority, Party, Penalty, Procedure
from case_flow.domain.penalty_process import (
    Case,
    PenaltyAct,
    Process,
    Recorded,
    decision_fault,
    limitation_passed,
    surcharge,
    years_after,
)
from hypothesis import given
from hypothesis import strategies as st

AT = datetime(2026, 6, 8, tzinfo=UTC)
TODAY = date(2026, 6, 20)
days = st.dates(date(2000, 1, 1), date(2040, 12, 31))


def act(kind: PenaltyAct, *, fen: int | None = None, agrees: bool | None = None) -> Recorded:
    return Recorded("pa", "mt", "D01", kind, date(2026, 6, 8), "x", AT, amount_fen=fen, agrees=agrees)


def case(fen: int = 5000, procedure: Procedure = Procedure.ORDINARY, **more: bool) -> Case:
    penalty = Penalty(
        "mt",
        "D01",
        "P",
        Party.ORGANISATION,
        "T",
        0,
        0,
        9000,
        fen,
        procedure,
        Authority.BUREAU,
        False,
        "p",
        AT,
    )
    return Case(penalty, TODAY, date(2026, 6, 11), more.get("complex", False), more.get("major", False))


NOTICE = act(PenaltyAct.NOTICE, fen=5000)
SAID = act(PenaltyAct.STATEMENT)
ASKED, HELD = act(PenaltyAct.HEARING_REQUESTED), act(PenaltyAct.HEARING_HELD)
YES, NO = act(PenaltyAct.REVIEW, agrees=True), act(PenaltyAct.REVIEW, agrees=False)


@pytest.mark.parametrize(
    ("acts", "of", "code"),
    [
        ((), case(), "NOTICE_MISSING_TO_PARTY"),
        ((), case(procedure=Procedure.SUMMARY), None),
        ((NOTICE,), case(), None),
        ((NOTICE, SAID), case(), None),
        ((NOTICE, SAID), case(5001), "HEAVIER_AFTER_DEFENCE"),
        ((NOTICE, SAID, act(PenaltyAct.NOTICE, fen=9000)), case(9000), "HEAVIER_AFTER_DEFENCE"),
        ((NOTICE,), case(5001), None),
        ((NOTICE, ASKED), case(procedure=Procedure.HEARING), "HEARING_NOT_HELD"),
        ((NOTICE, ASKED, HELD), case(procedure=Procedure.HEARING), "LEGAL_REVIEW_MISSING"),
        ((NOTICE, ASKED, HELD, NO), case(procedure=Procedure.HEARING), "LEGAL_REVIEW_MISSING"),
        ((NOTICE, ASKED, HELD, NO, YES), case(procedure=Procedure.HEARING), None),
        ((NOTICE, ASKED, HELD, YES, NO), case(procedure=Procedure.HEARING), "LEGAL_REVIEW_MISSING"),
        ((NOTICE,), case(complex=True), "LEGAL_REVIEW_MISSING"),
        ((NOTICE,), case(major=True), "LEGAL_REVIEW_MISSING"),
        ((NOTICE, YES), case(major=True), None),
    ],
)
def test_what_a_decision_lacks(acts: tuple[Recorded, ...], of: Case, code: str | None) -> None:
    found = decision_fault(Process(acts), of)
    assert (found[0] if found else None) == code


@pytest.mark.parametrize(("today", "open_"), [(date(2026, 6, 11), True), (date(2026, 6, 12), False)])
def test_the_time_for_a_statement_includes_its_last_day(today: date, open_: bool) -> None:
    waiting = Case(case().penalty, today, date(2026, 6, 11), complex=False, major=False)
    assert (decision_fault(Process((NOTICE,)), waiting) is not None) is open_


@given(days, st.integers(-30, 30))
def test_five_years_after_its_end_a_violation_is_not_punished(ended: date, shift: int) -> None:
    last = years_after(ended, 5)
    assert limitation_passed(ended, last + timedelta(days=shift), 5) is (shift > 0)
    assert not limitation_passed(None, last + timedelta(days=shift), 5)


def test_five_years_after_a_leap_day_end_on_the_28th() -> None:
    assert years_after(date(2020, 2, 29), 5) == date(2025, 2, 28)
    assert years_after(date(2020, 2, 29), 4) == date(2024, 2, 29)


@given(st.integers(1, 10**9), st.integers(-10, 400))
def test_the_surcharge_is_three_percent_a_day_and_never_more_than_the_fine(fine: int, late: int) -> None:
    added = surcharge(fine, fine, late, 3)
    assert added == (min(fine, fine * 3 * late // 100) if late > 0 else 0)
    assert surcharge(fine, 0, late, 3) == 0
    assert added <= surcharge(fine, fine, late + 1, 3) <= fine
