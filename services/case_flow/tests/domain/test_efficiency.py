"""Efficiency supervision in figures (S2-025)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from case_flow.domain.dashboard import NOTHING
from case_flow.domain.efficiency import LONGEST_DAYS, Counted, Measure, check_period, supervised
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.errors import Invalid

DAY = date(2026, 5, 1)
counted = st.lists(
    st.builds(
        Counted,
        unit_id=st.sampled_from(["U1", "U2"]),
        measure=st.sampled_from([one for one in Measure if one is not Measure.INCIDENT]),
        count=st.integers(1, 9),
    )
    | st.builds(
        Counted,
        unit_id=st.sampled_from(["U1", "U2"]),
        measure=st.just(Measure.INCIDENT),
        count=st.integers(1, 9),
        root=st.none() | st.sampled_from(["LAX_ENFORCEMENT", "UNCLEAN_CONDUCT"]),
    ),
    max_size=30,
)


@given(counted)
def test_nothing_is_lost_and_roots_are_a_part_of_the_incidents(rows: list[Counted]) -> None:
    found = supervised(rows, NOTHING)
    assert [one.unit_id for one in found] == sorted({row.unit_id for row in rows})
    for one in found:
        assert set(one.counts) == set(Measure)
        for measure, count in one.counts.items():
            assert count == sum(
                row.count for row in rows if (row.unit_id, row.measure) == (one.unit_id, measure)
            )
        roots = sum(count or 0 for count in one.roots.values())
        assert roots <= (one.counts[Measure.INCIDENT] or 0)


@given(counted, st.integers(1, 6))
def test_small_counts_are_hidden_zero_included(rows: list[Counted], hidden: int) -> None:
    for one in supervised(rows, hidden):
        assert all(count is None or count > hidden for count in (*one.counts.values(), *one.roots.values()))


def test_the_share_of_late_matters() -> None:
    rows = [Counted("U", Measure.CLOSED, 8), Counted("U", Measure.CLOSED_LATE, 1)]
    assert [one.late_percent for one in supervised(rows, NOTHING)] == [Decimal("12.5")]
    assert [one.late_percent for one in supervised(rows, 5)] == [None]


@given(st.integers(-400, 800))
def test_a_period_is_at_most_a_year(days: int) -> None:
    if 0 <= days < LONGEST_DAYS:
        check_period(DAY, DAY + timedelta(days=days))
    else:
        with pytest.raises(Invalid):
            check_period(DAY, DAY + timedelta(days=days))
