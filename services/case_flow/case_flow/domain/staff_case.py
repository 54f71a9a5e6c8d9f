"""Paired investigation (一案双查, S2-056): beside a taxpayer's case a case about the conduct of staff, with separate access."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum

import msgspec
from plumbline_shared.errors import Refused


class StaffCaseState(StrEnum):
    """LEAD: handed over; OPENED: discipline looks into it; CONCLUDED; DECLINED: nothing to look into."""

    LEAD = "LEAD"
    OPENED = "OPENED"
    CONCLUDED = "CONCLUDED"
    DECLINED = "DECLINED"


class StaffCaseOutcome(StrEnum):
    """What came of it."""

    NO_FAULT = "NO_FAULT"
    INQUIRY_PROPOSED = "INQUIRY_PROPOSED"
    REFERRED = "REFERRED"


class StaffCase(msgspec.Struct, frozen=True):
    """One case about staff. The taxpayer's case stays with its handlers; each side has its own documents."""

    id: str
    bureau_id: str
    matter_id: str
    trigger: str
    lead: str
    subject_ids: tuple[str, ...]
    state: StaffCaseState
    handed_by: str
    handed_at: datetime
    investigators: tuple[str, ...] = ()
    opened_by: str | None = None
    opened_on: date | None = None
    outcome: StaffCaseOutcome | None = None
    report: str | None = None
    closed_by: str | None = None
    closed_on: date | None = None


class StaffCaseStateRefused(Refused):
    """The case is not at the stage where this act belongs."""

    code = "STAFF_CASE_STATE"


class InvestigatorsInvalid(Refused):
    """Two officers of discipline at least, none of them a subject or somebody of the taxpayer's case."""

    code = "INVESTIGATORS_INVALID"


def check_state(one: StaffCase, wanted: StaffCaseState) -> None:
    """Raise StaffCaseStateRefused unless the case is in the state."""
    if one.state is not wanted:
        raise StaffCaseStateRefused(f"the case is {one.state}", state=one.state, wanted=wanted)


def check_investigators(
    chosen: Collection[str], discipline: Collection[str], subjects: Collection[str], people: Collection[str]
) -> None:
    """Raise InvestigatorsInvalid (政务处分法 Art 42: two at least; separation from the taxpayer's case)."""
    distinct = set(chosen)
    if len(distinct) < 2 or len(distinct) != len(chosen):
        raise InvestigatorsInvalid("two different officers at least investigate")
    if not distinct <= set(discipline):
        raise InvestigatorsInvalid("the investigators are of the discipline staff")
    if distinct & (set(subjects) | set(people)):
        raise InvestigatorsInvalid("no investigator is a subject or had a part in the taxpayer's case")
