"""Where an assignment stands, and how much of a batch is overdue in each unit."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from education.domain.assignment import AssignmentClosed, Status, UnitShare, WrongKind, shares
from education.domain.curriculum import Kind
from education.testing import assignment
from hypothesis import given
from hypothesis import strategies as st

DUE = date(2026, 3, 23)
DONE = datetime(2026, 3, 20, tzinfo=UTC)


@given(st.integers(-400, 400))
def test_overdue_begins_the_day_after_the_due_date(days: int) -> None:
    expected = Status.OVERDUE if days > 0 else Status.OPEN
    assert assignment(due_on=DUE).status(DUE + timedelta(days=days)) is expected


@given(st.dates(), st.sampled_from(["completed_at", "waived_at"]))
def test_what_is_closed_is_never_overdue(today: date, how: str) -> None:
    closed = replace(assignment(due_on=DUE), **{how: DONE})
    assert closed.status(today) in {Status.COMPLETED, Status.WAIVED}
    with pytest.raises(AssignmentClosed):
        closed.require_open(Kind.LESSON)


def test_a_lesson_is_not_signed_and_a_pledge_not_answered() -> None:
    with pytest.raises(WrongKind, match="pass its quiz"):
        assignment(kind=Kind.LESSON).require_open(Kind.PLEDGE)
    with pytest.raises(WrongKind, match="sign it"):
        assignment(kind=Kind.PLEDGE).require_open(Kind.LESSON)


def test_the_share_is_counted_per_unit() -> None:
    done = replace(assignment("ea_2", "yuan-qi"), completed_at=DONE)
    elsewhere = replace(assignment("ea_3", "hou-jie", "TO-6"), completed_at=DONE)
    batch = [assignment("ea_1"), done, elsewhere]
    assert shares(batch, DUE) == []
    assert shares(batch, DUE + timedelta(days=1)) == [UnitShare("D01.TO-7", total=2, overdue=1)]


def test_a_waived_assignment_counts_neither_way() -> None:
    batch = [assignment("ea_1"), replace(assignment("ea_2", "yuan-qi"), waived_at=DONE)]
    assert shares(batch, DUE + timedelta(days=1)) == [UnitShare("D01.TO-7", total=1, overdue=1)]


STATES = st.sampled_from(["open", "completed_at", "waived_at"])


@given(st.lists(st.tuples(st.sampled_from(["TO-1", "TO-2", "TO-3"]), STATES), max_size=30))
def test_shares_add_up(rows: list[tuple[str, str]]) -> None:
    batch = [
        replace(assignment(f"ea_{n}", unit=unit), **({} if state == "open" else {state: DONE}))
        for n, (unit, state) in enumerate(rows)
    ]
    found = shares(batch, DUE + timedelta(days=1))
    assert sum(share.overdue for share in found) == sum(state == "open" for _, state in rows)
    assert all(0 < share.overdue <= share.total for share in found)
