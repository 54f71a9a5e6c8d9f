"""Every power and every clause that no control reaches is named; a prior check does not go without a successor (S1-108)."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from risk_registry.domain.alerts import AlertPhase
from risk_registry.domain.catalogue import (
    Clause,
    Control,
    ControlFamily,
    EducationUnit,
    Node,
    Power,
    Regulation,
)
from risk_registry.domain.coverage import coverage, taught, unreplaced

CODES = ["a", "b", "c", "d"]
REGULATION = Regulation("r", 1, tuple(Clause(code, code) for code in CODES), date(2026, 1, 1))


def control(**said: object) -> Control:
    given = {"family": ControlFamily.PROCESS, "phase": AlertPhase.IN_PROCESS, "basis": "R#a", **said}
    return Control("c", **given)  # type: ignore[arg-type]


@given(st.sets(st.sampled_from(CODES)), st.sets(st.sampled_from(CODES)), st.sets(st.sampled_from(CODES)))
def test_bare_powers_and_clauses_are_exactly_the_rest(
    named: set[str], stepped: set[str], cited: set[str]
) -> None:
    powers = {code: Power(code, "R#a", process="P", step=code) for code in CODES}
    controls = [control(powers=tuple(named))]
    controls += [control(nodes=(Node("P", code),), basis="R#none") for code in stepped]
    controls += [control(nodes=(Node("Q", "x"),), basis=f"R#{code}") for code in cited]
    found = coverage(powers, {"R": REGULATION}, controls)
    assert set(found.bare_powers) == set(CODES) - named - stepped
    assert set(found.bare_clauses) == {f"R#{code}" for code in set(CODES) - cited}
    assert found.powers_percent == 25 * len(named | stepped)


@given(st.lists(st.sampled_from(CODES)), st.sets(st.sampled_from(CODES)), st.data())
def test_processes_and_powers_that_nothing_is_taught_about_are_named(
    processes: list[str], powers: set[str], data: st.DataObject
) -> None:
    """S1-026: whatever units there are, a gap is what none of them is about."""
    subject = st.lists(st.sampled_from(CODES), max_size=3).map(tuple)
    units = data.draw(st.lists(st.builds(EducationUnit, st.just("u"), st.just(("L",)), subject, subject)))
    found = taught(processes, powers, units)
    assert set(found.bare_processes) == set(processes) - {each for unit in units for each in unit.processes}
    assert set(found.bare_powers) == powers - {each for unit in units for each in unit.powers}
    assert (found.processes, found.powers) == (len(set(processes)), len(powers))
    assert (found.percent == 100) == (not found.bare_processes and not found.bare_powers)


def test_a_prior_check_may_go_only_for_a_later_one() -> None:
    prior = control(phase=AlertPhase.EX_ANTE, nodes=(Node("P", "gone"),))
    later = control(phase=AlertPhase.EX_POST, nodes=(Node("P", "stays"),))
    elsewhere = control(phase=AlertPhase.EX_POST, nodes=(Node("Q", "stays"),))
    assert unreplaced("P", ["gone"], ["stays"], {"x": prior}) == ["x"]
    assert unreplaced("P", ["gone"], ["stays"], {"x": prior, "y": elsewhere}) == ["x"]
    assert unreplaced("P", ["gone"], ["stays"], {"x": prior, "y": later}) == []
    assert unreplaced("P", [], ["stays"], {"x": prior}) == []
