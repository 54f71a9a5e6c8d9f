"""Collective grading review: a panel votes blind, the median decides, nobody grades a point they hold.

S1-056, C-04, S2-010; the odd quorum and the rule for a split panel come with the grading scheme.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plumbline_org.grades import RiskGrade
from plumbline_shared.errors import Refused

SCALE = range(1, 6)
RANK = {RiskGrade.LOW: 1, RiskGrade.MEDIUM: 2, RiskGrade.HIGH: 3}
GRADE = {rank: grade for grade, rank in RANK.items()}


class PanelTooSmall(Refused):
    """Fewer members may vote than the quorum asks for: name more members."""

    code = "PANEL_TOO_SMALL"


class NotEligible(Refused):
    """A named member has no role that votes on grades (§5.3, Grade vote)."""

    code = "NOT_ELIGIBLE"


class NotOnPanel(Refused):
    """Only the members of this panel vote."""

    code = "NOT_ON_PANEL"


class Recused(Refused):
    """Whoever holds the point, or was recused, does not vote on it."""

    code = "RECUSED"


class AlreadyVoted(Refused):
    """One member, one vote; a vote is never changed."""

    code = "ALREADY_VOTED"


class ReviewClosed(Refused):
    """The review is over; open a new one."""

    code = "REVIEW_CLOSED"


class QuorumNotReached(Refused):
    """Close the review when enough members have voted."""

    code = "QUORUM_NOT_REACHED"


class EffectiveInPast(Refused):
    """A grade counts from today or later: history stays as it was (invariant 9)."""

    code = "EFFECTIVE_IN_PAST"


class ReasonRequired(Refused):
    """A grade under the one that the method proposes needs a recorded reason (C-04)."""

    code = "REASON_REQUIRED"


class Method(StrEnum):
    """How likelihood and severity make a grade."""

    MAX = "MAX"
    MATRIX = "MATRIX"


class Family(StrEnum):
    """Whose scheme it is (C-02); inside, both are the same three grades."""

    S1_THREE_COLOURS = "S1_THREE_COLOURS"
    S2_HIGH_MEDIUM_LOW = "S2_HIGH_MEDIUM_LOW"


CELL = {"L": RiskGrade.LOW, "M": RiskGrade.MEDIUM, "H": RiskGrade.HIGH}


@dataclass(frozen=True)
class Scheme:
    """A versioned method: `MAX` by the values of the scale 1–5 where MEDIUM and HIGH begin, `MATRIX` by a grid.

    `grid[likelihood - 1][severity - 1]` is L, M or H. A spread of a factor over `second_round_over` asks for a second
    round; under a version of `factors_only` nobody votes a bare grade.
    """

    version: str
    method: Method
    medium_from: int
    high_from: int
    quorum: int
    citation: str
    family: Family = Family.S1_THREE_COLOURS
    grid: tuple[str, ...] = ()
    second_round_over: int = 1
    factors_only: bool = False

    def grade(self, likelihood: int, severity: int) -> RiskGrade:
        """The grade that the method proposes: `MAX` takes the "or" of S1-052 at its word."""
        if self.method is Method.MATRIX:
            return CELL[self.grid[likelihood - 1][severity - 1]]
        worst = max(likelihood, severity)
        if worst >= self.high_from:
            return RiskGrade.HIGH
        return RiskGrade.MEDIUM if worst >= self.medium_from else RiskGrade.LOW


@dataclass(frozen=True)
class Vote:
    """One member's vote; the two factors are there when the member voted on them."""

    person_id: str
    grade: RiskGrade
    likelihood: int | None = None
    severity: int | None = None


@dataclass(frozen=True)
class Panel:
    """Who was named, and who of them may not vote."""

    members: frozenset[str]
    recused: frozenset[str]

    @property
    def voters(self) -> frozenset[str]:
        return self.members - self.recused


@dataclass(frozen=True)
class Decision:
    """`grade` is `None` when the two middle votes differ: then the grade stands as it was."""

    grade: RiskGrade | None
    proposed: RiskGrade | None
    tally: dict[RiskGrade, int]


def check_panel(panel: Panel, scheme: Scheme) -> None:
    """Raise PanelTooSmall unless the members who may vote reach the quorum."""
    if len(panel.voters) < scheme.quorum:
        raise PanelTooSmall(
            f"{len(panel.voters)} members may vote, the quorum is {scheme.quorum}: name more members",
            voters=len(panel.voters), quorum=scheme.quorum,
        )  # fmt: skip


def check_voter(panel: Panel, holders: frozenset[str], voted: frozenset[str], person_id: str) -> None:
    """Raise NotOnPanel, Recused or AlreadyVoted unless `person_id` may vote now."""
    if person_id not in panel.members:
        raise NotOnPanel("only members of the panel vote")
    if person_id in panel.recused | holders:
        raise Recused("a holder of the point, or a recused member, does not vote on it")
    if person_id in voted:
        raise AlreadyVoted("this member has voted; a vote is not changed")


def decide(votes: Sequence[Vote], scheme: Scheme) -> Decision:
    """The median of the votes; raises QuorumNotReached."""
    if len(votes) < scheme.quorum:
        raise QuorumNotReached(f"{len(votes)} votes are in, the quorum is {scheme.quorum}", votes=len(votes))
    ranks = sorted(RANK[vote.grade] for vote in votes)
    low, high = ranks[(len(ranks) - 1) // 2], ranks[len(ranks) // 2]
    return Decision(GRADE[low] if low == high else None, _proposal(votes, scheme), tally_of(votes))


def tally_of(votes: Sequence[Vote]) -> dict[RiskGrade, int]:
    """How many members voted each grade."""
    cast = [vote.grade for vote in votes]
    return {grade: cast.count(grade) for grade in RANK}


def check_decision(
    decision: Decision, before: RiskGrade | None, effective_from: date, today: date, reason: str
) -> None:
    """Raise EffectiveInPast, or ReasonRequired for a grade below the method's (or, without one, below today's)."""
    if effective_from < today:
        raise EffectiveInPast(
            f"a grade counts from {today} or later", effective_from=effective_from.isoformat()
        )
    bound = decision.proposed or before
    if decision.grade and bound and RANK[decision.grade] < RANK[bound] and not reason.strip():
        raise ReasonRequired(f"{decision.grade} is below {bound}: record the reason")


def _proposal(votes: Sequence[Vote], scheme: Scheme) -> RiskGrade | None:
    """The method on the upper medians of both factors, when any member voted on factors."""
    likelihood = [vote.likelihood for vote in votes if vote.likelihood is not None]
    severity = [vote.severity for vote in votes if vote.severity is not None]
    if not likelihood or not severity:
        return None
    return scheme.grade(_upper_median(likelihood), _upper_median(severity))


def _upper_median(values: Sequence[int]) -> int:
    return sorted(values)[len(values) // 2]
