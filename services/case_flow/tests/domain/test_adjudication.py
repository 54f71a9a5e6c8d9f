"""Adjudication of major cases: two thirds of the member units, thresholds by version, unanimity in writing."""

from datetime import date

import pytest
from case_flow.domain.adjudication import (
    AdjudicationState,
    CommitteeInvalid,
    DissentWithoutReason,
    OpinionsSplit,
    check_committee,
    check_opinion,
    concluded,
)
from case_flow.domain.collective import Choice, QuorumNotMet, Share, Tally
from case_flow.domain.discretion import Party
from case_flow.domain.penalty_pack import Ruler
from case_flow.rules import PENALTY_RULES
from hypothesis import given
from hypothesis import strategies as st

counts = st.integers(0, 9)


@given(st.integers(0, 60))
def test_two_thirds_are_enough_and_one_fewer_is_not(units: int) -> None:
    quorum = Share(of=3, parts=2).least(units)
    assert quorum * 3 >= units * 2
    assert quorum == 0 or (quorum - 1) * 3 < units * 2


@given(counts, counts, counts, counts)
def test_on_the_file_only_unanimity_concludes(for_: int, against: int, abstained: int, more: int) -> None:
    tally, quorum = Tally(for_, against, abstained), 4
    voters = tally.cast + more
    if tally.cast < quorum:
        with pytest.raises(QuorumNotMet):
            concluded(AdjudicationState.WRITTEN, tally, quorum, voters)
    elif voters not in (for_, against):
        with pytest.raises(OpinionsSplit):
            concluded(AdjudicationState.WRITTEN, tally, quorum, voters)
    else:
        assert concluded(AdjudicationState.WRITTEN, tally, quorum, voters) is (for_ == voters)


@given(counts, counts, counts)
def test_a_meeting_decides_by_more_than_half_of_the_votes_cast(
    for_: int, against: int, abstained: int
) -> None:
    tally = Tally(for_, against, abstained)
    if tally.cast >= 4:
        assert concluded(AdjudicationState.MEETING, tally, 4, 9) is (for_ > against + abstained)


@pytest.mark.parametrize(
    ("party", "fen", "complex_", "ruler"),
    [
        (Party.CITIZEN, 4999999, False, None),
        (Party.CITIZEN, 5000000, False, Ruler.COMMITTEE),
        (Party.ORGANISATION, 5000000, False, None),
        (Party.ORGANISATION, 1, True, Ruler.COMMITTEE),
        (Party.ORGANISATION, 199999999, False, Ruler.COMMITTEE),
        (Party.ORGANISATION, 200000000, True, Ruler.SUPERIOR),
    ],
)
def test_who_rules_follows_from_the_size(party: Party, fen: int, complex_: bool, ruler: Ruler | None) -> None:
    assert PENALTY_RULES.shipped().ruler(party, fen, date(2026, 6, 3), complex=complex_) is ruler


def test_before_the_first_threshold_no_amount_is_major() -> None:
    assert PENALTY_RULES.shipped().ruler(Party.CITIZEN, 10**9, date(2021, 7, 31), complex=False) is None


@pytest.mark.parametrize(
    "seats",
    [
        {"U1": "a", "U2": "b"},
        {"U1": "a", "U2": "b", "U3": "b"},
        {"U1": "a", "U2": "b", "U9": "c"},
        {"U1": "a", "U2": "b", "U3": "d"},
    ],
    ids=["too few", "one person twice", "no member unit", "of another unit"],
)
def test_a_committee_seats_member_units_by_their_own_people(seats: dict[str, str]) -> None:
    units_of = {"a": ["U1"], "b": ["U2", "U3"], "c": ["U3", "U9"], "d": ["U1"]}
    with pytest.raises(CommitteeInvalid):
        check_committee(seats, {"U1", "U2", "U3"}, units_of, 3)
    check_committee({"U1": "a", "U2": "b", "U3": "c"}, {"U1", "U2", "U3"}, units_of, 3)


def test_a_dissent_says_why() -> None:
    with pytest.raises(DissentWithoutReason):
        check_opinion(Choice.AGAINST, " ")
    check_opinion(Choice.FOR, "")
    check_opinion(Choice.AGAINST, "the facts are thin")
