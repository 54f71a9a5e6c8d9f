"""Alerts: their states, who may verify, and who sees them by kind and grade."""

from datetime import date

import pytest
from case_flow.domain.alert import (
    NEXT,
    AlertState,
    AlertStateRefused,
    NotTheVerifier,
    VerifierIsSubject,
    VerifierOfOwnUnit,
    after_acknowledgement,
    check_verifier,
    move,
)
from case_flow.domain.control_pack import Recipient
from case_flow.domain.recipients import Basis, Concern, next_tier, pick_verifier, viewers
from case_flow.rules import CONTROL_RULES
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_org.testing import linjiang

ORG = linjiang()
ON = date(2026, 5, 1)
PACK = CONTROL_RULES.shipped()
people = st.sampled_from(sorted(ORG.persons))


def about(person: str, grade: RiskGrade = RiskGrade.MEDIUM) -> Concern:
    return Concern((person,), ORG.units_of(person, ON), grade, "RELIEF", None, ON)


def names(kind: str, concern: Concern, days_left: int | None = None) -> set[str]:
    listed = PACK.alert(kind).recipients_at(days_left)
    return {one.person_id.removeprefix("D01.") for one in viewers(ORG, listed, concern)}


def test_the_line_of_a_missed_deadline() -> None:
    expected = {"lin-jie", "chen-gang", "zhou-min", "luo-fang", "ma-qing", "qian-lu"}
    assert names("DEADLINE_MISSED", about("D01.lin-jie")) == expected


def test_the_deputy_hears_of_a_deadline_only_when_it_is_close() -> None:
    concern = about("D01.lin-jie")
    assert names("DEADLINE_APPROACHING", concern, 5) == {"lin-jie", "chen-gang", "qian-lu"}
    assert names("DEADLINE_APPROACHING", concern, 2) == {"lin-jie", "chen-gang", "qian-lu", "zhou-min"}


def test_a_hold_tells_the_line_of_its_grade_and_the_chief() -> None:
    high = about("D01.he-jun", RiskGrade.HIGH)
    assert names("DISCRETION_OUT_OF_TIER", high) == {"he-jun", "tang-li", "huang-zhen", "ma-qing", "pan-yu"}


@given(people, st.sampled_from(RiskGrade))
def test_a_subject_never_oversees_their_own_alert(person: str, grade: RiskGrade) -> None:
    listed = (Recipient.MANAGER, Recipient.MONITORS)
    assert person not in {one.person_id for one in viewers(ORG, listed, about(person, grade))}


@given(people, st.sampled_from(RiskGrade), st.sampled_from(sorted(PACK.alerts)))
def test_every_viewer_is_listed_once_with_one_reason(person: str, grade: RiskGrade, kind: str) -> None:
    found = viewers(ORG, PACK.alert(kind).recipients, about(person, grade))
    assert len({one.person_id for one in found}) == len(found)


@given(people, st.sampled_from(RiskGrade))
def test_the_verifier_is_of_another_unit_and_not_involved(person: str, grade: RiskGrade) -> None:
    concern = about(person, grade)
    involved = frozenset({"D01.bai-xue"})
    verifier = pick_verifier(ORG, PACK.verifiers[grade], concern, involved)
    if verifier is not None:
        assert verifier != person
        assert verifier not in involved
        assert not set(ORG.units_of(verifier, ON)) & set(concern.units)


def test_an_alert_about_legal_is_verified_by_somebody_else() -> None:
    assert (
        pick_verifier(ORG, PACK.verifiers[RiskGrade.MEDIUM], about("D01.luo-fang"), frozenset())
        == "D01.bai-xue"
    )


def test_one_tier_up_is_whoever_manages_the_manager() -> None:
    up = next_tier(ORG, ["D01.chen-gang"], about("D01.lin-jie"))
    assert [(one.person_id, one.basis) for one in up] == [("D01.zhou-min", Basis.ESCALATION)]


def test_without_a_subject_the_unit_answers() -> None:
    nobody = Concern((), ("D01.POLICY",), RiskGrade.MEDIUM, "RELIEF", None, ON)
    assert names("DEADLINE_MISSED", nobody) == {"chen-gang", "zhou-min", "qian-lu"}


def test_checks_of_the_verifier_come_in_order() -> None:
    given_facts = {"assigned_to": "v", "subjects": frozenset("s"), "concerned_units": frozenset("u")}
    check_verifier("v", units_of_person=frozenset("w"), **given_facts)
    with pytest.raises(VerifierIsSubject):
        check_verifier("s", units_of_person=frozenset("w"), **given_facts)
    with pytest.raises(VerifierOfOwnUnit):
        check_verifier("v", units_of_person=frozenset("u"), **given_facts)
    with pytest.raises(NotTheVerifier):
        check_verifier("x", units_of_person=frozenset("w"), **given_facts)


@given(st.sampled_from(AlertState), st.sampled_from(AlertState))
def test_only_listed_moves_are_possible(state: AlertState, to: AlertState) -> None:
    if to in NEXT[state]:
        assert move(state, to) is to
    else:
        with pytest.raises(AlertStateRefused):
            move(state, to)


def test_every_state_leads_to_the_end() -> None:
    reached = {AlertState.CLOSED}
    for _ in AlertState:
        reached |= {state for state in AlertState if NEXT[state] & reached}
    assert reached == set(AlertState)


def test_verification_begins_with_the_acknowledgement() -> None:
    assert after_acknowledgement(AlertState.RAISED, verifies=True) is AlertState.VERIFYING
    assert after_acknowledgement(AlertState.RAISED, verifies=False) is AlertState.ACKNOWLEDGED
    with pytest.raises(AlertStateRefused):
        after_acknowledgement(AlertState.VERIFYING, verifies=True)
