"""Evidence proposes upward only; a crowd of unverified voices does not flip a grade."""

from dataclasses import replace
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from risk_registry.domain.evidence import (
    EvidenceRules,
    Posterior,
    Prior,
    Weighed,
    above,
    at_least,
    posterior,
    proposal,
)
from risk_registry.domain.grading import RANK, Method, Scheme

RULES = EvidenceRules((0.25, 1.0, 2.5, 6.0), 365, 0.27, 0.8, 0.6)
MATRIX = Scheme(
    "MATRIX-1", Method.MATRIX, 3, 4, 5, "C-04", grid=("LLMMH", "LLMMH", "LMMHH", "MMHHH", "MMHHH")
)
PRIOR = Prior(0.5, 1.5)
CASE, COMPLAINT = Weighed(1.356, 0, True), Weighed(0.07, 0, False)
M, H = RiskGrade.MEDIUM, RiskGrade.HIGH
EVENTS = st.lists(st.builds(Weighed, st.floats(0.01, 3), st.floats(0, 3000), st.booleans()), max_size=40)


def high(events: list[Weighed], rules: EvidenceRules = RULES) -> float:
    return at_least(posterior(PRIOR, events, 0, rules), H, 4, MATRIX, rules)


def test_one_case_stays_and_two_propose() -> None:
    assert (round(high([CASE]), 2), round(high([CASE] * 2), 2)) == (0.59, 0.88)
    proposals = [proposal(posterior(PRIOR, [CASE] * n, 0, RULES), M, 4, MATRIX, RULES) for n in range(3)]
    assert proposals == [None, None, H]


def test_thirty_unverified_complaints_do_not_flip_a_grade() -> None:
    uncapped = replace(RULES, unverified_cap=1e9)
    assert round(high([COMPLAINT] * 30, uncapped), 2) == 0.78
    assert round(high([COMPLAINT] * 30), 2) == 0.23
    assert high([COMPLAINT] * 3000) == pytest.approx(high([COMPLAINT] * 30))


def test_an_open_proposal_stays_until_it_is_released() -> None:
    found = posterior(PRIOR, [CASE, Weighed(0.3, 0, True)], 0, RULES)
    assert 0.6 < at_least(found, H, 4, MATRIX, RULES) < 0.8
    assert [proposal(found, M, 4, MATRIX, RULES, was) for was in (None, H)] == [None, H]


@given(EVENTS, st.floats(0, 2000), st.sampled_from(RiskGrade), st.integers(1, 5))
def test_a_proposal_is_always_upward(
    events: list[Weighed], days: float, now: RiskGrade, severity: int
) -> None:
    found = posterior(PRIOR, events, days, RULES)
    proposed = proposal(found, now, severity, MATRIX, RULES)
    assert proposed is None or RANK[proposed] > RANK[now]
    assert sum(found.shares) + PRIOR.mean * PRIOR.years == pytest.approx(found.shape)
    assert sum(s for s, e in zip(found.shares, events, strict=True) if not e.verified) <= 0.27 + 1e-9


@given(EVENTS, st.floats(0.01, 3))
def test_one_more_verified_event_never_lowers_the_estimate(events: list[Weighed], weight: float) -> None:
    assert high([*events, Weighed(weight, 0, True)]) >= high(events) - 1e-12


@given(st.floats(0.01, 30))
def test_the_tail_is_that_of_known_distributions(x: float) -> None:
    assert above(Posterior(1, 1, ()), x) == pytest.approx(exp(-x), rel=1e-9, abs=1e-14)
    assert above(Posterior(2, 1, ()), x) == pytest.approx(exp(-x) * (1 + x), rel=1e-9, abs=1e-14)
