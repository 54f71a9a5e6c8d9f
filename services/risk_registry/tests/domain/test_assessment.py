"""Medians, spreads and rounds of a two-factor review; the hash that a signature is bound to."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from math import ceil, floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from risk_registry.domain.assessment import (
    AssessedGrade,
    Assessment,
    PanelEven,
    RoundsOpen,
    by_method,
    check_grade,
    check_odd,
    close_round,
    current_round,
    median,
    spread,
)
from risk_registry.domain.grading import (
    RANK,
    EffectiveInPast,
    Method,
    Panel,
    QuorumNotReached,
    ReasonRequired,
    Scheme,
)
from risk_registry.domain.sign_off import (
    AlreadySigned,
    DecidedState,
    Seat,
    SignOff,
    UpperOpinionRequired,
    complete,
    seat_for,
    seats_required,
)
from risk_registry.domain.standing import PointState, Standing, standing_on
from risk_registry.domain.totals import Totals
from risk_registry.testing import description

NOW = datetime(2026, 3, 6, tzinfo=UTC)
DAY = date(2026, 3, 9)
MAX = Scheme("MAX-1", Method.MAX, 3, 4, 5, "S1-052")
GRID = ("LLMMH", "LLMHH", "LMMHH", "MMHHH", "MMHHH")
MATRIX = Scheme("MATRIX-1", Method.MATRIX, 3, 4, 5, "S1-053", grid=GRID)
FACTOR = st.integers(1, 5)
VOTES = st.lists(
    st.builds(Assessment, FACTOR, FACTOR, st.sampled_from(["", "a", "b"])), min_size=5, max_size=11
)
H, L = RiskGrade.HIGH, RiskGrade.LOW


@given(st.lists(FACTOR, min_size=5, max_size=15).filter(lambda values: len(values) % 2))
def test_half_of_the_votes_are_on_either_side_of_a_median(values: list[int]) -> None:
    middle = median(values)
    assert sum(each < middle for each in values) <= len(values) // 2
    assert sum(each > middle for each in values) <= len(values) // 2


@given(st.lists(FACTOR, min_size=5, max_size=15))
def test_the_spread_is_that_of_quartiles_between_the_votes(values: list[int]) -> None:
    ordered = sorted(values)

    def quartile(part: float) -> float:
        at = part * (len(ordered) - 1)
        low, high = ordered[floor(at)], ordered[ceil(at)]
        return low + (at - floor(at)) * (high - low)

    assert spread(values) == pytest.approx(quartile(0.75) - quartile(0.25))


@given(VOTES, st.sampled_from([MAX, MATRIX]), st.randoms())
def test_the_order_of_votes_decides_nothing(votes: list[Assessment], rules: Scheme, chance: Any) -> None:
    shuffled = list(votes)
    chance.shuffle(shuffled)
    first = close_round(1, votes, rules, "D01.a", NOW)
    assert close_round(1, shuffled, rules, "D01.a", NOW) == first
    assert list(first.votes) == sorted(votes)


@given(VOTES, st.integers(1, 2))
def test_a_round_is_settled_by_agreement_or_by_being_the_last(votes: list[Assessment], number: int) -> None:
    closed = close_round(number, votes, MAX, "D01.a", NOW)
    wide = max(spread([each.likelihood for each in votes]), spread([each.severity for each in votes])) > 1
    assert closed.settled == (number == 2 or not wide)
    assert current_round([closed] if number == 1 else [closed, closed]) == (None if closed.settled else 2)


def test_a_round_without_quorum_is_not_counted_and_an_open_one_has_no_grade() -> None:
    with pytest.raises(QuorumNotReached):
        close_round(1, [Assessment(1, 1)] * 4, MAX, "D01.a", NOW)
    split = close_round(1, [Assessment(1, 1)] * 3 + [Assessment(5, 5)] * 2, MAX, "D01.a", NOW)
    assert not split.settled
    for rounds in ([], [split]):
        with pytest.raises(RoundsOpen):
            by_method(rounds, MAX)
    settled = close_round(2, [Assessment(1, 1)] * 3 + [Assessment(5, 5)] * 2, MAX, "D01.a", NOW)
    assert by_method([split, settled], MAX) is L


def test_an_even_panel_is_refused() -> None:
    members = frozenset("abcdef")
    check_odd(Panel(members, frozenset("a")))
    with pytest.raises(PanelEven):
        check_odd(Panel(members, frozenset()))


@given(st.sampled_from(RiskGrade), st.sampled_from(RiskGrade), st.sampled_from(["", "  ", "because"]))
def test_only_a_grade_below_the_methods_needs_a_reason(
    grade: RiskGrade, proposed: RiskGrade, reason: str
) -> None:
    if RANK[grade] < RANK[proposed] and not reason.strip():
        with pytest.raises(ReasonRequired):
            check_grade(grade, proposed, DAY, DAY, reason)
    else:
        check_grade(grade, proposed, DAY, DAY, reason)


def test_no_grade_counts_from_a_day_that_is_over() -> None:
    with pytest.raises(EffectiveInPast):
        check_grade(H, H, date(2026, 3, 8), DAY, "")


def state() -> DecidedState:
    closed = close_round(1, [Assessment(4, 4, "x")] * 5, MAX, "D01.a", NOW)
    return DecidedState(
        "D01.RP-1", description(), (closed,), AssessedGrade(H, H, DAY, "", "", "D01.a", NOW), MAX
    )


def variants(value: Any) -> list[Any]:
    """`value` with each field changed in turn, into the parts of it."""
    found: list[Any] = []
    for each in fields(value):
        old = getattr(value, each.name)
        found += [replace(value, **{each.name: new}) for new in changed(old)]
    return found


def changed(old: Any) -> list[Any]:
    if hasattr(old, "__dataclass_fields__"):
        return variants(old)
    if isinstance(old, tuple):
        inner = [(new, *old[1:]) for new in changed(old[0])] if old else []
        return [*inner, (*old, "more")]
    if isinstance(old, bool):
        return [not old]
    if isinstance(old, int | float):
        return [old + 1]
    if isinstance(old, datetime):
        return [old.replace(minute=59)]
    if isinstance(old, date):
        return [old.replace(day=27)]
    return [f"{old}x"]


def test_every_field_of_the_state_is_in_its_hash() -> None:
    first = state()
    others = [each.hash for each in variants(first)]
    assert len(others) > 35
    assert first.hash not in others
    assert len(set(others)) == len(others)
    assert state().hash == first.hash


def signed(seat: Seat, person: str) -> SignOff:
    return SignOff(seat, person, "h", NOW)


def test_high_takes_two_persons_in_two_seats_and_any_other_grade_one() -> None:
    both = frozenset(Seat)
    head = signed(Seat.HEAD, "a")
    assert not complete(H, both, [head])
    assert complete(H, both, [head, signed(Seat.DISCIPLINE, "b")])
    assert complete(L, both, [head])
    assert seat_for({"BUREAU_HEAD"}, "a", [], both) is Seat.HEAD
    assert seat_for({"BUREAU_HEAD", "DISCIPLINE_LEAD"}, "b", [head], both) is Seat.DISCIPLINE
    for roles, who in (({"BUREAU_HEAD", "DISCIPLINE_LEAD"}, "a"), ({"BUREAU_HEAD"}, "c")):
        with pytest.raises(AlreadySigned):
            seat_for(roles, who, [head], both)


def test_the_bureau_above_stands_in_for_a_leader_who_is_recused() -> None:
    leaders = {Seat.HEAD: "a", Seat.DISCIPLINE: "b"}
    with pytest.raises(UpperOpinionRequired):
        seats_required(H, leaders, ["a"], " ")
    required = seats_required(H, leaders, ["a"], "C01 2026-12")
    assert required == {Seat.DISCIPLINE}
    assert complete(H, required, [signed(Seat.DISCIPLINE, "b")])
    assert not complete(H, frozenset(), [])


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9), st.sampled_from(RiskGrade)), max_size=12),
    st.integers(0, 12),
)
def test_decided_grades_move_no_total_and_no_day_before_them(
    decisions: list[tuple[int, int, RiskGrade]], on: int
) -> None:
    """Invariants 1 and 9: the register keeps its size, and a decision changes no day before its own."""
    day = date(2026, 1, 1 + on)
    histories = {point: [Standing(PointState.ACTIVE, L, date(2026, 1, 1), NOW)] for point in range(5)}
    for sequence, (point, offset, grade) in enumerate(decisions, 1):
        effective = date(2026, 1, 1 + offset)
        before = standing_on(histories[point], day)
        histories[point].append(Standing(PointState.ACTIVE, grade, effective, NOW, sequence))
        if day < effective:
            assert standing_on(histories[point], day) == before
    grades = [found.grade for each in histories.values() if (found := standing_on(each, day)) and found.grade]
    totals = Totals.count((description().category, grade) for grade in grades)
    assert totals.size == sum(map(totals.grade, RiskGrade)) == 5
