"""What counts as evidence, from when: each fact once, in any order, and sealed signals only in company (§9.4, 10)."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from risk_registry.domain.evidence_facts import (
    EvidenceKind,
    Fact,
    Signal,
    admitted,
    batch_after,
    counted,
    deciding,
)
from risk_registry.domain.standing import PointState, Standing

DAY, AT = date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)
LATER = AT + timedelta(days=4000)
DAYS = st.integers(0, 700).map(lambda days: DAY + timedelta(days=days))
SIGNALS = st.lists(
    st.builds(Signal, st.uuids().map(str), st.just("p"), DAYS), max_size=12, unique_by=lambda s: s.id
)


def fact(number: int, days: int, reverses: str | None = None) -> Fact:
    effect = f"{reverses}/REVERSED" if reverses else f"ALERT/{number}"
    known = AT + timedelta(days=days)
    return Fact(effect, "ev", "p", "D01", EvidenceKind.ALERT, str(number), known.date(), known, reverses)


FACTS = st.lists(
    st.builds(fact, st.integers(0, 99), st.integers(1, 700)), max_size=12, unique_by=lambda f: f.effect
)


@given(FACTS, st.randoms())
def test_the_order_of_arrival_does_not_matter(facts: list[Fact], chance: Random) -> None:
    shuffled = facts.copy()
    chance.shuffle(shuffled)
    assert counted(shuffled, AT, LATER.date(), LATER) == counted(facts, AT, LATER.date(), LATER)


@given(FACTS, st.integers(1, 700))
def test_a_counter_row_takes_back_its_share_and_only_from_then_on(facts: list[Fact], days: int) -> None:
    for each in facts:
        back = fact(0, (each.known_at - AT).days + days, each.effect)
        before = counted([*facts, back], AT, LATER.date(), back.known_at - timedelta(seconds=1))
        assert before == counted(facts, AT, LATER.date(), back.known_at - timedelta(seconds=1))
        after = counted([*facts, back], AT, LATER.date(), LATER)
        assert after == [one for one in counted(facts, AT, LATER.date(), LATER) if one != each]


@given(SIGNALS, st.integers(1, 4), DAYS)
def test_a_sealed_signal_counts_only_on_a_batch_day_and_never_alone(
    signals: list[Signal], k: int, on: date
) -> None:
    found = admitted(signals, k, on)
    for each in signals:
        if batch := found.get(each.id):
            assert batch.day == 1
            assert each.since < batch <= on
            assert sum(one == batch for one in found.values()) > k


@given(SIGNALS, st.integers(1, 4), DAYS, DAYS)
def test_later_signals_never_move_an_earlier_batch(
    signals: list[Signal], k: int, on: date, new: date
) -> None:
    later = Signal("new", "p", max(new, batch_after(on)))
    assert admitted([*signals, later], k, on) == admitted(signals, k, on)


def test_opening_and_closing_a_review_with_the_same_grade_is_a_new_decision() -> None:
    def at(state: PointState, days: int, scheme: str | None = None) -> Standing:
        return Standing(state, RiskGrade.MEDIUM, DAY + timedelta(days=days), AT, days, scheme=scheme)

    history = [at(PointState.ACTIVE, 0), at(PointState.UNDER_REVIEW, 5), at(PointState.ACTIVE, 9)]
    assert deciding(history, DAY + timedelta(days=20), AT) == history[0]
    decided = [*history, at(PointState.ACTIVE, 10, "MAX-1")]
    assert deciding(decided, DAY + timedelta(days=20), AT) == decided[-1]
