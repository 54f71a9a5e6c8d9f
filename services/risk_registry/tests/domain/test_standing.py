"""Two times: nothing recorded later changes what an earlier day was known to be (invariants 1 and 9)."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from risk_registry.domain.standing import PointState, Standing, periods, standing_on

FIRST = date(2026, 1, 1)
START = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def histories(draw: st.DrawFn) -> list[Standing]:
    """Recorded in order, effective on any days, several at one instant."""
    rows = draw(
        st.lists(st.tuples(DAYS, st.integers(0, 3), st.sampled_from(RiskGrade)), min_size=1, max_size=12)
    )
    at, found = START, []
    for sequence, (day, pause, grade) in enumerate(rows):
        at += timedelta(hours=pause)
        found.append(Standing(PointState.ACTIVE, grade, day, at, sequence))
    return found


@given(histories(), DAYS)
def test_the_period_that_covers_a_day_is_the_standing_of_that_day(history: list[Standing], on: date) -> None:
    covering = [
        each.standing
        for each in periods(history)
        if each.standing.valid_from <= on and (each.valid_to is None or on < each.valid_to)
    ]
    assert covering == [each for each in [standing_on(history, on)] if each]


@given(histories())
def test_periods_have_no_gap_and_no_overlap(history: list[Standing]) -> None:
    found = periods(history)
    assert [each.valid_to for each in found[:-1]] == [each.standing.valid_from for each in found[1:]]
    assert found[-1].valid_to is None


@given(histories(), st.sampled_from(RiskGrade), DAYS, DAYS)
def test_a_later_grade_changes_no_day_before_it_and_every_day_up_to_the_next(
    history: list[Standing], grade: RiskGrade, effective: date, on: date
) -> None:
    added = Standing(PointState.ACTIVE, grade, effective, history[-1].recorded_at, len(history))
    after = standing_on([*history, added], on)
    later = [each.valid_from for each in history if each.valid_from > effective]
    if effective <= on < min(later, default=date.max):
        assert after == added
    else:
        assert after == standing_on(history, on)


@given(histories(), st.integers(0, 12), DAYS)
def test_what_was_known_then_stays_known_as_it_was(history: list[Standing], kept: int, on: date) -> None:
    known_at = START + timedelta(hours=kept)
    seen_then = [each for each in history if each.recorded_at <= known_at]
    assert standing_on(history, on, known_at) == standing_on(seen_then, on)


def test_of_two_records_of_one_instant_the_later_speaks() -> None:
    low = Standing(PointState.ACTIVE, RiskGrade.LOW, FIRST, START, 1)
    high = Standing(PointState.ACTIVE, RiskGrade.HIGH, FIRST, START, 2)
    assert standing_on([high, low], FIRST) == high


def test_before_the_first_day_there_is_nothing() -> None:
    low = Standing(PointState.ACTIVE, RiskGrade.LOW, FIRST, START, 1)
    assert standing_on([low], FIRST - timedelta(days=1)) is None
