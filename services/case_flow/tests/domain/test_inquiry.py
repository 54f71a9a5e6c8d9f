"""Inquiries: panel, quorum, recusal, and a decision that follows the votes."""

from datetime import date

import pytest
from case_flow.domain.collective import (
    AlreadyVoted,
    NotPresent,
    QuorumNotMet,
    Recused,
    Seat,
    Tally,
    carried,
    check_voter,
)
from case_flow.domain.inquiry import (
    NEXT,
    AppealTooLate,
    DefenceRunning,
    InquiryState,
    InquiryStateRefused,
    PanelRefused,
    barred,
    check_appeal,
    check_hearing,
    check_panel,
    move,
)
from hypothesis import given
from hypothesis import strategies as st

DUE = date(2026, 5, 28)
AFTER = date(2026, 5, 29)
NINE = tuple("abcdefghi")
votes = st.builds(Tally, for_=st.integers(0, 9), against=st.integers(0, 9), abstained=st.integers(0, 9))
seats = st.lists(
    st.booleans().flatmap(lambda r: st.builds(Seat, st.just("x"), st.just(r), st.booleans())), max_size=9
)


@given(votes, st.integers(1, 9))
def test_a_proposal_is_carried_by_more_than_half_of_a_quorate_vote(tally: Tally, quorum: int) -> None:
    if tally.cast < quorum:
        with pytest.raises(QuorumNotMet):
            carried(tally, quorum)
    else:
        assert carried(tally, quorum) == (tally.for_ > tally.against + tally.abstained)


def test_five_to_two_is_carried_with_a_quorum_of_six() -> None:
    assert carried(Tally(5, 2, 0), 6)
    assert not carried(Tally(3, 3, 0), 6)


@given(seats, st.integers(1, 9), st.booleans())
def test_a_hearing_counts_only_members_who_may_vote(panel: list[Seat], quorum: int, heard: bool) -> None:
    voters = sum(seat.present and not seat.recused for seat in panel)
    if voters < quorum:
        with pytest.raises(QuorumNotMet):
            check_hearing(tuple(panel), quorum, DUE, AFTER, heard)
    else:
        check_hearing(tuple(panel), quorum, DUE, AFTER, heard)


def test_the_hearing_waits_for_the_defence_unless_everybody_was_heard() -> None:
    panel = tuple(Seat(one, recused=False, present=True) for one in NINE)
    with pytest.raises(DefenceRunning):
        check_hearing(panel, 6, DUE, DUE, heard=False)
    check_hearing(panel, 6, DUE, DUE, heard=True)


def test_a_member_votes_once_present_and_not_recused() -> None:
    check_voter(Seat("a", recused=False, present=True), voted=False)
    with pytest.raises(AlreadyVoted):
        check_voter(Seat("a", recused=False, present=True), voted=True)
    with pytest.raises(Recused):
        check_voter(Seat("a", recused=True, present=True), voted=False)
    with pytest.raises(NotPresent):
        check_voter(Seat("a", recused=False, present=False), voted=False)


def test_the_panel_is_full_distinct_and_without_respondents() -> None:
    check_panel(NINE, frozenset("z"), 9)
    for members in (NINE[:8], (*NINE[:8], "a")):
        with pytest.raises(PanelRefused):
            check_panel(members, frozenset("z"), 9)
    with pytest.raises(PanelRefused):
        check_panel(NINE, frozenset("a"), 9)


def test_the_verifier_and_their_chief_are_barred() -> None:
    assert barred(NINE, "a", "b") == frozenset("ab")
    assert barred(NINE, "z", None) == frozenset()


def test_an_appeal_is_possible_through_the_last_day() -> None:
    check_appeal(date(2026, 7, 4), date(2026, 7, 4))
    with pytest.raises(AppealTooLate):
        check_appeal(date(2026, 7, 4), date(2026, 7, 5))


@given(st.sampled_from(InquiryState), st.sampled_from(InquiryState))
def test_only_listed_moves_are_possible(state: InquiryState, to: InquiryState) -> None:
    if to in NEXT[state]:
        assert move(state, to) is to
    else:
        with pytest.raises(InquiryStateRefused):
            move(state, to)
