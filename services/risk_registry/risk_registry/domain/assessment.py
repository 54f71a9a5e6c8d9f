"""A panel assesses likelihood and severity: medians, and a second round where it is of two minds (S1-056, C-04)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from statistics import quantiles

from plumbline_org.grades import RiskGrade
from plumbline_shared.errors import Refused

from risk_registry.domain.grading import (
    RANK,
    EffectiveInPast,
    Panel,
    QuorumNotReached,
    ReasonRequired,
    Scheme,
)

LAST_ROUND = 2


class ReviewKind(StrEnum):
    """What members vote on: a grade, or likelihood and severity, after which the grade is signed."""

    GRADE = "GRADE"
    FACTORS = "FACTORS"


class ProposalOrigin(StrEnum):
    """From where a grade was proposed; a proposal is a reason to open a review, never a grade."""

    OFFICER = "OFFICER"
    SELF_CHECK = "SELF_CHECK"
    EVIDENCE = "EVIDENCE"
    INSPECTION = "INSPECTION"
    COMPLAINT = "COMPLAINT"
    INCIDENT = "INCIDENT"
    CONTROL_TEST = "CONTROL_TEST"
    REFORM = "REFORM"


class VotedOtherwise(Refused):
    """The review is voted on the other way: `kind` says how."""

    code = "VOTED_OTHERWISE"


class PanelEven(Refused):
    """An even panel may split in halves: name one member more or one less."""

    code = "PANEL_EVEN"


class VotingOver(Refused):
    """The last round is closed; no vote is added or changed."""

    code = "VOTING_OVER"


class RoundsOpen(Refused):
    """The panel has not voted its last round."""

    code = "ROUNDS_OPEN"


@dataclass(frozen=True)
class SuggestedGrade:
    """A grade that somebody would give; `source` names what it rests on (an alert, a run, a self-check)."""

    id: str
    point_id: str
    bureau_id: str
    grade: RiskGrade
    origin: ProposalOrigin
    source: str
    reason: str
    proposed_by: str
    proposed_at: datetime


@dataclass(frozen=True, order=True)
class Assessment:
    """One member's two factors, each 1 to 5, and why; it carries no name."""

    likelihood: int
    severity: int
    opinion: str = ""


@dataclass(frozen=True)
class Round:
    """A closed round: its votes in the order of their values, medians, and interquartile ranges."""

    number: int
    votes: tuple[Assessment, ...]
    likelihood: int
    severity: int
    likelihood_spread: float
    severity_spread: float
    settled: bool
    closed_by: str
    closed_at: datetime


@dataclass(frozen=True)
class AssessedGrade:
    """A grade put up for signature; `by_method` is what the scheme makes of the medians, None without factors."""

    grade: RiskGrade
    by_method: RiskGrade | None
    effective_from: date
    reason: str
    upper_opinion: str
    put_up_by: str
    put_up_at: datetime


@dataclass(frozen=True)
class Dissent:
    """A member who would have graded otherwise, under their own name, and why."""

    person_id: str
    reason: str
    recorded_at: datetime


def check_odd(panel: Panel) -> None:
    """Raise PanelEven when the members who may vote could split in halves."""
    if len(panel.voters) % 2 == 0:
        raise PanelEven(f"{len(panel.voters)} members may vote: name an odd number")


def median(values: Sequence[int]) -> int:
    """The middle value; of an even number of votes the graver of the two, so the result is on the scale."""
    return sorted(values)[len(values) // 2]


def spread(values: Sequence[int]) -> float:
    """The interquartile range, quartiles by linear interpolation over the votes themselves."""
    low, _middle, high = quantiles(values, n=4, method="inclusive")
    return high - low


def current_round(rounds: Sequence[Round]) -> int | None:
    """The round that members vote in now; `None` once the last one is closed."""
    return None if rounds and rounds[-1].settled else len(rounds) + 1


def close_round(
    number: int, votes: Sequence[Assessment], rules: Scheme, closed_by: str, closed_at: datetime
) -> Round:
    """Count a round. A spread over the scheme's limit asks for a second one. Raises QuorumNotReached."""
    if len(votes) < rules.quorum:
        raise QuorumNotReached(f"{len(votes)} votes are in, the quorum is {rules.quorum}", votes=len(votes))
    likelihoods, severities = [each.likelihood for each in votes], [each.severity for each in votes]
    spreads = spread(likelihoods), spread(severities)
    agreed = max(spreads) <= rules.second_round_over
    return Round(
        number, tuple(sorted(votes)), median(likelihoods), median(severities), *spreads,
        agreed or number == LAST_ROUND, closed_by, closed_at,
    )  # fmt: skip


def by_method(rounds: Sequence[Round], rules: Scheme) -> RiskGrade:
    """What the method makes of the last medians. Raises RoundsOpen."""
    if not rounds or not rounds[-1].settled:
        raise RoundsOpen("close the rounds of the vote first")
    return rules.grade(rounds[-1].likelihood, rounds[-1].severity)


def check_grade(
    grade: RiskGrade, proposed: RiskGrade | None, effective_from: date, today: date, reason: str
) -> None:
    """Raise EffectiveInPast, or ReasonRequired for a grade below the method's (C-04)."""
    if effective_from < today:
        raise EffectiveInPast(
            f"a grade counts from {today} or later: put it up again", path=("effectiveFrom",)
        )
    if proposed and RANK[grade] < RANK[proposed] and not reason.strip():
        raise ReasonRequired(f"{grade} is below {proposed}: record the reason", path=("reason",))
