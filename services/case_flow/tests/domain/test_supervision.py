"""Supervised events: the majority of a group, and which parts an event lacks."""

from datetime import UTC, date, datetime

import msgspec
import pytest
from case_flow.domain.supervision import (
    Capacity,
    GroupComposition,
    GroupMember,
    Part,
    SupervisedEvent,
    check_composition,
    missing,
)
from case_flow.rules import SUPERVISION_RULES
from hypothesis import given
from hypothesis import strategies as st

AT = datetime(2026, 8, 10, tzinfo=UTC)
EVENT = SupervisedEvent("e", "D01", "PROCUREMENT", "t", "D01.HALL", date(2026, 8, 10), "p", AT, "pack")
people = st.sampled_from("abcdefgh")
members = st.lists(st.builds(GroupMember, people, st.sampled_from(Capacity)), max_size=7).map(tuple)


@given(members, st.integers(1, 5))
def test_a_group_is_formed_exactly_with_a_majority_of_discipline_and_staff(
    group: tuple[GroupMember, ...], at_least: int
) -> None:
    persons = {one.person_id for one in group}
    outside = [one for one in group if one.capacity is Capacity.OTHER]
    right = len(persons) == len(group) >= at_least and len(outside) < len(group) / 2
    if right:
        check_composition(group, at_least)
    else:
        with pytest.raises(GroupComposition):
            check_composition(group, at_least)


@given(st.booleans(), st.booleans(), st.lists(people), st.integers(1, 4))
def test_a_part_is_missing_until_it_is_there(
    noticed: bool, reported: bool, recorders: list[str], needed: int
) -> None:
    event = msgspec.structs.replace(
        EVENT, noticed_at=AT if noticed else None, reported_at=AT if reported else None
    )
    lacking = missing(event, recorders, needed)
    assert (Part.NOTICE in lacking, Part.REPORT in lacking) == (not noticed, not reported)
    assert (Part.RECORD in lacking) == (len(set(recorders)) < needed)
    assert missing(msgspec.structs.replace(event, cancelled_at=AT), recorders, needed) == ()


def test_there_are_five_standing_groups() -> None:
    assert len(SUPERVISION_RULES.shipped().domains) == 5
