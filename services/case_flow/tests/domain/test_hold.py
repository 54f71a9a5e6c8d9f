"""Holds: their ways out, and who grants a departure."""

from datetime import UTC, datetime

import pytest
from case_flow.domain.hold import (
    OPEN,
    Departure,
    DepartureNotSeparate,
    HoldCode,
    HoldState,
    HoldStateRefused,
    HoldWay,
    WayNotOpen,
    check_departure_actors,
    departure_granted,
    require_open,
    require_way,
)
from case_flow.rules import CONTROL_RULES
from hypothesis import given
from hypothesis import strategies as st

AT = datetime(2026, 6, 3, tzinfo=UTC)


@given(
    st.booleans() | st.none(), st.integers(3, 9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
)
def test_a_departure_needs_the_legal_review_and_the_majority(
    agrees: bool | None, votes: tuple[int, int]
) -> None:
    asked = Departure("h", "why", "a", AT, legal_by="l", legal_agrees=agrees)
    granted = departure_granted(asked, *votes)
    assert granted == (agrees is True and votes[0] > votes[1] - votes[0])


@given(
    st.frozensets(st.sampled_from("abc"), min_size=1, max_size=2),
    st.sampled_from("abc"),
    st.frozensets(st.sampled_from("abcd")),
)
def test_handler_proposer_reviewer_and_meeting_are_different_people(
    asking: frozenset[str], legal: str, meeting: frozenset[str]
) -> None:
    if legal in asking or ({legal} | asking) & meeting:
        with pytest.raises(DepartureNotSeparate):
            check_departure_actors(asking, legal, meeting)
    else:
        check_departure_actors(asking, legal, meeting)


@given(st.sampled_from(HoldState))
def test_an_ended_hold_stays_ended(state: HoldState) -> None:
    if state in OPEN:
        require_open(state)
    else:
        with pytest.raises(HoldStateRefused):
            require_open(state)


def test_the_statutory_maximum_has_no_departure() -> None:
    hard = CONTROL_RULES.shipped().holds[HoldCode.ABOVE_STATUTORY_MAX].ways
    with pytest.raises(WayNotOpen):
        require_way(hard, HoldWay.REQUEST_DEPARTURE)
    require_way(
        CONTROL_RULES.shipped().holds[HoldCode.DISCRETION_OUT_OF_TIER].ways, HoldWay.REQUEST_DEPARTURE
    )


def test_every_code_has_its_rule_and_only_a_route_has_no_way_out() -> None:
    rules = CONTROL_RULES.shipped().holds
    assert set(rules) == set(HoldCode)
    assert {code for code, rule in rules.items() if not rule.ways} == {HoldCode.ABOVE_OFFICE_AUTHORITY}
