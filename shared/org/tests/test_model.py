from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.model import Org
from plumbline_org.parts import (
    AssignmentKind,
    Delegation,
    Duty,
    PersonStatus,
    RoleGrant,
    Span,
    StatusSpan,
    Unit,
    UnitKind,
)
from plumbline_org.testing import linjiang, person

DAY = date(2026, 4, 1)
POLICY, CHIEF = "D01.POLICY", "D01.POLICY.chief"
WHO = "D01.chen-gang"


def with_person(org: Org, **changes: object) -> Org:
    one = replace(org.persons[WHO], **changes)  # type: ignore[arg-type]
    return replace(org, persons={**org.persons, WHO: one})


def test_the_cast_sits_where_the_scenarios_have_them() -> None:
    org = linjiang()
    assert org.head(DAY) == "D01.huang-zhen"
    assert org.discipline_lead(DAY) == "D01.ma-qing"
    assert org.chief_of(POLICY, DAY) == WHO
    assert org.deputy_in_charge("D01.TO-3", DAY) == "D01.tang-li"
    assert org.deputies(DAY) == ("D01.zhou-min", "D01.tang-li")
    assert org.persons_with_role("MATTER_TRACKER", DAY) == ("D01.qian-lu",)
    assert org.units_of("D01.li-wei", DAY) == ("D01.TO-3",)


def test_the_role_of_a_chief_follows_the_kind_of_unit() -> None:
    org = linjiang()
    assert org.role_units_of(WHO, DAY) == {("SECTION_CHIEF", POLICY)}
    assert org.role_units_of("D01.sun-hao", DAY) == {("OFFICE_CHIEF", "D01.TO-3")}
    assert org.roles_of("D01.huang-zhen", DAY) == {"BUREAU_HEAD"}


def test_nothing_is_known_of_a_stranger() -> None:
    org = linjiang()
    assert org.person("D02.chen-gang") is None
    assert org.holders("D02.POLICY.chief", DAY) == ()
    assert org.chief_of("D02.POLICY", DAY) is None
    assert org.roles_of("D02.chen-gang", DAY) == frozenset()
    assert org.status_of("D02.chen-gang", DAY) is None


@given(
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    st.integers(1, 400),
    st.dates(date(2024, 1, 1), date(2028, 1, 1)),
)
def test_a_holder_holds_on_exactly_the_days_of_the_assignment(first: date, days: int, on: date) -> None:
    span = Span(first, first + timedelta(days=days))
    org = with_person(
        linjiang(), assignments=person("D01", "chen-gang", "", "POLICY.chief", span=span).assignments
    )
    assert (WHO in org.holders(CHIEF, on)) is (first <= on < first + timedelta(days=days))


def test_a_secondment_rests_the_home_post_while_it_lasts() -> None:
    away = person(
        "D01",
        "chen-gang",
        "",
        "LEVY.tracker",
        kind=AssignmentKind.SECONDMENT,
        span=Span(DAY, date(2026, 5, 1)),
    )
    org = with_person(linjiang(), assignments=(*linjiang().persons[WHO].assignments, *away.assignments))
    assert org.posts_of(WHO, DAY) == ("D01.LEVY.tracker",)
    assert org.chief_of(POLICY, DAY) is None
    assert org.chief_of(POLICY, date(2026, 5, 1)) == WHO


@pytest.mark.parametrize("status", set(PersonStatus) - {PersonStatus.ACTIVE, PersonStatus.SECONDED})
def test_a_status_ends_what_it_ends_from_its_first_day(status: PersonStatus) -> None:
    org = with_person(
        linjiang(), statuses=(StatusSpan(PersonStatus.ACTIVE, Span()), StatusSpan(status, Span(DAY)))
    )
    serves = status is PersonStatus.QUALIFICATION_REVOKED
    assert bool(org.holders(CHIEF, DAY)) is serves
    assert bool(org.roles_of(WHO, DAY)) is serves
    assert org.holders(CHIEF, DAY - timedelta(days=1)) == (WHO,)
    one = org.persons[WHO]
    assert (one.qualified(DAY - timedelta(days=1)), one.qualified(DAY)) == (True, False)


def test_a_delegation_gives_the_authority_for_its_days_and_no_more() -> None:
    given_ = Delegation("dg", WHO, "D01.lin-jie", "SECTION_CHIEF", None, Span(DAY, date(2026, 4, 3)))
    org = replace(linjiang(), delegations=(given_,))
    assert ("SECTION_CHIEF", POLICY) in org.role_units_of("D01.lin-jie", DAY)
    assert "SECTION_CHIEF" not in org.roles_of("D01.lin-jie", date(2026, 4, 3))
    revoked = replace(org, delegations=(replace(given_, revoked=True),))
    assert "SECTION_CHIEF" not in revoked.roles_of("D01.lin-jie", DAY)


def test_nobody_delegates_what_they_do_not_have() -> None:
    empty = Delegation("dg", "D01.wu-yan", "D01.lin-jie", "BUREAU_HEAD", None, Span(DAY))
    assert "BUREAU_HEAD" not in replace(linjiang(), delegations=(empty,)).roles_of("D01.lin-jie", DAY)


def test_a_grant_for_a_unit_counts_there_only() -> None:
    grant = RoleGrant("g", WHO, "MATTER_TRACKER", "D01.LEVY", None, Span(DAY))
    org = with_person(linjiang(), grants=(grant,))
    assert WHO in org.persons_with_role("MATTER_TRACKER", DAY, unit="D01.LEVY")
    assert WHO not in org.persons_with_role("MATTER_TRACKER", DAY, unit="D01.HALL")


def test_the_roster_gives_the_role_for_the_day_and_names_the_next() -> None:
    org = replace(linjiang(), duties=(Duty(DAY, 2, "D01.tang-li"), Duty(DAY, 1, "D01.zhou-min")))
    assert org.duty_director(DAY) == "D01.zhou-min"
    assert org.duty_directors(DAY) == ("D01.zhou-min", "D01.tang-li")
    assert "DUTY_DIRECTOR" in org.roles_of("D01.zhou-min", DAY)
    assert "DUTY_DIRECTOR" not in org.roles_of("D01.tang-li", DAY)
    assert org.duty_director(date(2026, 4, 2)) is None


def test_a_team_deep_in_the_tree_asks_the_units_above_it() -> None:
    org = linjiang()
    team = Unit("D01.TO-3.TEAM", "D01", "一组", UnitKind.OFFICE, parent_id="D01.TO-3")
    deep = Unit("D01.TO-3.TEAM.A", "D01", "甲", UnitKind.OFFICE, parent_id=team.id)
    org = replace(org, units={**org.units, team.id: team, deep.id: deep})
    assert org.ancestors(deep.id) == (deep.id, team.id, "D01.TO-3")
    assert org.deputy_in_charge(deep.id, DAY) == "D01.tang-li"
    assert org.subtree("D01.TO-3") == {"D01.TO-3", team.id, deep.id}
