"""Tuning of indicators (L12): the share of false positives with its interval, and what another condition would raise."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import sqrt
from statistics import NormalDist

import msgspec
from plumbline_shared.errors import Refused

from risk_registry.domain.indicators import Indicator, outcome
from risk_registry.domain.ledger import AlertOutcome, Facts

JUDGED = (
    AlertOutcome.CONFIRMED, AlertOutcome.EXPLAINED, AlertOutcome.FALSE_POSITIVE, AlertOutcome.CORRECTED,
    AlertOutcome.OVERRIDDEN,
)  # fmt: skip
"""Somebody looked: an abandoned act or a warning whose cause is gone says nothing about its indicator."""


class TuningNotSuggested(Refused):
    """Too few judged alerts, or too few false positives among them: draft a version in the ordinary way."""

    code = "TUNING_NOT_SUGGESTED"


class TuningRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When tuning is suggested: shares from 0 to 1."""

    version: str
    effective_from: date
    citation: str
    least_judged: int
    share_above: float
    confidence: float


class Tally(msgspec.Struct, frozen=True):
    """Judged alerts of one version, and those that were false; share and its Wilson interval, 0 to 1."""

    judged: int
    false_positives: int
    share: float
    low: float
    high: float
    suggested: bool
    rule: str


class DryRunCell(msgspec.Struct, frozen=True):
    """Recorded alerts with one outcome (None: not yet); `raised` None where a fact is missing."""

    outcome: AlertOutcome | None
    raised: bool | None
    alerts: int


class TuningEvidence(msgspec.Struct, frozen=True):
    """What a proposal rests on."""

    tally: Tally
    dry_run: tuple[DryRunCell, ...]


@dataclass(frozen=True)
class Tuning:
    """A draft that is to do better than a version, with its evidence."""

    id: str
    bureau_id: str
    from_version: str
    draft_version: str
    evidence: TuningEvidence
    false_positives: tuple[str, ...]
    reason: str
    proposed_by: str
    proposed_at: datetime


@dataclass(frozen=True)
class RecordedAlert:
    """What the ledger kept of an alert: enough to ask a condition again."""

    id: str
    facts: Facts
    outcome: AlertOutcome | None


def wilson(successes: int, trials: int, confidence: float) -> tuple[float, float]:
    """Wilson's interval of a share (E. B. Wilson 1927); nothing is known without trials."""
    if trials == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, scale = successes / trials, 1 + z * z / trials
    middle = (share + z * z / (2 * trials)) / scale
    half = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials)) / scale
    return max(0.0, middle - half), min(1.0, middle + half)


def tally(counts: Mapping[AlertOutcome | None, int], rule: TuningRule) -> Tally:
    """Whether the false positives of a version are surely more than the rule lets pass."""
    judged, wrong = sum(counts.get(one, 0) for one in JUDGED), counts.get(AlertOutcome.FALSE_POSITIVE, 0)
    low, high = wilson(wrong, judged, rule.confidence)
    suggested = judged >= rule.least_judged and low > rule.share_above
    share = wrong / judged if judged else 0.0
    return Tally(judged, wrong, share, low, high, suggested, rule.version)


def dry_run(body: Indicator, recorded: Iterable[RecordedAlert]) -> tuple[DryRunCell, ...]:
    """What the condition says of alerts that were raised; of what was never raised it can say nothing.

    Raises ConditionFault.
    """
    condition = body.condition
    found = Counter((one.outcome, outcome(condition, body.facts, one.facts)) for one in recorded)
    order = [*AlertOutcome, None]
    cells = sorted(found.items(), key=lambda item: (order.index(item[0][0]), str(item[0][1])))
    return tuple(DryRunCell(end, said, count) for (end, said), count in cells)
