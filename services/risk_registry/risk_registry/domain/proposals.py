"""How a proposed grade ends: with the grade of the review that answers it, whatever that is (S1-056, C-04)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from plumbline_org.grades import RiskGrade
from plumbline_shared.errors import Conflict


class ProposalStatus(StrEnum):
    """待评查 OPEN, 评查中 UNDER_REVIEW, 已评定 DECIDED."""

    OPEN = "OPEN"
    UNDER_REVIEW = "UNDER_REVIEW"
    DECIDED = "DECIDED"


class ProposalDecided(Conflict):
    """A panel has graded the point in answer to this proposal: make a new one."""

    code = "PROPOSAL_DECIDED"


@dataclass(frozen=True)
class Answer:
    """A review that takes a proposal up; `closed_at` is None while it is open."""

    review_id: str
    grade: RiskGrade | None
    closed_at: datetime | None


def status_of(answers: Sequence[Answer]) -> ProposalStatus:
    """A split panel decides nothing, so that the proposal waits for another review."""
    if any(each.grade for each in answers):
        return ProposalStatus.DECIDED
    if any(each.closed_at is None for each in answers):
        return ProposalStatus.UNDER_REVIEW
    return ProposalStatus.OPEN


def outcome_of(answers: Sequence[Answer]) -> RiskGrade | None:
    """The grade that the panel gave; None while there is none."""
    return next((each.grade for each in answers if each.grade), None)
