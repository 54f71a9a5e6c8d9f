"""Shares of risk and of effort add up, whoever is shared with whom, and the state follows from them (S1-142)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_shared.errors import Invalid
from risk_registry.allocation_rule import shipped_rule
from risk_registry.domain.allocation import (
    AllocationRule,
    AllocationState,
    Effort,
    EffortKind,
    allocate,
    check_rule,
)

RULE = shipped_rule().rule
UNITS = st.lists(st.sampled_from(["U1", "U2", "U3"]), min_size=1, max_size=3, unique=True)
POINTS = st.lists(st.tuples(UNITS, st.sampled_from(RiskGrade)), max_size=12)
ACTS = st.lists(
    st.builds(Effort, st.sampled_from(EffortKind), UNITS.map(tuple), st.integers(1, 9)), max_size=12
)


@given(points=POINTS, acts=ACTS)
def test_shares_add_up_to_the_whole_and_nothing_is_lost(
    points: list[tuple[list[str], RiskGrade]], acts: list[Effort]
) -> None:
    found = allocate(RULE, points, acts)
    assert abs(sum(each.risk_share for each in found) - (1 if points else 0)) < 1e-9
    assert abs(sum(each.effort_share for each in found) - (1 if acts else 0)) < 1e-9
    for grade in RiskGrade:
        counted = sum(each.points.get(grade, 0) for each in found)
        assert abs(counted - sum(one is grade for _units, one in points)) < 1e-9
    for kind in EffortKind:
        counted = sum(each.acts.get(kind, 0) for each in found)
        assert abs(counted - sum(each.count for each in acts if each.kind is kind)) < 1e-9
    gaps = [each.effort_share - each.risk_share for each in found]
    assert gaps == sorted(gaps)


@given(points=POINTS, acts=ACTS)
def test_the_state_is_what_the_ratio_says(
    points: list[tuple[list[str], RiskGrade]], acts: list[Effort]
) -> None:
    for each in allocate(RULE, points, acts):
        if each.ratio is None:
            assert each.risk_share == 0
            assert (each.state is AllocationState.OVER) == (each.effort_share > 0)
        else:
            assert each.ratio == pytest.approx(each.effort_share / each.risk_share)
            wanted = AllocationState.IN_LINE
            if Fraction(each.ratio).limit_denominator(10**6) * 100 < RULE.low:
                wanted = AllocationState.UNDER
            elif Fraction(each.ratio).limit_denominator(10**6) * 100 > RULE.high:
                wanted = AllocationState.OVER
            assert each.state is wanted


@given(points=POINTS, unit=st.sampled_from(["U1", "U2", "U3"]))
def test_effort_where_the_risk_is_moves_it_there_alone(
    points: list[tuple[list[str], RiskGrade]], unit: str
) -> None:
    found = {each.unit: each for each in allocate(RULE, points, [Effort(EffortKind.FINDING, (unit,), 3)])}
    assert found[unit].effort_share == 1
    assert all(each.effort_share == 0 for name, each in found.items() if name != unit)


@pytest.mark.parametrize(
    "wrong", [{"low": 101}, {"high": 99}, {"risk": {RiskGrade.HIGH: 1}}, {"effort": dict.fromkeys(EffortKind, -1)}]
)  # fmt: skip
def test_a_rule_has_every_weight_and_its_limits_in_order(wrong: dict[str, object]) -> None:
    check_rule(RULE)
    given = {"risk": RULE.risk, "effort": RULE.effort, "low": RULE.low, "high": RULE.high, **wrong}
    with pytest.raises(Invalid):
        check_rule(AllocationRule("x", "x", **given))  # pyright: ignore[reportArgumentType]
