"""Schemes are data; a worse factor never lowers a grade (C-04)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_shared.errors import Invalid
from risk_registry.domain.grading import RANK, SCALE, Method, Scheme
from risk_registry.domain.schemes import Assessed, check_scheme, dry_run

SHIPPED = ("LLMMH", "LLMHH", "LMMHH", "MMHHH", "MMHHH")
FACTOR = st.sampled_from(SCALE)
GRIDS = st.lists(st.text("LMH", min_size=5, max_size=5), min_size=5, max_size=5).map(tuple)


def matrix(grid: tuple[str, ...]) -> Scheme:
    return Scheme("M", Method.MATRIX, 3, 4, 5, "C-04", grid=grid)


@given(GRIDS, FACTOR, FACTOR, FACTOR, FACTOR)
def test_an_accepted_grid_is_monotone(grid: tuple[str, ...], a: int, b: int, c: int, d: int) -> None:
    try:
        check_scheme(matrix(grid))
    except Invalid:
        cells = [[RANK[matrix(grid).grade(x, y)] for y in SCALE] for x in SCALE]
        assert any(row != sorted(row) for row in [*cells, *map(list, zip(*cells, strict=True))])
    else:
        low, high = matrix(grid).grade(min(a, c), min(b, d)), matrix(grid).grade(max(a, c), max(b, d))
        assert RANK[low] <= RANK[high]


def test_the_shipped_matrix_is_accepted_and_a_reversed_one_is_not() -> None:
    check_scheme(matrix(SHIPPED))
    with pytest.raises(Invalid):
        check_scheme(matrix(SHIPPED[::-1]))


@pytest.mark.parametrize("quorum", [3, 6])
def test_a_quorum_is_odd_and_at_least_five(quorum: int) -> None:
    with pytest.raises(Invalid):
        check_scheme(Scheme("X", Method.MAX, 3, 4, quorum, "C-04"))


@given(st.lists(st.builds(Assessed, st.uuids().map(str), st.sampled_from(RiskGrade), FACTOR, FACTOR)))
def test_a_dry_run_tells_of_every_point_once(points: list[Assessed]) -> None:
    rules = matrix(SHIPPED)
    found = dry_run([*points, Assessed("none", RiskGrade.LOW, None, None)], rules)
    assert (len(found.regrades) + found.unchanged, found.unassessed) == (len(points), 1)
    assert all(each.present is not each.proposed for each in found.regrades)
