"""Decisions, closed on doubt, alike for absent and forbidden."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.errors import NotFound
from plumbline_shared.policy import Policy, Resource, absent
from plumbline_shared.principal import ANONYMOUS, Principal, system

SOURCE = """
@id("handlers-read-their-bureau")
permit (principal in Role::"COMPLAINT_HANDLER", action == Action::"read", resource is Complaint)
when { principal has bureau && principal.bureau == resource.bureau };

@id("units-read-their-own")
permit (principal is Person, action == Action::"read", resource is Complaint)
when { resource has unit && principal.units.contains(resource.unit) };

@id("city-line")
permit (principal in Role::"UPPER", action == Action::"read", resource in Bureau::"C01");

@id("never-the-subject")
forbid (principal, action, resource is Complaint)
when { principal has person && resource.excluded.contains(principal.person) };
"""
POLICY = Policy(SOURCE)
HANDLER = Principal("person", "D01.fan-ke", "D01", frozenset({"COMPLAINT_HANDLER"}))


def complaint(**attrs: object) -> Resource:
    merged = {"bureau": "D01", "unit": "D01.POLICY", "excluded": (), **attrs}
    return Resource("Complaint", "cp_1", merged, (("Bureau", "D01"), ("Bureau", "C01")))  # type: ignore[arg-type]


def test_role_and_bureau() -> None:
    assert POLICY.allows(HANDLER, "read", complaint())
    assert not POLICY.allows(HANDLER, "read", complaint(bureau="D02"))
    assert not POLICY.allows(HANDLER, "decide", complaint())
    assert not POLICY.allows(ANONYMOUS, "read", complaint())
    assert not POLICY.allows(system("D01"), "read", complaint())


def test_unit_and_ancestor_chain() -> None:
    officer = Principal("person", "D01.chen-gang", "D01", unit_ids=frozenset({"D01.POLICY"}))
    assert POLICY.allows(officer, "read", complaint())
    assert not POLICY.allows(officer, "read", complaint(unit=None))
    assert POLICY.allows(Principal("person", "C01.x", "C01", frozenset({"UPPER"})), "read", complaint())


def test_exclusion_beats_every_permission() -> None:
    assert not POLICY.allows(HANDLER, "read", complaint(excluded=["D01.fan-ke"]))


def test_a_forbid_that_cannot_be_evaluated_denies() -> None:
    resource = Resource("Complaint", "cp_1", {"bureau": "D01"})
    assert not POLICY.allows(HANDLER, "read", resource)


def test_absent_and_forbidden_give_the_same_answer() -> None:
    with pytest.raises(NotFound) as forbidden:
        POLICY.require(HANDLER, "read", complaint(bureau="D02"))
    assert forbidden.value.problem() == absent("Complaint").problem()


@given(st.lists(st.sampled_from(["D01", "D02"]), max_size=8))
def test_a_batch_decides_as_one_by_one(bureaus: list[str]) -> None:
    rows = [
        Resource("Complaint", f"cp_{number}", {"bureau": bureau, "excluded": ()})
        for number, bureau in enumerate(bureaus)
    ]
    assert POLICY.decide(HANDLER, "read", rows) == [POLICY.allows(HANDLER, "read", row) for row in rows]


def test_ids_are_data_not_cedar_text() -> None:
    hostile = Resource("Complaint", 'x" || true // \n 例', {"bureau": "D02", "excluded": ()})
    assert not POLICY.allows(HANDLER, "read", hostile)


def test_load_reads_a_folder_and_refuses_nonsense(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nothing would be allowed"):
        Policy.load(tmp_path)
    (tmp_path / "a.cedar").write_text(SOURCE, encoding="utf-8")
    assert Policy.load(tmp_path).allows(HANDLER, "read", complaint())
    (tmp_path / "b.cedar").write_text("permit (principal", encoding="utf-8")
    with pytest.raises(ValueError, match="unexpected"):
        Policy.load(tmp_path)


def test_a_schema_finds_a_misspelt_attribute() -> None:
    schema = """
    entity Bureau; entity Role;
    entity Person in [Role] { bureau?: String, units: Set<String>, person?: String };
    entity Complaint in [Bureau] { bureau: String, unit?: String, excluded: Set<String> };
    action read appliesTo { principal: [Person], resource: [Complaint] };
    """
    assert Policy(SOURCE, schema)
    with pytest.raises(ValueError, match="buro"):
        Policy(SOURCE.replace("resource.bureau", "resource.buro"), schema)
