"""A rule set: points, limits and citations as data. Codes and meanings: requirements §7, `DEMO-2026`."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec
from plumbline_org.grades import RiskGrade

from performance.domain.subjects import SubjectKind


class RuleCode(StrEnum):
    """The rules that post entries."""

    SR_01 = "SR-01"
    SR_02 = "SR-02"
    SR_03 = "SR-03"
    SR_04 = "SR-04"
    SR_05 = "SR-05"
    SR_06 = "SR-06"
    SR_07 = "SR-07"
    SR_08 = "SR-08"
    SR_10 = "SR-10"


class Form(StrEnum):
    """A form of accountability (国税发〔2005〕42号 Art 11)."""

    CRITICISM_EDUCATION = "CRITICISM_EDUCATION"
    WRITTEN_SELF_CRITICISM = "WRITTEN_SELF_CRITICISM"
    CIRCULAR = "CIRCULAR"
    STANDBY = "STANDBY"
    QUALIFICATION_REVOKED = "QUALIFICATION_REVOKED"


class ComplaintKind(StrEnum):
    """What a substantiated complaint was about."""

    BEHAVIOUR = "BEHAVIOUR"
    QUALITY = "QUALITY"
    RIGHTS = "RIGHTS"


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    pass


class Title(_Data, frozen=True):
    """A name in both languages."""

    zh: str
    en: str


class Rule(_Data, frozen=True):
    """What every rule says of itself."""

    title: Title
    citation: str


class IncidentRule(Rule, frozen=True):
    """Points for a confirmed incident of one kind; `unit_late` when finished more than so many working days late."""

    incident_kind: str
    unit: Decimal
    primary: Decimal
    secondary: Decimal
    late_over_working_days: int | None = None
    unit_late: Decimal = Decimal(0)


class HoldRule(Rule, frozen=True):
    """Points for the hold with which a person reaches so many corrected ones within the control's window."""

    person: Decimal
    at_count: int


class ComplaintRule(Rule, frozen=True):
    """Points for a complaint found justified; the person gets a share of the unit's."""

    unit: dict[ComplaintKind, Decimal]
    person_share: Decimal
    overturned_unit: Decimal


class EducationRule(Rule, frozen=True):
    """Points for an overdue item, and for a unit with more than a share of a batch overdue."""

    person: Decimal
    unit: Decimal
    unit_share_over: Decimal


class RectificationRule(Rule, frozen=True):
    """Points when overdue begins and for each full block after, down to a cap for one order."""

    unit: Decimal
    unit_each_block: Decimal
    cap: Decimal

    def block(self, number: int) -> Decimal:
        """The points of block `number` alone; 0 is the beginning."""
        return self._through(number) - (self._through(number - 1) if number else Decimal(0))

    def _through(self, number: int) -> Decimal:
        return max(self.cap, self.unit + self.unit_each_block * number)


class AccountabilityRule(Rule, frozen=True):
    """Points by form, and for the person's unit for each form of the list."""

    person: dict[Form, Decimal]
    unit_for: frozenset[Form]
    unit_each: Decimal


class RotationRule(Rule, frozen=True):
    """Points for a post in each calendar month that began while its holder was overdue without an extension."""

    unit_each_month: Decimal


class ReformRule(Rule, frozen=True):
    """Points for each step that a reform removed, once so many calendar days passed without an incident.

    One process brings its unit at most `cap`, over however many versions.
    """

    unit_each_step: Decimal
    quiet_days: int
    cap: Decimal


class Rules(_Data, frozen=True, rename=lambda name: name.upper().replace("_", "-")):
    """The rules by code."""

    sr_01: IncidentRule
    sr_02: HoldRule
    sr_03: IncidentRule
    sr_04: ComplaintRule
    sr_05: EducationRule
    sr_06: RectificationRule
    sr_07: AccountabilityRule
    sr_08: RotationRule
    sr_10: ReformRule

    def of(self, code: RuleCode) -> Rule:
        """The rule of a code."""
        return getattr(self, code.lower().replace("-", "_"))


class Scale(_Data, frozen=True):
    """Where a year's score starts and between what it stays."""

    start: Decimal
    floor: Decimal
    unit_cap: Decimal
    person_cap: Decimal

    def cap(self, kind: SubjectKind) -> Decimal:
        """The highest score of a unit or a person."""
        return self.unit_cap if kind is SubjectKind.UNIT else self.person_cap

    def clamp(self, points: Decimal, kind: SubjectKind) -> Decimal:
        """`points` between the floor and the cap."""
        return min(max(points, self.floor), self.cap(kind))


class RuleSet(_Data, frozen=True):
    """One published version. It counts for what occurs from `effective_from` until the next one."""

    version: str
    effective_from: date
    citation: str
    scale: Scale
    weights: dict[RiskGrade, Decimal]
    largest_only: frozenset[RuleCode]
    rules: Rules
