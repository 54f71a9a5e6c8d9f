"""The share of false positives has an interval, and only what is surely too much asks for tuning (L12)."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from risk_registry.domain.ledger import AlertOutcome
from risk_registry.domain.tuning import DryRunCell, RecordedAlert, dry_run, tally, wilson
from risk_registry.indicator_packs import shipped_indicators
from risk_registry.tuning_rules import versions

RULE = versions()[0]
FALSE, TRUE = AlertOutcome.FALSE_POSITIVE, AlertOutcome.CONFIRMED
BODY = shipped_indicators()["DEADLINE-APPROACHING"]


@pytest.mark.parametrize(
    ("wrong", "judged", "low", "high"),
    # Newcombe 1998, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_agrees_with_published_intervals(wrong: int, judged: int, low: float, high: float) -> None:
    assert wilson(wrong, judged, 0.95) == pytest.approx((low, high), abs=5e-5)


@given(judged=st.integers(0, 500), wrong=st.integers(0, 500))
def test_the_interval_holds_the_share_and_only_sure_excess_is_suggested(judged: int, wrong: int) -> None:
    wrong = min(wrong, judged)
    found = tally({FALSE: wrong, TRUE: judged - wrong}, RULE)
    assert 0 <= found.low <= found.share + 1e-12
    assert found.share <= found.high + 1e-12 or judged == 0
    assert found.suggested == (judged >= RULE.least_judged and found.low > RULE.share_above)
    if found.share <= RULE.share_above:
        assert not found.suggested


def test_what_nobody_judged_says_nothing() -> None:
    unjudged = {AlertOutcome.SETTLED: 50, AlertOutcome.ABANDONED: 50, None: 50}
    found = tally({**unjudged, FALSE: 9}, RULE)
    assert (found.judged, found.suggested) == (9, False)
    assert tally({FALSE: 10}, RULE).suggested


def test_a_dry_run_says_what_another_condition_would_have_raised() -> None:
    alerts = [RecordedAlert(f"al_{n}", {"days_left": n}, FALSE if n > 2 else TRUE) for n in range(6)]
    alerts.append(RecordedAlert("al_x", {}, None))
    nearer = msgspec.structs.replace(BODY, when="days_left >= 0 && days_left <= 2")
    assert dry_run(nearer, alerts) == (
        DryRunCell(TRUE, True, 3),
        DryRunCell(FALSE, False, 3),
        DryRunCell(None, None, 1),
    )
