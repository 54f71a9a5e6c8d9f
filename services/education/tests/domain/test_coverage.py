from decimal import Decimal

from education.domain.coverage import NOTHING, coverage
from hypothesis import given
from hypothesis import strategies as st

counts = st.integers(0, 40)


@given(counts, counts, counts)
def test_nothing_small_is_shown_nor_to_be_had_by_difference(done: int, open_: int, waived: int) -> None:
    found = coverage(done + open_, done, waived, 5)
    assert found.due is None or found.due > 5
    assert found.waived is None or found.waived > 5
    assert found.done is None or min(done, open_) > 5
    full = coverage(done + open_, done, waived, NOTHING)
    assert (full.due, full.done, full.waived) == (done + open_, done, waived)


def test_the_share_is_of_what_was_not_waived() -> None:
    assert coverage(8, 6, 3, NOTHING).percent == Decimal("75.0")
    assert coverage(0, 0, 3, NOTHING).percent is None
