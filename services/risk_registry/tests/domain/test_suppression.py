"""Nothing that readers without clearance are shown depends on a small number, in one answer or in many (scenario 12)."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskCategory, RiskGrade
from risk_registry.domain.suppression import THRESHOLD, shown, suppress
from risk_registry.domain.totals import Totals

CELLS = list(product(RiskCategory, RiskGrade))
COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 400))
SMALL = st.integers(0, THRESHOLD - 1)
HISTORIES = st.lists(st.lists(COUNTS, min_size=9, max_size=9), min_size=2, max_size=5)
DISTRICT = [191, 140, 82, 115, 84, 49, 39, 29, 16]


def table(counts: list[int]) -> Totals:
    return Totals(dict(zip(CELLS, counts, strict=True)))


@given(HISTORIES.map(lambda days: [table(each) for each in days]))
def test_no_small_number_is_written(days: list[Totals]) -> None:
    for seen in map(suppress, days):
        numbers = [*seen.cells.values(), *seen.categories.values(), *seen.grades.values(), seen.size]
        assert all(number is None or number > THRESHOLD for number in numbers)


@given(st.data(), HISTORIES)
def test_no_answers_taken_together_tell_small_numbers_apart(
    data: st.DataObject, days: list[list[int]]
) -> None:
    """Any other small numbers on any of the days would have given the same answers on all of them."""
    other = [[data.draw(SMALL) if count < THRESHOLD else count for count in day] for day in days]
    assert [suppress(table(day)) for day in days] == [suppress(table(day)) for day in other]


@given(st.lists(COUNTS, min_size=9, max_size=9), st.integers(0, 8), st.sampled_from([-1, 1]))
def test_a_single_step_never_shows_a_cell_that_is_small(before: list[int], place: int, step: int) -> None:
    """From one day to the next a cell that comes or goes has passed between five and six."""
    after = [max(0, count + step) if each == place else count for each, count in enumerate(before)]
    if suppress(table(before)) != suppress(table(after)):
        assert min(before[place], after[place]) >= THRESHOLD


@given(st.lists(COUNTS, min_size=9, max_size=9).map(table))
def test_what_is_shown_agrees_with_itself(totals: Totals) -> None:
    seen = suppress(totals)
    whole = sum(count or 0 for count in seen.cells.values())
    assert sum(n or 0 for n in seen.categories.values()) == sum(n or 0 for n in seen.grades.values()) == whole
    assert (seen.size or 0) == whole


def test_the_district_is_shown_whole_since_no_cell_is_small() -> None:
    assert suppress(table(DISTRICT)) == shown(table(DISTRICT))
