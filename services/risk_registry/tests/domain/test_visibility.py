"""Who reads the register, in whose name, on which day (§5.3), and who oversees a point (invariants 3 and 9)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_org.model import Org
from plumbline_org.oversight import Line, oversight
from plumbline_org.parts import Delegation, Span
from plumbline_org.principal import principal_of
from plumbline_org.testing import city, linjiang, person
from plumbline_shared.principal import Principal, system
from risk_registry.domain.points import Description, Origin
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import PointState, Standing, standing_on
from risk_registry.domain.visibility import reader, votes_on_grades
from risk_registry.policies import POLICY, point_resource
from risk_registry.testing import description
from risk_registry.use_cases.panel import holders_of

DAY = date(2026, 4, 1)
ORG = linjiang(upper=city())
POLICY_POINT = description(["D01.POLICY.reviewer"], owner_unit="D01.POLICY")
OFFICE_POINT = description(["D01.TO-5.administrator"])
OWNED_POINT = description(["D01.TO-5.administrator"], owner_unit="D01.LEVY")
GRADES = st.sampled_from(RiskGrade)
PEOPLE = sorted(ORG.persons)


def reads(org: Org, person_id: str, text: Description, *days: date) -> bool:
    point = PointOnDay(
        "D01.RP-1", "D01", "RP-1", Origin.REGISTER, PointState.ACTIVE, RiskGrade.LOW, DAY, DAY, text
    )
    who = reader(principal_of(org, f"D01.{person_id}", DAY), org, days or (DAY,))
    return POLICY.allows(who, "read", point_resource(point))


@pytest.mark.parametrize(
    ("person_id", "policy", "office"),
    [
        ("huang-zhen", True, True),
        ("ma-qing", True, True),
        ("bai-xue", True, True),
        ("luo-fang", True, True),
        ("zhou-min", True, False),
        ("tang-li", False, True),
        ("chen-gang", True, False),
        ("lin-jie", True, False),
        ("qian-lu", False, False),
        ("pan-yu", False, True),
        ("he-jun", False, True),
        ("sun-hao", False, False),
        ("operator-07", False, False),
        ("gu-ping", False, False),
        ("deng-yi", False, False),
    ],
)
def test_who_reads_a_point_of_policy_and_one_of_an_office(person_id: str, policy: bool, office: bool) -> None:
    assert (reads(ORG, person_id, POLICY_POINT), reads(ORG, person_id, OFFICE_POINT)) == (policy, office)


def test_being_a_colleague_opens_nothing() -> None:
    org = replace(ORG, persons={**ORG.persons, "D01.new": person("D01", "new", "新人", "TO-5.clerk")})
    assert not reads(org, "new", OFFICE_POINT)


def test_a_process_owner_reads_its_points_across_the_bureau() -> None:
    levy = replace(ORG, persons={**ORG.persons, "D01.levy": person("D01", "levy", "征管科长", "LEVY.chief")})
    posts = {
        **levy.posts,
        "D01.LEVY.chief": replace(ORG.posts["D01.POLICY.chief"], id="D01.LEVY.chief", unit_id="D01.LEVY"),
    }
    assert reads(replace(levy, posts=posts), "levy", OWNED_POINT)
    assert not reads(replace(levy, posts=posts), "levy", OFFICE_POINT)


def test_who_held_the_post_then_reads_that_day_and_not_today() -> None:
    gone = Span(date(2025, 1, 1), date(2026, 3, 1))
    org = replace(
        ORG,
        persons={**ORG.persons, "D01.gone": person("D01", "gone", "旧人", "TO-5.administrator", span=gone)},
    )
    assert not reads(org, "gone", OFFICE_POINT, DAY)
    assert reads(org, "gone", OFFICE_POINT, DAY, date(2026, 2, 1))


def test_leading_one_unit_then_and_another_now_mixes_no_units() -> None:
    then = person("D01", "pan-yu", "潘宇", "TO-5.chief", span=Span(None, date(2026, 3, 1)))
    org = replace(ORG, persons={**ORG.persons, "D01.pan-yu": then})
    assert reader(principal_of(org, "D01.pan-yu", DAY), org, [DAY]).unit_ids == frozenset()


def test_a_delegate_of_a_deputy_reads_the_units_in_their_charge() -> None:
    given_ = Delegation("d1", "D01.tang-li", "D01.zhou-min", "DEPUTY_HEAD", None, Span())
    assert reads(replace(ORG, delegations=(given_,)), "zhou-min", OFFICE_POINT)


@pytest.mark.parametrize(
    "who",
    [
        Principal("client", bureau_id="D01"),
        system("D01"),
        principal_of(linjiang("D02"), "D02.huang-zhen", DAY),
    ],
)
def test_nobody_else_becomes_a_reader(who: Principal) -> None:
    found = reader(who, ORG, [DAY])
    assert (found.roles, found.unit_ids, found.post_ids) == (frozenset(), frozenset(), frozenset())


@pytest.mark.parametrize(
    ("person_id", "owner", "votes"),
    [
        ("huang-zhen", "", True),
        ("ma-qing", "", True),
        ("luo-fang", "", True),
        ("chen-gang", "D01.POLICY", True),
        ("chen-gang", "D01.LEVY", False),
        ("sun-hao", "D01.TO-3", False),
        ("lin-jie", "D01.POLICY", False),
    ],
)
def test_who_votes_on_grades(person_id: str, owner: str, votes: bool) -> None:
    assert votes_on_grades(ORG, f"D01.{person_id}", owner, DAY) is votes


@given(st.lists(st.sampled_from(sorted(ORG.posts)), min_size=1, max_size=5, unique=True), GRADES)
def test_nobody_manages_or_monitors_a_point_they_hold(posts: list[str], grade: RiskGrade) -> None:
    text = description(posts)
    holders = {each for each, _unit in holders_of(ORG, text, DAY)}
    for holder in holders:
        line = oversight(ORG, holder, grade, DAY, None, holders=holders)
        assert not holders & line.people


@given(
    st.lists(st.tuples(st.integers(0, 60), GRADES), min_size=1, max_size=6),
    st.integers(0, 60),
    GRADES,
    st.integers(0, 60),
)
def test_a_regrade_moves_the_line_from_its_day_and_never_before(
    grades: list[tuple[int, RiskGrade]], effective: int, grade: RiskGrade, on: int
) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    history = [
        Standing(PointState.ACTIVE, each, DAY + timedelta(days=day), at, index)
        for index, (day, each) in enumerate(grades)
    ]
    regraded = [
        *history,
        Standing(PointState.ACTIVE, grade, DAY + timedelta(days=effective), at, len(history)),
    ]
    day = DAY + timedelta(days=on)
    if on < effective:
        assert line_on(regraded, day) == line_on(history, day)
    later = [each for each, _grade in grades if each > effective]
    if effective <= on < min(later, default=61):
        assert line_on(regraded, day) == oversight(ORG, "D01.he-jun", grade, day, "D01.LEVY")


def line_on(history: list[Standing], day: date) -> Line | None:
    standing = standing_on(history, day)
    if standing is None or standing.grade is None:
        return None
    return oversight(ORG, "D01.he-jun", standing.grade, day, "D01.LEVY")


def test_in_scenario_five_the_chief_gives_way_to_deputy_head_and_discipline() -> None:
    low = oversight(ORG, "D01.wu-bin", RiskGrade.LOW, DAY)
    high = oversight(ORG, "D01.wu-bin", RiskGrade.HIGH, DAY)
    assert high.managers == ("D01.tang-li",)
    assert set(high.monitors) == {"D01.huang-zhen", "D01.ma-qing"}
    assert low.managers == ("D01.tang-li",), "TO-7 is without a chief here, so the seat moves up"
