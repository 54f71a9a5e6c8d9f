"""Limits of tenure: month ends and leap days, unbroken holding, grades that rise, extensions; and who must avoid whom."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_org.parts import Assignment, AssignmentKind, Person, PersonStatus, Span, StatusSpan
from plumbline_org.testing import linjiang
from plumbline_shared.testing.plugin import START
from risk_registry.domain.avoidance import Bar, barred, leader_post, with_assignment
from risk_registry.domain.post_grades import grades_of_post
from risk_registry.domain.rotation import (
    Extension,
    GradeFrom,
    Rotation,
    RotationRule,
    RotationState,
    Tenure,
    add_months,
    boundaries,
    due_on,
    months_between,
    tenures_on,
)
from risk_registry.domain.standing import PointState, Standing

HIGH, MEDIUM, LOW = RiskGrade.HIGH, RiskGrade.MEDIUM, RiskGrade.LOW
RULE = RotationRule("R", {HIGH: 60, MEDIUM: 96, LOW: 120}, (90, 30), 12, frozenset({"HR", "DISCIPLINE"}), "c")
RULES = [(date(1980, 1, 1), RULE)]
DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
GRADES = st.sampled_from([HIGH, MEDIUM, LOW])
D = date.fromisoformat


@pytest.mark.parametrize(
    ("since", "months", "due"),
    [
        ("2021-03-15", 60, "2026-03-15"),
        ("2020-02-29", 60, "2025-02-28"),
        ("2020-02-29", 48, "2024-02-29"),
        ("2021-08-31", 1, "2021-09-30"),
        ("2021-12-31", 2, "2022-02-28"),
        ("2021-01-31", 12, "2022-01-31"),
    ],
)
def test_the_last_day_is_the_corresponding_day_or_the_months_last(since: str, months: int, due: str) -> None:
    assert add_months(D(since), months) == D(due)


@given(DAYS, st.integers(0, 240))
def test_months_are_added_within_their_month(day: date, months: int) -> None:
    due = add_months(day, months)
    assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == months
    assert due.day == day.day or (due.day < day.day and (due + timedelta(days=1)).day == 1)
    assert months_between(day, due) == months
    assert months_between(day, due - timedelta(days=1)) == months - 1


@given(DAYS, DAYS, GRADES, GRADES)
def test_a_higher_grade_never_allows_longer(
    since: date, from_day: date, one: RiskGrade, other: RiskGrade
) -> None:
    order = [LOW, MEDIUM, HIGH]
    low, high = sorted((one, other), key=order.index)
    assert _due(since, [(from_day, high)]) <= _due(since, [(from_day, low)])


def _due(since: date, grades: list[GradeFrom]) -> date:
    found = due_on(since, grades, RULES)
    assert found is not None
    return found


@given(DAYS, DAYS, st.integers(1, 4000))
def test_a_rise_to_high_shortens_from_its_day_and_never_before(since: date, graded: date, later: int) -> None:
    regrade = graded + timedelta(days=later)
    before, after = _due(since, [(graded, LOW)]), _due(since, [(graded, LOW), (regrade, HIGH)])
    assert after <= before
    assert after >= min(regrade, before)
    assert after == before or after == max(add_months(since, 60), regrade)


def test_what_a_regrade_does() -> None:
    since, regrade = D("2019-06-01"), D("2026-03-09")
    assert _due(since, [(D("2019-01-01"), MEDIUM)]) == D("2027-06-01")
    assert _due(since, [(D("2019-01-01"), MEDIUM), (regrade, HIGH)]) == regrade
    assert _due(D("2023-06-01"), [(D("2019-01-01"), MEDIUM), (regrade, HIGH)]) == D("2028-06-01")
    assert _due(since, [(D("2019-01-01"), HIGH), (regrade, LOW)]) == D("2029-06-01")
    assert due_on(since, [(D("2019-01-01"), HIGH), (regrade, None)], RULES) is None
    assert due_on(since, [], RULES) is None


def test_a_stricter_rule_shortens_from_its_day_and_takes_no_overdue_day_back() -> None:
    strict = replace(RULE, months={HIGH: 24, MEDIUM: 24, LOW: 24})
    rules = [*RULES, (D("2026-05-01"), strict)]
    high: list[GradeFrom] = [(D("2019-01-01"), HIGH)]
    assert due_on(D("2021-07-01"), high, RULES) == D("2026-07-01")
    assert due_on(D("2021-07-01"), high, rules) == D("2026-05-01")
    assert due_on(D("2025-07-01"), high, rules) == D("2027-07-01")
    assert due_on(D("2020-07-01"), high, rules) == D("2025-07-01")


def assignment(first: str, until: str | None, post: str = "P", kind: str = "PERMANENT") -> Assignment:
    span = Span(D(first), D(until) if until else None)
    return Assignment(first, "X", post, "U", AssignmentKind(kind), span)


def holder(*assignments: Assignment) -> Person:
    return Person("X", "D01", "x", assignments=assignments)


@pytest.mark.parametrize(
    ("spans", "since"),
    [
        ([("2020-01-01", None)], "2020-01-01"),
        ([("2020-01-01", "2022-01-01"), ("2022-01-01", None)], "2020-01-01"),
        ([("2020-01-01", "2022-01-01"), ("2022-01-02", None)], "2022-01-02"),
        ([("2020-01-01", "2023-01-01"), ("2022-01-01", "2027-01-01")], "2020-01-01"),
        ([("2020-01-01", "2022-01-01")], None),
        ([("2027-01-01", None)], None),
    ],
)
def test_tenure_is_unbroken_holding(spans: list[tuple[str, str | None]], since: str | None) -> None:
    found = tenures_on(holder(*(assignment(*span) for span in spans)), D("2026-01-01"))
    assert [each.since for each in found] == ([D(since)] if since else [])


def test_the_post_moves_to_another_unit_and_the_tenure_with_it() -> None:
    moved = replace(assignment("2025-01-01", "2026-06-01"), unit_id="V")
    again = replace(assignment("2026-06-01", None), unit_id="W")
    (found,) = tenures_on(holder(assignment("2020-01-01", "2025-01-01"), moved, again), D("2026-01-01"))
    assert (found.since, found.unit_id, found.until) == (D("2020-01-01"), "V", None)


def test_a_secondment_elsewhere_does_not_begin_it_anew_and_leaving_ends_it() -> None:
    away = assignment("2023-01-01", "2023-06-01", "Q", "SECONDMENT")
    one = holder(assignment("2020-01-01", None), away)
    assert {each.post_id: each.since for each in tenures_on(one, D("2023-02-01"))} == {
        "P": D("2020-01-01"), "Q": D("2023-01-01"),
    }  # fmt: skip
    gone = replace(one, statuses=(StatusSpan(PersonStatus.LEFT, Span(D("2026-01-01"))),))
    assert tenures_on(gone, D("2026-01-01")) == []
    assert sorted(boundaries(one, D("2022-01-01"))) == [D("2023-01-01"), D("2023-06-01")]


def rotation(extension: Extension | None = None) -> Rotation:
    tenure = Tenure("X", "P", "U", D("2021-07-01"), None)
    return Rotation(tenure, HIGH, D("2026-07-01"), (90, 30), extension)


def test_notices_and_states_to_the_day() -> None:
    one = rotation()
    days = {"2026-04-01": None, "2026-04-02": 90, "2026-05-31": 90, "2026-06-01": 30, "2026-07-01": 30}
    assert {day: one.notice(D(day)) for day in days} == days
    states = [one.state(D(day)) for day in ("2026-04-01", "2026-04-02", "2026-07-01", "2026-07-02")]
    assert states == ["IN_TIME", "DUE_SOON", "DUE_SOON", "OVERDUE"]
    assert min(one.changes(D("2026-07-02"))) == D("2026-08-01")
    assert min(one.changes(D("2026-06-01"))) == D("2026-07-02")


def test_an_extension_moves_the_limit_and_ends() -> None:
    one = rotation(Extension(D("2026-06-20"), D("2026-08-31")))
    states = [one.state(D(day)) for day in ("2026-07-01", "2026-07-02", "2026-08-31", "2026-09-01")]
    assert states == ["DUE_SOON", "EXTENDED", "EXTENDED", "OVERDUE"]
    assert one.notice(D("2026-06-21")) is None
    assert one.notice(D("2026-08-01")) == 30


@given(DAYS, st.integers(0, 400))
def test_something_always_follows_until_it_is_over(on: date, offset: int) -> None:
    one = replace(rotation(), due_on=on)
    day = on - timedelta(days=offset)
    following = min(one.changes(day), default=None)
    assert following is not None
    assert following > day
    steps = {one.state(day + timedelta(days=n)) for n in range((following - day).days)}
    assert steps <= {one.state(day), RotationState.DUE_SOON, RotationState.IN_TIME, RotationState.EXTENDED}


def test_a_post_has_the_highest_grade_of_its_points() -> None:
    def standing(day: str, grade: RiskGrade, state: PointState = PointState.ACTIVE) -> Standing:
        return Standing(state, grade, D(day), START)

    histories = [
        [standing("2025-01-01", LOW), standing("2026-03-09", HIGH), standing("2026-09-01", LOW)],
        [standing("2025-06-01", MEDIUM), standing("2026-10-01", MEDIUM, PointState.PROPOSED)],
    ]
    assert grades_of_post(histories, D("2026-12-31")) == [
        (D("2025-01-01"), LOW), (D("2025-06-01"), MEDIUM), (D("2026-03-09"), HIGH), (D("2026-09-01"), MEDIUM),
        (D("2026-10-01"), LOW),
    ]  # fmt: skip
    assert grades_of_post(histories, D("2025-03-01")) == [(D("2025-01-01"), LOW)]


ORG = linjiang()
ON = D("2026-04-01")


def bars(one: str, other: str) -> set[Bar]:
    return {each.bar for each in barred(ORG, f"D01.{one}", f"D01.{other}", ON, RULE.guarded_functions)}


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("chen-gang", "lin-jie", {Bar.DIRECT_LINE}),
        ("zhou-min", "chen-gang", {Bar.DIRECT_LINE}),
        ("huang-zhen", "zhou-min", {Bar.DIRECT_LINE}),
        ("li-wei", "zhao-qiang", {Bar.SAME_LEADER}),
        ("zhou-min", "tang-li", {Bar.SAME_LEADER}),
        ("zhou-min", "xie-tao", {Bar.GUARDED_WORK}),
        ("zhou-min", "lin-jie", set()),
        ("li-wei", "he-jun", set()),
    ],
)
def test_posts_that_kin_may_not_hold(one: str, other: str, found: set[Bar]) -> None:
    assert bars(one, other) == bars(other, one) == found


def test_a_proposed_assignment_is_judged_as_if_it_were_made() -> None:
    moved = with_assignment(ORG, "D01.he-jun", "D01.POLICY.reviewer", ON)
    assert moved.posts_of("D01.he-jun", ON) == ("D01.POLICY.reviewer",)
    assert ORG.posts_of("D01.he-jun", ON) == ("D01.TO-5.administrator",)
    found = barred(moved, "D01.he-jun", "D01.chen-gang", ON, RULE.guarded_functions)
    assert {each.bar for each in found} == {Bar.DIRECT_LINE}
    assert leader_post(ORG, "D01.LEAD.head") is None
