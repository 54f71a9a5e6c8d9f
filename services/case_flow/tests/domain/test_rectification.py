"""Rectification: states, acceptors, and when overdue blocks are full."""

from datetime import date, timedelta

import pytest
from case_flow.domain.rectification import (
    NEXT,
    AcceptorIsRectifier,
    RectificationOrder,
    RectificationState,
    RectificationStateRefused,
    check_acceptor,
    move,
    next_block,
    overdue_from,
)
from case_flow.rules import CONTROL_RULES
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.calendar import seed_calendar
from plumbline_shared.clock import end_of_day, start_of_day

BLOCK = CONTROL_RULES.shipped().limits.rectify_block
CALENDAR = seed_calendar()
dues = st.dates(date(2024, 1, 1), date(2026, 9, 30))


def order(due_on: date, blocks: int | None) -> RectificationOrder:
    return RectificationOrder(
        id="o",
        bureau_id="D01",
        incident_id=None,
        unit_id="D01.TO-5",
        subject="s",
        demand="d",
        state=RectificationState.RETURNED,
        issued_by="i",
        issued_on=due_on,
        due_on=due_on,
        provisional=False,
        blocks=blocks,
    )


def test_the_dates_of_scenario_6() -> None:
    due_on = date(2026, 7, 17)
    assert overdue_from(due_on, BLOCK, 0, CALENDAR) == start_of_day(date(2026, 7, 18))
    assert overdue_from(due_on, BLOCK, 1, CALENDAR) == start_of_day(date(2026, 7, 25))


@given(dues, st.integers(1, 12))
def test_a_block_is_five_working_days(due_on: date, blocks: int) -> None:
    at = overdue_from(due_on, BLOCK, blocks, CALENDAR)
    assert at > overdue_from(due_on, BLOCK, blocks - 1, CALENDAR)
    full = CALENDAR.add_working_days(due_on, 5 * blocks).on
    assert at == end_of_day(full)
    assert CALENDAR.working_days_between(due_on, full) == 5 * blocks


@given(dues, st.none() | st.integers(0, 5), st.integers(0, 60))
def test_the_next_notice_is_new_and_never_in_the_past(due_on: date, blocks: int | None, days: int) -> None:
    now = start_of_day(due_on + timedelta(days=days))
    following = next_block(order(due_on, blocks), BLOCK, CALENDAR, now)
    assert following > (-1 if blocks is None else blocks)
    assert following == 0 or overdue_from(due_on, BLOCK, following, CALENDAR) > now


@given(st.text(), st.text(), st.frozensets(st.sampled_from(["u1", "u2"])), st.sampled_from(["u1", "u2"]))
def test_the_acceptor_is_neither_the_rectifier_nor_of_the_unit(
    acceptor: str, rectifier: str, units: frozenset[str], unit: str
) -> None:
    if acceptor == rectifier or unit in units:
        with pytest.raises(AcceptorIsRectifier):
            check_acceptor(acceptor, units, rectifier, unit)
    else:
        check_acceptor(acceptor, units, rectifier, unit)


@given(st.sampled_from(RectificationState), st.sampled_from(RectificationState))
def test_only_listed_moves_are_possible(state: RectificationState, to: RectificationState) -> None:
    if to in NEXT[state]:
        assert move(state, to) is to
    else:
        with pytest.raises(RectificationStateRefused):
            move(state, to)
