"""Whoever sits in two seats is named, and a seat with too few; nothing else is (S1-119, S1-120)."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.testing import linjiang
from risk_registry.domain.offices import (
    Filled,
    OfficeFaultKind,
    OfficePlan,
    OfficeTemplate,
    Seat,
    faults,
    seated,
)

ORG, DAY = linjiang("D01"), date(2026, 4, 1)
POSTS = ["TO-3.chief", "TO-3.investigator-1", "TO-3.investigator-2"]
SEATS = st.lists(st.tuples(st.integers(1, 3), st.sets(st.sampled_from(POSTS))), min_size=2, max_size=4)


@given(given=SEATS)
def test_faults_are_the_short_seats_and_the_people_in_two(given: list[tuple[int, set[str]]]) -> None:
    seats = tuple(Seat(f"S{number}", "岗", needed) for number, (needed, _posts) in enumerate(given))
    filled = tuple(Filled(f"S{number}", tuple(sorted(posts))) for number, (_n, posts) in enumerate(given))
    template, plan = OfficeTemplate("所", "x", seats), OfficePlan("所", "TO-3", "T", filled)
    found = list(faults(plan, template, ORG, DAY, seated(plan, template, ORG, DAY)))
    short = [f"S{number}" for number, (needed, posts) in enumerate(given) if len(posts) < needed]
    twice = {post for post in POSTS if sum(post in posts for _needed, posts in given) > 1}
    assert [each.seats for each in found if each.kind is OfficeFaultKind.TOO_FEW] == [(one,) for one in short]
    doubled = [each for each in found if each.kind is OfficeFaultKind.TWO_SEATS]
    assert {each.person for each in doubled} == {ORG.holders(f"D01.{post}", DAY)[0] for post in twice}
    assert {post for each in doubled for post in each.posts} == {f"D01.{post}" for post in twice}
    assert {each.kind for each in found} <= {OfficeFaultKind.TOO_FEW, OfficeFaultKind.TWO_SEATS}
