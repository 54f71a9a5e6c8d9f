"""The three powers of a process between departments: what is misplaced is named, and nothing else (S2-017)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.parts import UnitKind
from plumbline_org.testing import city, linjiang
from plumbline_shared.errors import Invalid
from risk_registry.domain.departments import (
    Department,
    PowerSplit,
    check_split,
    exercised,
    misplaced,
    places,
)
from risk_registry.domain.processes import DutyPower, Graph, Step, StepFunction

DAY = date(2026, 4, 1)
SPLIT = PowerSplit("s", "P", ("LEGAL", "TAX"), ("SOURCE",), ("SUPERVISION",), "S2-017")
POSTS = {name: frozenset({name}) for name in ("LEGAL", "TAX", "SOURCE", "SUPERVISION")} | {
    "nowhere": frozenset()
}
STEPS = st.lists(
    st.builds(
        Step, st.just("s"), st.just("s"), st.sampled_from(StepFunction),
        post=st.sampled_from(sorted(POSTS)), monitor=st.sampled_from(sorted(POSTS)),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@given(STEPS)
def test_a_graph_without_a_fault_has_each_power_where_it_belongs_and_both_signatures(
    steps: list[Step],
) -> None:
    found = misplaced(Graph("g", tuple(steps), 1), SPLIT, POSTS)
    wanted = {DutyPower.DECISION: {"LEGAL", "TAX"}, DutyPower.EXECUTION: {"SOURCE"}}
    right = all(step.post in wanted.get(exercised(step), {"SUPERVISION"}) for step in steps)
    deciding = [step for step in steps if exercised(step) is DutyPower.DECISION]
    watched = all(step.monitor == "SUPERVISION" for step in deciding)
    signed = {"LEGAL", "TAX"} <= {step.post for step in deciding}
    assert (not found) == (right and watched and signed)
    assert {each.subject for each in found if each.code == "SIGNATURE_MISSING"} == {"LEGAL", "TAX"} - {
        step.post for step in deciding
    }


@pytest.mark.parametrize(
    ("decision", "execution", "supervision"),
    [((), ("A",), ("B",)), (("A",), (), ("B",)), (("A",), ("B",), ()), (("A",), ("A",), ("B",)),
     (("A", "A"), ("B",), ("C",)), (("A",), ("B",), ("A",))],
)  # fmt: skip
def test_every_power_has_a_department_and_no_department_has_two(
    decision: tuple[str, ...], execution: tuple[str, ...], supervision: tuple[str, ...]
) -> None:
    with pytest.raises(Invalid):
        check_split(PowerSplit("s", "P", decision, execution, supervision, "c"))


def test_a_department_is_units_by_what_they_do_of_a_kind_or_by_name_with_those_below() -> None:
    org = linjiang(upper=city())
    departments = {
        "HALLS": Department("厅", kinds=(UnitKind.HALL,)),
        "NAMED": Department("税政", units=("POLICY",)),
        "WATCH": Department("监察", functions=("DISCIPLINE",)),
    }
    found = places(org, departments, DAY)
    assert found["D01.POLICY.reviewer"] == {"NAMED"}
    assert found["D01.HALL.window-23"] == {"HALLS"}
    assert found["D01.DISC.officer"] == {"WATCH"}
    assert found["D01.TO-5.administrator"] == frozenset()
