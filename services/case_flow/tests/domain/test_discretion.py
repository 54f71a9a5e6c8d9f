"""Discretion tiers: every number of scenario 2, and what holds for all facts."""

from datetime import date, timedelta

import pytest
from case_flow.domain.discretion import (
    Assessment,
    Authority,
    Fault,
    Fine,
    Party,
    Procedure,
    Violation,
    assess,
    authority_for,
    faults,
    procedure_for,
)
from case_flow.rules import CONTROL_RULES
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.errors import Invalid

PACK = CONTROL_RULES.shipped().discretion
ORDERED = date(2026, 5, 22)
days = st.integers(-400, 400)
parties = st.sampled_from(Party)
points = st.sampled_from(sorted(PACK.points))
amounts = st.integers(0, 3_000_000)


def late(point: str, party: Party, by: int) -> Assessment:
    corrected = ORDERED + timedelta(days=by)
    return assess(PACK, Violation(point, party, ORDERED, corrected), corrected)


@pytest.mark.parametrize(
    ("by", "party", "tier", "low", "high"),
    [
        (12, Party.ORGANISATION, "GENERAL", 240_00, 240_00),
        (12, Party.CITIZEN, "GENERAL", 60_00, 60_00),
        (0, Party.ORGANISATION, "SLIGHT", 0, 0),
        (30, Party.ORGANISATION, "GENERAL", 600_00, 600_00),
        (31, Party.ORGANISATION, "SERIOUS", 2000_00, 10000_00),
        (31, Party.CITIZEN, "SERIOUS", 2000_00, 5000_00),
    ],
)
def test_late_change_registration(by: int, party: Party, tier: str, low: int, high: int) -> None:
    found = late("LATE_CHANGE_REGISTRATION", party, by)
    assert (found.tier, found.allowed.min_fen, found.allowed.max_fen) == (tier, low, high)


def test_without_a_correction_the_days_run_until_today() -> None:
    violation = Violation("LATE_CHANGE_REGISTRATION", Party.ORGANISATION, ORDERED, None)
    assert assess(PACK, violation, ORDERED + timedelta(days=3)).allowed.max_fen == 60_00
    assert assess(PACK, violation, ORDERED + timedelta(days=40)).tier == "SERIOUS"


@given(points, parties, days)
def test_every_violation_falls_into_one_tier_within_the_maximum(point: str, party: Party, by: int) -> None:
    found = late(point, party, by)
    assert 0 <= found.allowed.min_fen <= found.allowed.max_fen <= found.statutory_max_fen
    assert found.days_late == max(0, by)


@given(points, parties, days, days)
def test_a_longer_delay_never_allows_less(point: str, party: Party, one: int, other: int) -> None:
    shorter, longer = sorted((one, other))
    mild, grave = late(point, party, shorter).allowed, late(point, party, longer).allowed
    assert mild.min_fen <= grave.min_fen
    assert mild.max_fen <= grave.max_fen


@given(points, parties, days, amounts, st.sampled_from([Procedure.SUMMARY, Procedure.ORDINARY]))
def test_a_fine_passes_exactly_when_it_is_in_its_range_and_procedure(
    point: str, party: Party, by: int, fen: int, procedure: Procedure
) -> None:
    found = late(point, party, by)
    fine = Fine(Violation(point, party, ORDERED, ORDERED), fen, procedure)
    wrong = faults(PACK, fine, found)
    in_range = found.allowed.min_fen <= fen <= found.allowed.max_fen
    in_procedure = procedure is Procedure.ORDINARY or fen <= PACK.summary_limit.fen[party]
    assert (wrong == ()) == (in_range and in_procedure)
    assert (Fault.ABOVE_STATUTORY_MAX in wrong) == (fen > found.statutory_max_fen)
    assert not {Fault.ABOVE_STATUTORY_MAX, Fault.DISCRETION_OUT_OF_TIER} <= set(wrong)


@given(parties, amounts, amounts)
def test_a_larger_fine_never_needs_less_procedure_or_authority(party: Party, one: int, other: int) -> None:
    order = list(Procedure)
    small, large = sorted((one, other))
    assert order.index(procedure_for(PACK, party, small)) <= order.index(procedure_for(PACK, party, large))
    if authority_for(PACK, party, small) is Authority.BUREAU:
        assert authority_for(PACK, party, large) is Authority.BUREAU


def test_limits_include_the_number_itself() -> None:
    organisation = Party.ORGANISATION
    assert procedure_for(PACK, organisation, 3000_00) is Procedure.SUMMARY
    assert procedure_for(PACK, organisation, 3000_01) is Procedure.ORDINARY
    assert procedure_for(PACK, organisation, 9999_99) is Procedure.ORDINARY
    assert procedure_for(PACK, organisation, 10000_00) is Procedure.HEARING
    assert authority_for(PACK, organisation, 2000_00) is Authority.OFFICE
    assert authority_for(PACK, organisation, 2000_01) is Authority.BUREAU


def test_an_unknown_point_is_refused() -> None:
    with pytest.raises(Invalid):
        late("NO_SUCH_POINT", Party.CITIZEN, 1)
