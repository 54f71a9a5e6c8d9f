from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_org.model import Org
from plumbline_org.oversight import Line, Seat, oversight
from plumbline_org.parts import Delegation, PersonStatus, Span, StatusSpan
from plumbline_org.testing import city, linjiang, person

DAY = date(2026, 5, 1)
LOW, MEDIUM, HIGH = RiskGrade


def line(holder: str, grade: RiskGrade, org: Org | None = None, **more: object) -> Line:
    return oversight(org or linjiang(upper=city()), f"D01.{holder}", grade, DAY, **more)  # type: ignore[arg-type]


def names(people: tuple[str, ...]) -> list[str]:
    return [one.removeprefix("D01.") for one in people]


@pytest.mark.parametrize(
    ("holder", "grade", "managers", "monitors"),
    [
        ("lin-jie", LOW, ["chen-gang"], ["chen-gang"]),
        ("lin-jie", MEDIUM, ["chen-gang"], ["zhou-min", "luo-fang", "ma-qing"]),
        ("lin-jie", HIGH, ["zhou-min"], ["huang-zhen", "ma-qing"]),
        ("he-jun", HIGH, ["tang-li"], ["huang-zhen", "ma-qing"]),
        ("chen-gang", LOW, ["zhou-min"], ["zhou-min"]),
        ("chen-gang", MEDIUM, ["zhou-min"], ["huang-zhen", "luo-fang", "ma-qing"]),
        ("chen-gang", HIGH, ["huang-zhen"], ["huang-zhen", "ma-qing"]),
        ("zhou-min", LOW, ["huang-zhen"], ["ma-qing"]),
        ("zhou-min", MEDIUM, ["huang-zhen"], ["ma-qing"]),
        ("zhou-min", HIGH, ["huang-zhen"], ["C01.city-head", "C01.city-lead"]),
        ("huang-zhen", LOW, ["C01.city-head"], ["C01.city-lead"]),
        ("ma-qing", MEDIUM, ["C01.city-head"], ["C01.city-lead"]),
        ("ma-qing", HIGH, ["C01.city-head"], ["C01.city-lead"]),
    ],
)
def test_the_table(holder: str, grade: RiskGrade, managers: list[str], monitors: list[str]) -> None:
    found = line(holder, grade)
    assert (names(found.managers), names(found.monitors)) == (managers, monitors)


def test_low_is_for_who_leads_the_section_or_office_and_nobody_else() -> None:
    """S1-059: 科、所领导直接管理和负责."""
    assert names(line("lin-jie", LOW).people) == ["chen-gang"]
    assert names(line("he-jun", LOW).people) == ["pan-yu"]


def test_the_missed_relief_deadline_does_not_reach_the_head() -> None:
    found = line("lin-jie", MEDIUM)
    assert "D01.huang-zhen" not in found.people
    assert not found.circular_fixed
    assert not found.escalated_to_upper


def test_the_process_owner_of_another_section_monitors() -> None:
    found = line("he-jun", MEDIUM, process_owner_unit="D01.POLICY")
    assert names(found.managers) == ["pan-yu"]
    assert names(found.monitors) == ["tang-li", "chen-gang", "luo-fang", "ma-qing"]


def test_the_chief_of_legal_does_not_monitor_their_own_point() -> None:
    found = line("luo-fang", MEDIUM)
    assert names(found.managers) == ["tang-li"]
    assert names(found.monitors) == ["huang-zhen", "ma-qing"]
    assert found.circular_fixed


def test_a_discipline_officer_is_monitored_by_the_upper_discipline() -> None:
    found = line("bai-xue", HIGH)
    assert names(found.monitors) == ["huang-zhen", "C01.city-lead"]
    assert found.circular_fixed
    assert found.escalated_to_upper


def test_an_upper_bureau_outside_the_replica_leaves_its_seats_empty() -> None:
    found = line("huang-zhen", HIGH, linjiang())
    assert found.people == frozenset()
    assert found.escalated_to_upper


def test_a_second_holder_who_is_chief_moves_the_manager_up() -> None:
    found = line("lin-jie", MEDIUM, holders=["D01.lin-jie", "D01.chen-gang"])
    assert names(found.managers) == ["zhou-min"]
    assert "D01.chen-gang" not in found.people
    assert found.circular_fixed


def test_a_vacant_chief_moves_the_manager_up_without_a_circle() -> None:
    org = linjiang()
    gone = replace(org.persons["D01.chen-gang"], statuses=(StatusSpan(PersonStatus.LEFT, Span()),))
    found = line("lin-jie", LOW, replace(org, persons={**org.persons, gone.id: gone}))
    assert names(found.managers) == ["zhou-min"]
    assert not found.circular_fixed


def test_a_delegate_acts_beside_the_chief_and_never_on_their_own_point() -> None:
    acting = Delegation("dg", "D01.chen-gang", "D01.wu-yan", "SECTION_CHIEF", None, Span(DAY))
    org = replace(linjiang(), delegations=(acting,))
    found = line("lin-jie", LOW, org)
    assert names(found.managers) == ["chen-gang", "wu-yan"]
    assert [one.acting for one in found.reasons if one.manages] == [False, True]
    assert "D01.wu-yan" not in line("lin-jie", LOW, org, holders=["D01.wu-yan"]).people


def test_every_person_of_a_line_has_a_reason() -> None:
    found = line("lin-jie", MEDIUM)
    assert {one.person_id for one in found.reasons} == found.people
    assert {one.asked for one in found.reasons if one.person_id == "D01.luo-fang"} == {Seat.LEGAL}
    assert all(one.rule == "§5.2 ORDINARY/MEDIUM" for one in found.reasons)


@st.composite
def bureaus(draw: st.DrawFn) -> Org:
    """The bureau with people moved at random: vacancies, several holders of a post, two posts for one person."""
    org = linjiang(upper=draw(st.sampled_from([None, city()])))
    posts = sorted(post.removeprefix("D01.") for post in org.posts)
    moved = draw(st.dictionaries(st.sampled_from(sorted(org.persons)), st.sampled_from(posts), max_size=8))
    fresh = {who: person("D01", who.removeprefix("D01."), who, post) for who, post in moved.items()}
    double = draw(st.sampled_from(sorted(org.persons)))
    both = org.persons[double].assignments + person("D01", "x", "x", draw(st.sampled_from(posts))).assignments
    persons = {**org.persons, **fresh}
    persons[double] = replace(persons[double], assignments=tuple(replace(a, person_id=double) for a in both))
    return replace(org, persons=persons)


@given(st.data(), bureaus(), st.sampled_from(RiskGrade))
def test_nobody_manages_or_monitors_a_point_they_hold(
    data: st.DataObject, org: Org, grade: RiskGrade
) -> None:
    holders = data.draw(st.lists(st.sampled_from(sorted(org.persons)), min_size=1, unique=True, max_size=5))
    found = oversight(org, holders[0], grade, DAY, holders=holders)
    assert found.people.isdisjoint(holders)
    assert {one.person_id for one in found.reasons} == found.people
    assert found.managers or found.escalated_to_upper


@given(bureaus(), st.data())
def test_a_higher_grade_never_lowers_the_manager(org: Org, data: st.DataObject) -> None:
    holder = data.draw(st.sampled_from(sorted(org.persons)))
    seats = [
        max(
            (one.found for one in oversight(org, holder, grade, DAY).reasons if one.manages),
            key=_height,
            default=None,
        )
        for grade in RiskGrade
    ]
    heights = [_height(seat) for seat in seats if seat]
    assert heights == sorted(heights)


def _height(seat: Seat) -> int:
    return [Seat.CHIEF, Seat.DEPUTY_HEAD, Seat.BUREAU_HEAD, Seat.UPPER_HEAD].index(seat)
