"""Conditions end, and say where they are wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.conditions import LONGEST, Condition, ConditionError, FactType, is_of

FACTS = {"days": FactType.INT, "late": FactType.BOOL, "part": FactType.TEXT}


@given(days=st.integers(-(2**62), 2**62), late=st.booleans(), part=st.text(max_size=20))
def test_a_condition_is_what_it_says(days: int, late: bool, part: str) -> None:
    condition = Condition("days >= 3 && late || part == 'x'", FACTS)
    assert condition.holds({"days": days, "late": late, "part": part}) == (
        (days >= 3 and late) or part == "x"
    )


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("dayz > 3", (1, 1), "undeclared reference to 'dayz'"),
        ("late &&\n  days > 'x'", (2, 8), "no matching overload"),
        ("days > ", (1, 8), "Syntax error"),
        ("late && [1, 2].exists(n, n == days)", (1, 15), "no loop"),
        ("late ||\n[days].map(n, n) == []", (2, 7), "no loop"),
        ("days + 1", (0, 0), "gives INT, not a boolean"),
        (f"part == '{'x' * LONGEST}'", (0, 0), "at most 1000 characters"),
    ],
)
def test_a_fault_is_refused_with_its_place(text: str, place: tuple[int, int], says: str) -> None:
    with pytest.raises(ConditionError) as refused:
        Condition(text, FACTS)
    assert (refused.value.line, refused.value.column) == place
    assert says in str(refused.value)


@pytest.mark.parametrize("facts", [{}, {"days": "many"}, {"days": 0}])
def test_what_is_neither_true_nor_false_is_no_answer(facts: dict[str, bool | int | str]) -> None:
    with pytest.raises(ConditionError):
        Condition("12 / days > 3", FACTS).holds(facts)


def test_an_open_record_is_judged_by_what_it_holds() -> None:
    open_ = Condition("facts.amount > facts.most || facts.urgent", {"facts": FactType.OPEN})
    assert open_.holds({"facts": {"amount": 2, "most": 1}})
    assert not open_.holds({"facts": {"amount": 1, "most": 1, "urgent": False}})
    for facts in ({}, {"amount": 1, "most": 1}, {"amount": 1, "most": 1, "urgent": "yes"}):
        with pytest.raises(ConditionError):
            open_.holds({"facts": facts})


def test_a_yes_is_no_number() -> None:
    assert [is_of(FactType.INT, value) for value in (1, True, "1", 1.0)] == [True, False, False, False]
    assert is_of(FactType.BOOL, False)
    assert is_of(FactType.TEXT, "")
