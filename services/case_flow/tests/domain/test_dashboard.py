"""Figures of the dashboard: nothing small is shown, nor to be had by difference."""

from datetime import date
from decimal import Decimal

import pytest
from case_flow.domain.dashboard import NOTHING, Quarter, quarters_until, share, shown, trend
from hypothesis import given
from hypothesis import strategies as st

counts = st.integers(0, 60)


@given(counts)
def test_leaders_see_every_count(count: int) -> None:
    assert shown(count, NOTHING) == count


@given(counts, counts)
def test_no_share_gives_a_small_part_or_remainder_away(part: int, rest: int) -> None:
    found = share(part + rest, part, 5)
    assert found.whole is None or found.whole > 5
    assert found.part is None or min(part, rest) > 5
    full = share(part + rest, part, NOTHING)
    assert (full.whole, full.part) == (part + rest, part)


@given(st.lists(st.builds(Quarter, quarter=st.integers(1, 4), alerts=counts, matters=counts), max_size=4))
def test_one_small_quarter_hides_them_all(quarters: list[Quarter]) -> None:
    small = any(count <= 5 for one in quarters for count in (one.alerts, one.matters))
    assert (trend(quarters, 5) is None) == small
    assert trend(quarters, NOTHING) == tuple(quarters)


def test_a_rate_is_of_a_thousand_matters() -> None:
    assert Quarter(1, 3, 400).per_1000 == Decimal("7.5")
    assert Quarter(1, 3, 0).per_1000 is None
    assert (share(8, 6, NOTHING).percent, share(0, 0, NOTHING).percent) == (Decimal("75.0"), None)


@pytest.mark.parametrize(
    ("today", "count"),
    [(date(2025, 12, 31), 0), (date(2026, 3, 31), 1), (date(2026, 4, 1), 2), (date(2026, 12, 1), 4), (date(2027, 1, 1), 4)],
)  # fmt: skip
def test_quarters_that_have_begun(today: date, count: int) -> None:
    assert quarters_until(2026, today) == count
