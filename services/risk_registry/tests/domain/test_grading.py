"""The panel decides by its median; nobody grades a point they hold (S1-056, C-04)."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from risk_registry.domain.grading import (
    RANK,
    SCALE,
    AlreadyVoted,
    Decision,
    EffectiveInPast,
    Method,
    NotOnPanel,
    Panel,
    PanelTooSmall,
    QuorumNotReached,
    ReasonRequired,
    Recused,
    Scheme,
    Vote,
    check_decision,
    check_panel,
    check_voter,
    decide,
)

SCHEME = Scheme("MAX-1", Method.MAX, 3, 4, 5, "S1-052")
GRADES = st.lists(st.sampled_from(RiskGrade), min_size=5, max_size=9)
TODAY = date(2026, 3, 6)
L, M, H = RiskGrade.LOW, RiskGrade.MEDIUM, RiskGrade.HIGH


def ballots(grades: list[RiskGrade]) -> list[Vote]:
    return [Vote(f"D01.p{index}", grade) for index, grade in enumerate(grades)]


def test_five_to_one_lifts_low_to_high() -> None:
    decision = decide(ballots([H, H, H, H, H, L]), SCHEME)
    assert decision == Decision(H, None, {L: 1, M: 0, H: 5})


def test_two_against_three_decides_with_an_odd_panel() -> None:
    assert decide(ballots([L, L, M, M, M]), SCHEME).grade is M


def test_a_split_panel_decides_nothing() -> None:
    assert decide(ballots([L, L, L, H, H, H]), SCHEME).grade is None


@given(GRADES, st.randoms())
def test_the_order_of_votes_does_not_matter(grades: list[RiskGrade], random: Random) -> None:
    mixed = list(grades)
    random.shuffle(mixed)
    assert decide(ballots(grades), SCHEME).grade is decide(ballots(mixed), SCHEME).grade


@given(GRADES, st.integers(0, 8), st.sampled_from(RiskGrade))
def test_one_vote_for_a_higher_grade_never_lowers_the_outcome(
    grades: list[RiskGrade], index: int, grade: RiskGrade
) -> None:
    place = index % len(grades)
    raised = [*grades[:place], max(grade, grades[place], key=RANK.__getitem__), *grades[place + 1 :]]
    before, after = decide(ballots(grades), SCHEME).grade, decide(ballots(raised), SCHEME).grade
    assert before is None or after is None or RANK[after] >= RANK[before]


@given(GRADES)
def test_an_outcome_has_at_least_half_of_the_panel_on_each_side(grades: list[RiskGrade]) -> None:
    outcome = decide(ballots(grades), SCHEME).grade
    if outcome:
        assert sum(RANK[each] >= RANK[outcome] for each in grades) * 2 > len(grades)
        assert sum(RANK[each] <= RANK[outcome] for each in grades) * 2 > len(grades)


@given(st.lists(st.sampled_from(RiskGrade), max_size=4))
def test_below_the_quorum_there_is_no_decision(grades: list[RiskGrade]) -> None:
    with pytest.raises(QuorumNotReached):
        decide(ballots(grades), SCHEME)


@given(st.sampled_from(SCALE), st.sampled_from(SCALE))
def test_the_method_takes_the_worse_factor(likelihood: int, severity: int) -> None:
    grade = SCHEME.grade(likelihood, severity)
    assert grade is SCHEME.grade(severity, likelihood)
    assert grade is SCHEME.grade(max(likelihood, severity), 1)


def test_rare_but_criminal_is_high() -> None:
    assert SCHEME.grade(likelihood=1, severity=5) is H


def test_the_method_proposes_from_the_medians_of_the_factors() -> None:
    votes = [Vote(f"D01.p{index}", L, 1, severity) for index, severity in enumerate([1, 4, 4, 4, 5])]
    assert decide(votes, SCHEME).proposed is H


def test_a_grade_below_the_method_needs_a_reason() -> None:
    below = Decision(M, H, {})
    with pytest.raises(ReasonRequired):
        check_decision(below, L, TODAY, TODAY, " ")
    check_decision(below, L, TODAY, TODAY, "two cases in five years, both self-reported")


def test_without_a_method_lowering_needs_a_reason_and_raising_does_not() -> None:
    with pytest.raises(ReasonRequired):
        check_decision(Decision(L, None, {}), H, TODAY, TODAY, "")
    check_decision(Decision(H, None, {}), L, TODAY, TODAY, "")


def test_a_grade_never_counts_from_the_past() -> None:
    with pytest.raises(EffectiveInPast):
        check_decision(Decision(H, None, {}), L, TODAY - timedelta(days=1), TODAY, "")


def test_recused_members_do_not_count_for_the_quorum() -> None:
    members = frozenset(f"D01.p{index}" for index in range(6))
    check_panel(Panel(members, frozenset({"D01.p0"})), SCHEME)
    with pytest.raises(PanelTooSmall):
        check_panel(Panel(members, frozenset({"D01.p0", "D01.p1"})), SCHEME)


@pytest.mark.parametrize(
    ("person", "refusal"),
    [
        ("D01.stranger", NotOnPanel),
        ("D01.recused", Recused),
        ("D01.holder", Recused),
        ("D01.voted", AlreadyVoted),
    ],
)
def test_who_may_not_vote(person: str, refusal: type[Exception]) -> None:
    panel = Panel(
        frozenset({"D01.recused", "D01.holder", "D01.voted", "D01.free"}), frozenset({"D01.recused"})
    )
    with pytest.raises(refusal):
        check_voter(panel, frozenset({"D01.holder"}), frozenset({"D01.voted"}), person)
    check_voter(panel, frozenset({"D01.holder"}), frozenset({"D01.voted"}), "D01.free")
