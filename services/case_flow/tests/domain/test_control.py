"""Controls: warn, hold, block; and closed on every doubt."""

import pytest
from case_flow.domain.control import condition, judge
from case_flow.domain.definition import Action, Citation, Control, Phase, Text
from case_flow.domain.errors import ControlBlocked, ControlUnavailable
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.conditions import ConditionError


def holds(when, facts):
    return condition(when).holds({"facts": facts})


def control(when, action=Action.BLOCK, number=1):
    return Control(
        id=f"CT-{number}", version=1, phase=Phase.IN_PROCESS, action=action, when=when,
        message=Text(zh="不可", en="Not so"), citation=Citation(source="x"),
    )  # fmt: skip


@given(st.integers(-1000, 1000), st.integers(-1000, 1000))
def test_a_condition_means_what_it_says(amount, most):
    assert holds("facts.amount > facts.most", {"amount": amount, "most": most}) == (amount > most)


@pytest.mark.parametrize("facts", [{}, {"amount": "ten"}, {"amount": None}])
@pytest.mark.parametrize("action", list(Action))
def test_a_control_that_cannot_speak_lets_nothing_pass(facts, action):
    with pytest.raises(ControlUnavailable):
        judge([control("facts.amount > 10", action)], facts)


def test_block_wins_then_hold_then_warnings():
    warn, hold, block = (
        control("facts.n > 0", Action.WARN), control("facts.n > 1", Action.HOLD, 2), control("facts.n > 2", number=3),
    )  # fmt: skip
    assert judge([warn, hold, block], {"n": 0}) == judge([], {})
    assert judge([warn, hold, block], {"n": 1}).warnings == (warn,)
    assert judge([warn, hold, block], {"n": 2}).hold == hold
    with pytest.raises(ControlBlocked) as refusal:
        judge([warn, hold, block], {"n": 3})
    assert refusal.value.details["control"] == "CT-3"


@pytest.mark.parametrize(
    "when", ["facts.a >", "unknown > 1", "1 + 1", "'text'", "", "facts.all.exists(n, n > 1)"]
)
def test_a_condition_with_a_fault_does_not_compile(when):
    with pytest.raises(ConditionError):
        condition(when)


def test_chinese_text_is_counted_in_characters():
    assert holds("size(facts.name) == 2", {"name": "中文"})
