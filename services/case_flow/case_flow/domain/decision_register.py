"""No relief is decided outside its process: a decision has an approved matter here, or it is an alert (S1-135)."""

from datetime import date, datetime
from enum import StrEnum

import msgspec

from case_flow.domain.definition import Outcome
from case_flow.domain.matter import Matter

RELIEF = "RELIEF"


class Outside(StrEnum):
    """What is wrong with a decision."""

    NO_MATTER = "NO_MATTER"
    OTHER_DOMAIN = "OTHER_DOMAIN"
    NOT_APPROVED = "NOT_APPROVED"
    BEFORE_APPROVAL = "BEFORE_APPROVAL"


class FoundDecision(msgspec.Struct, frozen=True):
    """A relief decision as somebody else's record has it."""

    bureau_id: str
    decision_no: str
    unit_id: str
    decided_on: date
    source: str
    reported_by: str
    reported_at: datetime
    matter_id: str | None = None


def outside(found: FoundDecision, matter: Matter | None) -> Outside | None:
    """Why the decision did not come out of the process; None when it did."""
    if matter is None:
        return Outside.NO_MATTER
    if matter.domain != RELIEF:
        return Outside.OTHER_DOMAIN
    if matter.outcome != Outcome.APPROVED:
        return Outside.NOT_APPROVED
    closed_on = matter.closed_on or date.max
    return Outside.BEFORE_APPROVAL if found.decided_on < closed_on else None
