"""The rules of a penalty after it was proposed, as data: limits, surcharge, limitation, major cases, holds (§6.3)."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import msgspec
from plumbline_shared.deadline import DeadlineRule

from case_flow.domain.collective import Share
from case_flow.domain.control_pack import HoldRule
from case_flow.domain.discretion import Party
from case_flow.domain.fine_variance import VarianceRule


class Ruler(StrEnum):
    """Who rules on a major case before anything is decided in it."""

    COMMITTEE = "COMMITTEE"
    SUPERIOR = "SUPERIOR"


class PenaltyLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every time limit between notice and withdrawal of a publication."""

    statement: DeadlineRule
    hearing_ahead: DeadlineRule
    hearing_within: DeadlineRule
    serve: DeadlineRule
    pay: DeadlineRule
    withdraw: DeadlineRule


class Surcharge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a late payment costs a day, in percent of the fine, never more than the fine (行政处罚法 Art 72)."""

    percent_per_day: int
    citation: str


class Threshold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From which amount in fen a case is major, and from which the bureau above adjudicates it; included."""

    version: str
    effective_from: date
    adjudicate_from: Mapping[Party, int]
    refer_from: Mapping[Party, int]
    citation: str


class PenaltyPack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One published version of the rules."""

    id: str
    version: str
    citation: str
    limits: PenaltyLimits
    limitation_years: int
    limitation_citation: str
    surcharge: Surcharge
    variance: VarianceRule
    thresholds: tuple[Threshold, ...]
    member_functions: tuple[str, ...]
    quorum: Share
    quorum_citation: str
    holds: Mapping[str, HoldRule]

    def threshold(self, on: date) -> Threshold | None:
        """The version in force on a day: of those begun the latest."""
        begun = [one for one in self.thresholds if one.effective_from <= on]
        return max(begun, key=lambda one: one.effective_from, default=None)

    def ruler(self, party: Party, amount_fen: int, on: date, *, complex: bool) -> Ruler | None:
        """Who rules on a case of this size; None when it is not major."""
        threshold = self.threshold(on)
        if threshold is not None and amount_fen >= threshold.refer_from[party]:
            return Ruler.SUPERIOR
        if complex or (threshold is not None and amount_fen >= threshold.adjudicate_from[party]):
            return Ruler.COMMITTEE
        return None
