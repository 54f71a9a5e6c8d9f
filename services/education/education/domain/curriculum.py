"""Curricula: what has to be learnt or signed, why, and by when. Data with a version and a source."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from plumbline_org.grades import RiskGrade
from plumbline_shared.deadline import DeadlineRule


class Kind(StrEnum):
    """What a person has to do."""

    PLEDGE = "PLEDGE"
    LESSON = "LESSON"


class Trigger(StrEnum):
    """What makes a curriculum due."""

    RISK_POINT_REGRADED = "RISK_POINT_REGRADED"
    INQUIRY_DECIDED = "INQUIRY_DECIDED"
    RISK_POINT_TRANSFERRED = "RISK_POINT_TRANSFERRED"
    SELF_CHECK_SUBMITTED = "SELF_CHECK_SUBMITTED"
    ASSIGNED = "ASSIGNED"


@dataclass(frozen=True)
class Curriculum:
    """One version. `match` narrows the trigger: a grade, an incident kind, or empty for any."""

    code: str
    version: int
    kind: Kind
    trigger: Trigger
    match: str
    title_zh: str
    title_en: str
    text_zh: str
    rule: DeadlineRule
    pass_mark: int | None


def for_grade(curricula: Iterable[Curriculum], to_grade: RiskGrade) -> list[Curriculum]:
    """What holders of a point get when its grade becomes `to_grade` (S1-016: high-grade posts)."""
    wanted = (one for one in curricula if one.trigger is Trigger.RISK_POINT_REGRADED)
    return [one for one in wanted if one.match == to_grade]


def for_incident(curricula: Iterable[Curriculum], incident_kind: str) -> list[Curriculum]:
    """What respondents get for a kind of incident; the general lesson where there is none for it (S1-007)."""
    wanted = [one for one in curricula if one.trigger is Trigger.INQUIRY_DECIDED]
    exact = [one for one in wanted if one.match == incident_kind]
    return exact or [one for one in wanted if not one.match]


def for_transfer(curricula: Iterable[Curriculum]) -> list[Curriculum]:
    """What the holders of a post get that takes a risk point over (S1-132)."""
    return [one for one in curricula if one.trigger is Trigger.RISK_POINT_TRANSFERRED]


def for_self_check(curricula: Iterable[Curriculum]) -> list[Curriculum]:
    """What an officer gets who handed a self-check in (S2-006)."""
    return [one for one in curricula if one.trigger is Trigger.SELF_CHECK_SUBMITTED]
