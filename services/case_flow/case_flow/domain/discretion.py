"""Discretion tiers: which fine a violation allows, who may decide it, and in which procedure. Money in fen."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

import msgspec
from plumbline_shared.conditions import Condition, FactType
from plumbline_shared.errors import Invalid

AFTER_ORDER = "after_order"
"""The fact that every condition may name: corrected only after the ordered date, or not yet."""


class Party(StrEnum):
    """Whom the fine is for: most limits differ (行政处罚法 Art 51)."""

    CITIZEN = "CITIZEN"
    ORGANISATION = "ORGANISATION"


class Authority(StrEnum):
    """Who may decide (征管法 Art 74)."""

    OFFICE = "OFFICE"
    BUREAU = "BUREAU"


class Procedure(StrEnum):
    """The procedure of a penalty; a hearing is offered within the ordinary one."""

    SUMMARY = "SUMMARY"
    ORDINARY = "ORDINARY"
    HEARING = "HEARING"


class Measure(StrEnum):
    """From which day the days of a violation are counted."""

    ORDERED = "ORDERED"
    DUE = "DUE"


class Amount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A range in fen, both ends included: either fixed, or a rate for each day late."""

    min_fen: int = 0
    max_fen: int = 0
    per_day_fen: int = 0

    def within(self, days: int) -> "Range":
        """The range for a violation of `days` days."""
        return Range(self.min_fen + self.per_day_fen * days, self.max_fen + self.per_day_fen * days)


class Range(msgspec.Struct, frozen=True):
    """Allowed fines in fen, both ends included."""

    min_fen: int
    max_fen: int

    def __contains__(self, fen: int) -> bool:
        return self.min_fen <= fen <= self.max_fen


class Circumstance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fact that conditions may look at: yes or no, or one of `values`; `default` where nothing is said."""

    label_zh: str
    label_en: str = ""
    values: tuple[str, ...] = ()
    default: bool | str = False

    def admits(self, value: bool | str) -> bool:
        """Whether the fact may have this value."""
        return value in self.values if self.values else isinstance(value, bool)


class Tier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One tier of a violation: from `days_from` up to `days_to` days (None: without end), where `when` is true."""

    code: str
    label_zh: str
    label_en: str
    days_to: int | None
    amounts: Mapping[Party, Amount]
    citation: str
    days_from: int = 0
    when: str = ""
    authority: Authority | None = None


class ViolationPoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A point of discretion: its statutory maximum and its tiers, mildest first."""

    code: str
    label_zh: str
    label_en: str
    statutory_max_fen: Mapping[Party, int]
    tiers: tuple[Tier, ...]
    citation: str
    measure: Measure = Measure.ORDERED
    circumstances: Mapping[str, Circumstance] = {}

    @property
    def fact_types(self) -> dict[str, FactType]:
        """Every fact that a condition may name."""
        declared = {
            name: FactType.TEXT if one.values else FactType.BOOL for name, one in self.circumstances.items()
        }
        return {AFTER_ORDER: FactType.BOOL, **declared}


class Threshold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An amount in fen per party with its source; the number itself is included (细则 Art 108)."""

    fen: Mapping[Party, int]
    citation: str


class DiscretionPack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The published benchmark (行政处罚法 Art 34) and the general limits of a penalty."""

    points: Mapping[str, ViolationPoint]
    summary_limit: Threshold
    hearing_from: Threshold
    office_limit: Threshold


class Violation(msgspec.Struct, frozen=True):
    """The facts a tier is chosen by. `corrected_on` None means not corrected yet.

    `occurred_on` is the day of the violation where it is not the ordered date; `due_on` the day by which it had to
    be done, for violations whose days are counted from it.
    """

    point: str
    party: Party
    ordered_on: date
    corrected_on: date | None
    occurred_on: date | None = None
    due_on: date | None = None
    circumstances: dict[str, bool | str] = {}

    def days_late(self, today: date, measure: Measure = Measure.ORDERED) -> int:
        """Calendar days from the day of the measure to the correction, or to today without one; never below 0."""
        start = self.ordered_on if measure is Measure.ORDERED else self.due_on
        if start is None:
            raise Invalid(
                "this violation is counted from its due date: give it", path=("violation", "due_on")
            )
        return max(0, ((self.corrected_on or today) - start).days)

    def facts_for(self, point: ViolationPoint, today: date) -> dict[str, bool | str]:
        """What the conditions of a point see; what was not said has its default."""
        said = {name: self.circumstances.get(name, one.default) for name, one in point.circumstances.items()}
        for name, value in said.items():
            if not point.circumstances[name].admits(value):
                raise Invalid(f"{name} cannot be {value!r}", path=("violation", "circumstances", name))
        return {AFTER_ORDER: (self.corrected_on or today) > self.ordered_on, **said}


class Assessment(msgspec.Struct, frozen=True):
    """The benchmark applied to one violation."""

    point: str
    days_late: int
    tier: str
    allowed: Range
    statutory_max_fen: int
    citation: str
    authority: Authority | None = None


def assess(pack: DiscretionPack, violation: Violation, today: date) -> Assessment:
    """Choose the tier and its range; Invalid when the pack has no such point or tier."""
    point = pack.points.get(violation.point)
    if point is None:
        raise Invalid("choose a violation point of the published benchmark", path=("violation", "point"))
    days, facts = violation.days_late(today, point.measure), violation.facts_for(point, today)
    tier = next((one for one in point.tiers if _holds(point, one, days, violation.party, facts)), None)
    if tier is None:
        raise Invalid("the benchmark has no tier for these facts", path=("violation",))
    allowed = tier.amounts[violation.party].within(days)
    maximum = point.statutory_max_fen[violation.party]
    return Assessment(point.code, days, tier.code, allowed, maximum, tier.citation, tier.authority)


def _holds(
    point: ViolationPoint, tier: Tier, days: int, party: Party, facts: Mapping[str, bool | str]
) -> bool:
    if (
        days < tier.days_from
        or (tier.days_to is not None and days > tier.days_to)
        or party not in tier.amounts
    ):
        return False
    return not tier.when or Condition(tier.when, point.fact_types).holds(facts)


def procedure_for(pack: DiscretionPack, party: Party, fen: int) -> Procedure:
    """The lightest procedure a fine of this size allows."""
    if fen >= pack.hearing_from.fen[party]:
        return Procedure.HEARING
    return Procedure.SUMMARY if fen <= pack.summary_limit.fen[party] else Procedure.ORDINARY


def authority_for(pack: DiscretionPack, party: Party, fen: int, tier: Authority | None = None) -> Authority:
    """Who may decide a fine of this size; a tier may ask for the bureau whatever the size."""
    if tier is Authority.BUREAU:
        return tier
    return Authority.OFFICE if fen <= pack.office_limit.fen[party] else Authority.BUREAU


class Penalty(msgspec.Struct, frozen=True):
    """A fine that passed its controls, as kept with the matter. `departed`: outside its tier by a departure."""

    matter_id: str
    bureau_id: str
    violation_point: str
    party: Party
    tier: str
    days_late: int
    min_fen: int
    max_fen: int
    amount_fen: int
    procedure: Procedure
    authority: Authority
    departed: bool
    pack: str
    assessed_at: datetime


class Fine(msgspec.Struct, frozen=True):
    """What an officer enters: the violation, the amount in fen, the procedure, and what the unit may decide."""

    violation: Violation
    amount_fen: int
    procedure: Procedure


class Fault(StrEnum):
    """What is wrong with a fine; the order is that of gravity."""

    ABOVE_STATUTORY_MAX = "ABOVE_STATUTORY_MAX"
    DISCRETION_OUT_OF_TIER = "DISCRETION_OUT_OF_TIER"
    SUMMARY_LIMIT = "SUMMARY_LIMIT"


def faults(pack: DiscretionPack, fine: Fine, assessment: Assessment) -> tuple[Fault, ...]:
    """Everything wrong with a fine, gravest first. A fine above the maximum is outside its tier anyway."""
    party, found = fine.violation.party, list[Fault]()
    if fine.amount_fen > assessment.statutory_max_fen:
        found.append(Fault.ABOVE_STATUTORY_MAX)
    elif fine.amount_fen not in assessment.allowed:
        found.append(Fault.DISCRETION_OUT_OF_TIER)
    if fine.procedure is Procedure.SUMMARY and fine.amount_fen > pack.summary_limit.fen[party]:
        found.append(Fault.SUMMARY_LIMIT)
    return tuple(found)
