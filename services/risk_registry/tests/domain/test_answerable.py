"""An alert resolves to posts and persons of its day: nobody else, never one's own overseer (S2-037, §5.2, C-05)."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_org.parts import Span
from plumbline_org.testing import ALWAYS, city, linjiang, person
from risk_registry.domain.answerable import Told, lines
from risk_registry.domain.ledger import Part

ORG = linjiang(upper=city())
DAY = date(2026, 5, 1)
MISSED = Told(
    subjects=("D01.lin-jie",),
    units=("D01.POLICY",),
    grade=RiskGrade.MEDIUM,
    on=DAY,
    point_posts=("D01.POLICY.reviewer",),
    owner_unit="D01.POLICY",
    domain="RELIEF",
    verifier="D01.luo-fang",
)
PEOPLE = sorted(ORG.persons)


def named(told: Told, part: Part) -> set[str]:
    return {one.person_id.removeprefix("D01.") for one in lines(ORG, told) if one.part is part}


def test_the_missed_deadline_of_scenario_1() -> None:
    (subject,) = [one for one in lines(ORG, MISSED) if one.part is Part.ANSWERABLE]
    assert (subject.person_id, subject.post_id, subject.unit_id, subject.basis) == (
        "D01.lin-jie", "D01.POLICY.reviewer", "D01.POLICY", "SUBJECT",
    )  # fmt: skip
    assert named(MISSED, Part.MANAGER) == {"chen-gang"}
    assert named(MISSED, Part.MONITOR) == {"zhou-min", "luo-fang", "ma-qing"}
    assert named(MISSED, Part.TRACKER) == {"qian-lu"}
    assert named(MISSED, Part.VERIFIER) == {"luo-fang"}
    assert named(replace(MISSED, domain=None), Part.TRACKER) == set()


def test_without_a_subject_the_holder_of_the_point_answers_and_else_the_chief() -> None:
    nobody = replace(MISSED, subjects=())
    assert [(one.person_id, one.basis) for one in lines(ORG, nobody)[:1]] == [("D01.lin-jie", "HOLDER")]
    slip = replace(nobody, units=("D01.TO-3", "D01.POLICY"), point_posts=())
    answering = [one for one in lines(ORG, slip) if one.part is Part.ANSWERABLE]
    assert [(one.person_id, one.post_id, one.basis) for one in answering] == [
        ("D01.sun-hao", "D01.TO-3.chief", "UNIT_CHIEF"),
        ("D01.chen-gang", "D01.POLICY.chief", "UNIT_CHIEF"),
    ]


def test_an_alert_about_kin_names_only_those_whom_its_rule_informs() -> None:
    kin = Told((), (), RiskGrade.HIGH, DAY, informed=("HR_OFFICER", "DISCIPLINE_LEAD", "BUREAU_HEAD"))
    assert {one.part for one in lines(ORG, kin)} == {Part.INFORMED}
    assert named(kin, Part.INFORMED) == {"xie-tao", "ma-qing", "huang-zhen"}


def test_sealing_wins_over_grade() -> None:
    sealed = replace(MISSED, sealed=True, informed=("DISCIPLINE_LEAD",))
    assert [(one.part, one.person_id) for one in lines(ORG, sealed)] == [(Part.INFORMED, "D01.ma-qing")]
    assert lines(ORG, replace(MISSED, sealed=True)) == ()


def test_who_held_the_post_then_answers_not_who_holds_it_now() -> None:
    moved = date(2026, 5, 10)
    before = person("D01", "lin-jie", "林杰", "POLICY.reviewer", span=Span(ALWAYS.first, moved))
    after = person("D01", "new-hand", "新人", "POLICY.reviewer", span=Span(moved))
    org = replace(ORG, persons={**ORG.persons, "D01.lin-jie": before, "D01.new-hand": after})
    nobody = replace(MISSED, subjects=())
    found = {day: lines(org, replace(nobody, on=day))[0].person_id for day in (DAY, date(2026, 5, 9), moved)}
    assert list(found.values()) == ["D01.lin-jie", "D01.lin-jie", "D01.new-hand"]


@given(
    subjects=st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True),
    units=st.lists(st.sampled_from(sorted(ORG.units)), max_size=2, unique=True),
    posts=st.lists(st.sampled_from(sorted(ORG.posts)), max_size=2, unique=True),
    grade=st.sampled_from(RiskGrade),
)
def test_nobody_oversees_what_they_answer_for(
    subjects: list[str], units: list[str], posts: list[str], grade: RiskGrade
) -> None:
    told = Told(tuple(subjects), tuple(units), grade, DAY, tuple(posts))
    found = lines(ORG, told)
    answering = {one.person_id for one in found if one.part is Part.ANSWERABLE}
    overseers = {one.person_id for one in found if one.part in (Part.MANAGER, Part.MONITOR)}
    assert not answering & overseers
    assert answering >= set(subjects)
    for one in found:
        if one.part is Part.ANSWERABLE:
            assert one.post_id in ORG.posts_of(one.person_id, DAY)
    assert bool(overseers) <= bool(answering)
