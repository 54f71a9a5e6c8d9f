"""Nobody of the subject's line is ever asked."""

from dataclasses import replace
from datetime import date

import pytest
from complaints.domain.routing import HandCarry, Sealed, route
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.testing import city, linjiang

ON = date(2026, 5, 16)
ORG = linjiang("D01", city())


def people(*codes: str) -> frozenset[str]:
    return frozenset(f"D01.{code}" for code in codes)


def test_scenario_3_goes_to_the_lead_and_the_head() -> None:
    found = route(ORG, "D01.chen-gang", None, "D01.operator-07", ON)
    assert found == Sealed(
        people("ma-qing", "huang-zhen"), people("ma-qing"), people("bai-xue", "huang-zhen")
    )


def test_3b_a_deputy_is_carried_to_the_head() -> None:
    assert route(ORG, "D01.tang-li", None, None, ON) == HandCarry("D01.huang-zhen")


@pytest.mark.parametrize("code", ["huang-zhen", "ma-qing", "bai-xue"])
def test_3c_head_lead_and_discipline_go_to_the_upper_discipline_only(code: str) -> None:
    assert route(ORG, f"D01.{code}", None, None, ON) == HandCarry("C01.city-lead")
    assert route(linjiang("D01"), f"D01.{code}", None, None, ON) is None


def test_who_is_managed_elsewhere_is_carried_too() -> None:
    moved = replace(ORG.persons["D01.lin-jie"], managed_by_bureau_id="C01")
    org = replace(ORG, persons={**ORG.persons, moved.id: moved})
    assert route(org, "D01.lin-jie", None, None, ON) == HandCarry("D01.huang-zhen")


def test_a_unit_without_a_name_is_kept_away_as_a_whole() -> None:
    found = route(ORG, None, "D01.DISC", None, ON)
    assert found == Sealed(people("huang-zhen"), people("huang-zhen"), frozenset())


def test_the_one_who_typed_it_never_handles_it() -> None:
    found = route(ORG, None, None, "D01.ma-qing", ON)
    assert isinstance(found, Sealed)
    assert "D01.ma-qing" not in found.handlers | found.first | found.second


@given(st.sampled_from(sorted(ORG.persons)), st.sampled_from(sorted(ORG.persons)))
def test_subject_manager_and_unit_are_never_in_the_case(subject: str, typed_by: str) -> None:
    found = route(ORG, subject, None, typed_by, ON)
    if isinstance(found, HandCarry):
        assert found.to not in {subject, typed_by} or found.to == "D01.huang-zhen"
        assert found.to != subject
        return
    assert isinstance(found, Sealed) or found is None
    if found is None:
        return
    inside = found.handlers | found.first | found.second
    for unit in ORG.units_of(subject, ON):
        line = {ORG.chief_of(unit, ON), ORG.deputy_in_charge(unit, ON), subject, typed_by}
        assert not inside & line
        assert not [person for person in inside if unit in ORG.units_of(person, ON)]
    assert not found.first & found.second
