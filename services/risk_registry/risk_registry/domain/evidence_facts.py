"""Facts about a point, when the estimate may use them, and what a grade says without votes (C-04, requirements §9.4, 10)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from plumbline_org.grades import RiskGrade

from risk_registry.domain.evidence import EvidenceRules
from risk_registry.domain.grading import RANK
from risk_registry.domain.siblings import SiblingRules
from risk_registry.domain.standing import Standing


class EvidenceKind(StrEnum):
    """What happened; SIGNAL is sealed."""

    ALERT = "ALERT"
    INCIDENT = "INCIDENT"
    COMPLAINT = "COMPLAINT"
    FINDING = "FINDING"
    UNSIGNED_FINDING = "UNSIGNED_FINDING"
    SIGNAL = "SIGNAL"


@dataclass(frozen=True)
class Fact:
    """One fact about a point; `reverses` names the fact whose share this one takes back."""

    effect: str
    event_id: str
    point_id: str
    bureau_id: str
    kind: EvidenceKind
    source_id: str
    occurred_on: date
    known_at: datetime
    reverses: str | None = None


@dataclass(frozen=True)
class Signal:
    """A sealed signal: its point and the day of the batch that brought it."""

    id: str
    point_id: str
    since: date


@dataclass(frozen=True)
class KindWeight:
    """What one fact of a kind adds to the rate, and whether somebody verified it."""

    weight: float
    verified: bool


@dataclass(frozen=True)
class EvidenceScheme:
    """A version of the model. `means` are yearly rates by likelihood 1 to 5; `assumed_*` serve grades without votes."""

    version: str
    rules: EvidenceRules
    means: tuple[float, ...]
    assumed_likelihood: tuple[int, ...]
    assumed_severity: tuple[int, ...]
    panel_years: float
    batch_others: int
    citation: str
    weights: Mapping[EvidenceKind, KindWeight]
    siblings: SiblingRules


def counted(facts: Iterable[Fact], since: datetime, on: date, known_at: datetime) -> list[Fact]:
    """Facts that the panel did not know (known after `since`), known by `known_at`, and not taken back by then."""
    known = [each for each in facts if each.known_at <= known_at]
    reversed_ = {each.reverses for each in known}
    kept = [
        each
        for each in known
        if each.reverses is None
        and each.effect not in reversed_
        and each.known_at > since
        and each.occurred_on <= on
    ]
    return sorted(kept, key=lambda each: (each.occurred_on, each.effect))


def batch_after(day: date) -> date:
    """The first of the next month: sealed shares count from such a day on."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def admitted(signals: Iterable[Signal], others: int, on: date) -> dict[str, date]:
    """From which batch day each signal of a bureau counts: the first that at least `others` more wait for with it."""
    waiting = sorted(signals, key=lambda each: (each.since, each.id))
    found: dict[str, date] = {}
    batch = batch_after(waiting[0].since) if waiting else on
    while waiting and batch <= on:
        ready = [each for each in waiting if each.since < batch]
        if len(ready) > others:
            found.update({each.id: batch for each in ready})
            waiting = waiting[len(ready) :]
        batch = batch_after(batch)
    return found


def deciding(history: Iterable[Standing], on: date, known_at: datetime) -> Standing | None:
    """The standing that gave the point the grade it has on the day: a review's, an import's, or the first with it."""
    known = [
        each for each in history if each.valid_from <= on and each.recorded_at <= known_at and each.grade
    ]
    before: RiskGrade | None = None
    found: Standing | None = None
    for each in sorted(known, key=lambda one: (one.valid_from, one.recorded_at, one.sequence)):
        if each.scheme or each.grade is not before:
            found = each
        before = each.grade
    return found


def factors(scheme: EvidenceScheme, grade: RiskGrade, voted: tuple[int, int] | None) -> tuple[int, int]:
    """Likelihood and severity of the panel, or those assumed of a grade on whose factors nobody voted."""
    place = RANK[grade] - 1
    return voted or (scheme.assumed_likelihood[place], scheme.assumed_severity[place])
