"""Small counts are not shown and cannot be computed from what is shown (scenario 12)."""

from itertools import product

from hypothesis import example, given
from hypothesis import strategies as st
from plumbline_org.grades import RiskCategory, RiskGrade
from risk_registry.domain.suppression import THRESHOLD, Suppressed, shown, suppress
from risk_registry.domain.totals import Totals

CELLS = list(product(RiskCategory, RiskGrade))
COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 400))
TABLES = st.lists(COUNTS, min_size=9, max_size=9).map(
    lambda counts: Totals(dict(zip(CELLS, counts, strict=True)))
)
DISTRICT = Totals(dict(zip(CELLS, [191, 140, 82, 115, 84, 49, 39, 29, 16], strict=True)))


@given(TABLES)
def test_no_number_under_the_threshold_is_written(totals: Totals) -> None:
    seen = suppress(totals)
    numbers = [*seen.cells.values(), *seen.categories.values(), *seen.grades.values(), seen.size]
    assert all(number is None or number >= THRESHOLD for number in numbers)


@given(TABLES)
@example(Totals(dict(zip(CELLS, [3, 20, 20, 20, 20, 20, 20, 20, 20], strict=True))))
def test_no_hidden_cell_is_left_alone_on_a_line(totals: Totals) -> None:
    for line in lines(suppress(totals)):
        assert line.count(None) != 1


@given(TABLES)
def test_what_a_margin_leaves_over_is_no_small_number(totals: Totals) -> None:
    seen = suppress(totals)
    for category, margin in seen.categories.items():
        if margin is not None:
            visible = [seen.cells[category, grade] for grade in RiskGrade]
            rest = margin - sum(number or 0 for number in visible)
            assert None not in visible or rest >= THRESHOLD


@given(TABLES)
def test_another_table_with_other_hidden_numbers_would_look_the_same(totals: Totals) -> None:
    """Every hidden cell lies on a cycle of hidden cells, so each has at least two possible values."""
    seen = suppress(totals)
    hidden = {cell for cell, number in seen.cells.items() if number is None}
    if None in seen.categories.values():
        return
    assert all(on_a_cycle(cell, hidden) for cell in hidden)


def test_the_district_is_shown_whole_since_no_cell_is_small() -> None:
    assert suppress(DISTRICT) == shown(DISTRICT)


def test_a_register_with_a_small_category_shows_its_size_alone() -> None:
    tiny = Totals({**DISTRICT.cells, **{(RiskCategory.PARTY_AFFAIRS, grade): 1 for grade in RiskGrade}})
    seen = suppress(tiny)
    assert seen.size == tiny.size
    assert {*seen.cells.values(), *seen.categories.values(), *seen.grades.values()} == {None}


def lines(seen: Suppressed) -> list[list[int | None]]:
    rows = [[seen.cells[category, grade] for grade in RiskGrade] for category in RiskCategory]
    return rows + [[seen.cells[category, grade] for category in RiskCategory] for grade in RiskGrade]


def on_a_cycle(cell: tuple[RiskCategory, RiskGrade], hidden: set[tuple[RiskCategory, RiskGrade]]) -> bool:
    """Whether row and column of the cell are still connected through the other hidden cells."""
    row, column = cell
    rows, columns, rest = {row}, set[RiskGrade](), hidden - {cell}
    for _ in range(len(hidden)):
        columns |= {grade for category, grade in rest if category in rows}
        rows |= {category for category, grade in rest if grade in columns}
    return column in columns
