"""A prior pooled over bureaus: of enough of them, in no order, on a grid, and nothing without evidence of one's own."""

from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from risk_registry.domain.evidence import EvidenceRules, Posterior, Prior
from risk_registry.domain.evidence_facts import EvidenceKind, EvidenceScheme, KindWeight
from risk_registry.domain.explanation import Piece, explain, words
from risk_registry.domain.grading import Method, Scheme
from risk_registry.domain.siblings import (
    SiblingRules,
    Siblings,
    Sums,
    on_grid,
    pooled,
    quarter_of,
    with_siblings,
)
from risk_registry.domain.standing import PointState, Standing

DAY = date(2026, 4, 1)
RULES = SiblingRules(1.0, 6, 1.25)
SEEN = st.lists(
    st.builds(lambda y, e: Posterior(y, e, ()), st.floats(0, 20), st.floats(0.05, 2)), min_size=6, max_size=30
)
MATRIX = Scheme(
    "MATRIX-1", Method.MATRIX, 3, 4, 5, "C-04", grid=("LLMMH", "LLMMH", "LMMHH", "MMHHH", "MMHHH")
)
SCHEME = EvidenceScheme(
    "EVIDENCE-2", EvidenceRules((0.25, 1.0, 2.5, 6.0), 365, 0.27, 0.8, 0.6), (0.12, 0.5, 1.6, 4, 9), (1, 2, 4),
    (2, 3, 4), 1.5, 3, "x", {EvidenceKind.INCIDENT: KindWeight(1.356, True)}, RULES,
)  # fmt: skip


def sums(seen: list[Posterior]) -> Sums:
    found = Sums()
    for each in seen:
        found = found.plus(each)
    return found


@given(SEEN, st.randoms())
def test_the_order_of_bureaus_does_not_matter(seen: list[Posterior], chance: Random) -> None:
    shuffled = seen.copy()
    chance.shuffle(shuffled)
    one, other = sums(seen), sums(shuffled)
    assert one.bureaus == other.bureaus
    assert one.squares == pytest.approx(other.squares)
    assert one.weight == pytest.approx(other.weight)


@given(SEEN)
def test_a_prior_is_near_the_pooled_rate_and_never_worth_more_than_allowed(seen: list[Posterior]) -> None:
    found = pooled(sums(seen), DAY, RULES)
    assert found
    rate = sum(each.shape for each in seen) / sum(each.rate for each in seen)
    assert found.mean == on_grid(rate, RULES.step)
    assert rate == pytest.approx(0) or RULES.step**-0.51 <= found.mean / rate <= RULES.step**0.51
    assert 0.1 <= found.years <= RULES.years
    assert found.count <= len(seen) < found.count + RULES.minimum


@given(SEEN)
def test_fewer_bureaus_than_the_minimum_say_nothing(seen: list[Posterior]) -> None:
    assert pooled(sums(seen[:5]), DAY, RULES) is None
    assert pooled(sums(seen), DAY, SiblingRules(0, 6, 1.25)) is None


def test_bureaus_that_agree_say_more_than_bureaus_that_differ() -> None:
    alike = pooled(sums([Posterior(2, 1, ())] * 8), DAY, RULES)
    unlike = pooled(sums([Posterior(y, 1, ()) for y in (0, 0, 0, 0, 0, 0, 0, 16)]), DAY, RULES)
    assert alike
    assert unlike
    assert (alike.mean, alike.years) == (unlike.mean, 1.0)
    assert unlike.years == 0.1
    assert alike.mean == pytest.approx(1.953125)


@given(st.floats(0, 9), st.floats(0.1, 3), st.floats(0, 9), st.floats(0.1, 1))
def test_the_observations_of_both_add_up(panel: float, years: float, mean: float, more: float) -> None:
    prior = Prior(panel, years)
    both = with_siblings(prior, Siblings(mean, more, 6, DAY))
    assert both.years == pytest.approx(years + more)
    assert min(panel, mean) - 1e-9 <= both.mean <= max(panel, mean) + 1e-9
    assert with_siblings(prior, None) is prior


def test_siblings_alone_propose_nothing() -> None:
    decided = Standing(
        PointState.ACTIVE, RiskGrade.MEDIUM, DAY, datetime(2026, 4, 1, tzinfo=UTC), scheme="MATRIX-1"
    )
    alarming = Siblings(9.3, 1.0, 6, DAY)

    def proposed(pieces: list[Piece], siblings: Siblings | None) -> RiskGrade | None:
        panel = Prior(0.5, 1.5)
        found = explain(decided, RiskGrade.MEDIUM, (2, 4), panel, siblings, pieces, DAY, MATRIX, SCHEME)
        assert ("6 bureaus or more" in words(found)[1]) is (siblings is not None)
        return found.proposed

    own = [Piece(EvidenceKind.INCIDENT, "in_1", DAY)]
    assert proposed([], alarming) is None
    assert proposed(own, None) is None
    assert proposed(own, alarming) is RiskGrade.HIGH


@given(st.dates())
def test_a_quarter_begins_with_its_first_month(day: date) -> None:
    first = quarter_of(day)
    assert first <= day
    assert (first.month % 3, first.day) == (1, 1)
    assert (day - first).days < 92
