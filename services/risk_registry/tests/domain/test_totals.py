"""Totals agree with the rows and with each other (scenario 12, invariant 1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskCategory, RiskGrade
from risk_registry.domain.totals import Declared, Totals, disagreements

CELLS = st.lists(st.tuples(st.sampled_from(RiskCategory), st.sampled_from(RiskGrade)), max_size=60)


def declared_of(totals: Totals) -> Declared:
    return Declared(
        totals.size,
        {str(each): totals.category(each) for each in RiskCategory},
        {str(each): totals.grade(each) for each in RiskGrade},
    )


@given(CELLS)
def test_both_margins_sum_to_the_size(cells: list[tuple[RiskCategory, RiskGrade]]) -> None:
    totals = Totals.count(cells)
    assert (
        sum(map(totals.category, RiskCategory))
        == sum(map(totals.grade, RiskGrade))
        == totals.size
        == len(cells)
    )


@given(CELLS)
def test_what_the_rows_say_of_themselves_agrees(cells: list[tuple[RiskCategory, RiskGrade]]) -> None:
    assert disagreements(declared_of(Totals.count(cells)), Totals.count(cells)) == []


@given(CELLS.filter(bool), st.sampled_from(RiskGrade))
def test_one_point_graded_otherwise_is_found(
    cells: list[tuple[RiskCategory, RiskGrade]], grade: RiskGrade
) -> None:
    declared = declared_of(Totals.count(cells))
    moved = Totals.count([(cells[0][0], grade), *cells[1:]])
    found = disagreements(declared, moved)
    assert len(found) == (0 if grade is cells[0][1] else 2)


def test_a_disagreement_names_what_was_expected_and_what_was_found() -> None:
    found = Totals.count([(RiskCategory.TAX_OPERATIONS, RiskGrade.LOW)] * 412)
    said = [str(each) for each in disagreements(Declared(categories={"TAX_OPERATIONS": 413}), found)]
    assert said == ["category TAX_OPERATIONS: declared 413, found 412"]


@pytest.mark.parametrize(
    ("categories", "grades", "wrong"),
    [
        ((413, 248, 84), (345, 253, 147), []),
        ((413, 248, 85), (345, 253, 147), ["sum of the declared categories"]),
        ((413, 248, 84), (345, 253, 146), ["sum of the declared grades"]),
    ],
)
def test_declared_totals_must_agree_with_each_other(
    categories: tuple[int, int, int], grades: tuple[int, int, int], wrong: list[str]
) -> None:
    declared = Declared(
        745,
        dict(zip(map(str, RiskCategory), categories, strict=True)),
        dict(zip(map(str, RiskGrade), grades, strict=True)),
    )
    found = disagreements(declared, Totals({}))
    assert [each.what for each in found if each.what.startswith("sum")] == wrong


def test_a_declaration_is_complete_with_all_three_parts() -> None:
    assert not Declared(745, {"TAX_OPERATIONS": 745}).complete
    assert declared_of(Totals({})).complete
