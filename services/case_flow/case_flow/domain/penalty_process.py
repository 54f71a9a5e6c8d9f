"""What happens to a penalty between proposal and payment, and what a decision may not be made without (§6.3)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec
from plumbline_shared.errors import Refused

from case_flow.domain.discretion import Penalty, Procedure


class PenaltyAct(StrEnum):
    """One recorded act. Acts are only added."""

    NOTICE = "NOTICE"
    STATEMENT = "STATEMENT"
    HEARING_REQUESTED = "HEARING_REQUESTED"
    HEARING_APPOINTED = "HEARING_APPOINTED"
    HEARING_HELD = "HEARING_HELD"
    REVIEW = "REVIEW"
    DECISION_SERVED = "DECISION_SERVED"
    PAID = "PAID"
    PUBLISHED = "PUBLISHED"
    OVERTURNED = "OVERTURNED"
    WITHDRAWN = "WITHDRAWN"


class Recorded(msgspec.Struct, frozen=True):
    """An act on a day: `amount_fen` announced or paid, `on_other` the day of the hearing, `agrees` of the review."""

    id: str
    matter_id: str
    bureau_id: str
    act: PenaltyAct
    on: date
    by: str
    at: datetime
    note: str = ""
    amount_fen: int | None = None
    other_on: date | None = None
    person_id: str | None = None
    agrees: bool | None = None


class PenaltyOrder(Refused):
    """The act does not belong here now: something comes before it, or it was done."""

    code = "PENALTY_ORDER"


class PresiderHadPart(Refused):
    """Whoever worked on the case does not preside over its hearing (行政处罚法 Art 64(4))."""

    code = "SOD_PRESIDER"


class ReviewerHadPart(Refused):
    """Whoever worked on the case does not review it (行政处罚法 Art 58)."""

    code = "SOD_REVIEWER"


class CollectorDecided(Refused):
    """Whoever decided the fine does not collect it (行政处罚法 Art 67)."""

    code = "SOD_COLLECTOR"


class HearingTooSoon(Refused):
    """The party is told of the hearing seven working days ahead, and it is held in time."""

    code = "HEARING_DAY"


class Process(msgspec.Struct, frozen=True):
    """The acts of one penalty, in order."""

    acts: tuple[Recorded, ...]

    def last(self, act: PenaltyAct) -> Recorded | None:
        """The newest act of a kind."""
        return next((one for one in reversed(self.acts) if one.act is act), None)

    def first(self, act: PenaltyAct) -> Recorded | None:
        """The oldest act of a kind."""
        return next((one for one in self.acts if one.act is act), None)

    def did(self, act: PenaltyAct) -> bool:
        """Whether there was such an act."""
        return self.last(act) is not None

    @property
    def defended(self) -> bool:
        """Whether the party was heard, in a statement or at a hearing."""
        return self.did(PenaltyAct.STATEMENT) or self.did(PenaltyAct.HEARING_HELD)

    @property
    def paid_fen(self) -> int:
        """What was paid so far, surcharge included."""
        return sum(one.amount_fen or 0 for one in self.acts if one.act is PenaltyAct.PAID)


class Case(msgspec.Struct, frozen=True):
    """What the decision looks at beside the acts. `state_until`: the last day for a statement."""

    penalty: Penalty
    today: date
    state_until: date | None
    complex: bool
    major: bool


def decision_fault(process: Process, case: Case) -> tuple[str, Mapping[str, Any]] | None:
    """The first thing that a decision lacks, with the figures of its message; None when it may be made.

    A summary penalty is announced, heard and decided on the spot (行政处罚法 Art 52).
    """
    if case.penalty.procedure is Procedure.SUMMARY:
        return None
    return _unheard(process, case) or _unreviewed(process, case)


def _unheard(process: Process, case: Case) -> tuple[str, Mapping[str, Any]] | None:
    notice = process.first(PenaltyAct.NOTICE)
    if notice is None:
        return "NOTICE_MISSING_TO_PARTY", {}
    if process.did(PenaltyAct.HEARING_REQUESTED) and not process.did(PenaltyAct.HEARING_HELD):
        return "HEARING_NOT_HELD", {}
    if not process.defended and case.state_until and case.today <= case.state_until:
        return "STATEMENT_OPEN", {"until": case.state_until.isoformat()}
    if process.defended and case.penalty.amount_fen > (notice.amount_fen or 0):
        return "HEAVIER_AFTER_DEFENCE", {"noticed_fen": notice.amount_fen or 0}
    return None


def _unreviewed(process: Process, case: Case) -> tuple[str, Mapping[str, Any]] | None:
    """Art 58: after a hearing, in complex and in major cases. A refusal stands until another review agrees."""
    if not (process.did(PenaltyAct.HEARING_HELD) or case.complex or case.major):
        return None
    review = process.last(PenaltyAct.REVIEW)
    return None if review is not None and review.agrees else ("LEGAL_REVIEW_MISSING", {})


def limitation_passed(ended_on: date | None, filed_on: date, years: int) -> bool:
    """Whether a violation that ended on a day was filed too late; one that goes on never is (征管法 Art 86)."""
    return ended_on is not None and filed_on > years_after(ended_on, years)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def surcharge(fine_fen: int, unpaid_fen: int, days_late: int, percent_per_day: int) -> int:
    """What is added for days late: a share of the unpaid fine a day, never more than the fine (Art 72)."""
    return min(fine_fen, unpaid_fen * percent_per_day * max(0, days_late) // 100)


def check_order(
    process: Process, *, before: Sequence[PenaltyAct] = (), once: PenaltyAct | None = None
) -> None:
    """Raise PenaltyOrder unless all of `before` were done and `once` was not."""
    for act in before:
        if not process.did(act):
            raise PenaltyOrder(f"{act} comes first", needs=act)
    if once is not None and process.did(once):
        raise PenaltyOrder(f"{once} was recorded already", done=once)
