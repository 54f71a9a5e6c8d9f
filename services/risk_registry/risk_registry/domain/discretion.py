"""Discretion standards 裁量基准 (S2-019): class → violation point → tier → condition → range. Money in integer fen.

A tier holds for a span of days where its condition is true. Days are counted from the ordered date or from the due
date to the correction. Other facts are yes or no or one of named values, so a check can try all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import msgspec
from plumbline_shared.conditions import FactType

DERIVED = "after_order"
"""The fact that every condition may name: corrected only after the ordered date, or not yet."""


class Party(StrEnum):
    """Whom the fine is for (行政处罚法 Art 51)."""

    CITIZEN = "CITIZEN"
    ORGANISATION = "ORGANISATION"


class Authority(StrEnum):
    """Who may decide (征管法 Art 74)."""

    OFFICE = "OFFICE"
    BUREAU = "BUREAU"


class Measure(StrEnum):
    """From which day the days of a violation are counted."""

    ORDERED = "ORDERED"
    DUE = "DUE"


class Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of a standard as data."""


class Amount(Data, frozen=True):
    """Fines in fen, both ends allowed; `per_day_fen` is added to both for each day."""

    min_fen: int = 0
    max_fen: int = 0
    per_day_fen: int = 0


class Circumstance(Data, frozen=True):
    """A fact that conditions may look at: yes or no, or one of `values`; `default` where nothing is said."""

    label_zh: str
    label_en: str = ""
    values: tuple[str, ...] = ()
    default: bool | str = False


class Tier(Data, frozen=True):
    """Holds from `days[0]` to `days[1]`, both included (None: without end), where `when` is true."""

    code: str
    label_zh: str
    label_en: str
    days: tuple[int, int | None]
    amounts: Mapping[Party, Amount]
    citation: str
    when: str = ""
    authority: Authority | None = None


class Point(Data, frozen=True):
    """A violation point with its statutory bounds in fen and its tiers."""

    violation_class: str
    label_zh: str
    label_en: str
    bounds: Mapping[Party, tuple[int, int]]
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
        return {DERIVED: FactType.BOOL, **declared}


class Threshold(Data, frozen=True):
    """An amount in fen by party, itself included (征管法实施细则 Art 108), with its source."""

    fen: Mapping[Party, int]
    citation: str


class Standard(Data, frozen=True):
    """The body of one version: points by code, and the limits of procedure and authority."""

    title_zh: str
    title_en: str
    citation: str
    summary_limit: Threshold
    hearing_from: Threshold
    office_limit: Threshold
    points: Mapping[str, Point]


@dataclass(frozen=True)
class StandardVersion:
    """One version with who wrote and who published it; not in force before `effective_from`."""

    id: str
    bureau_id: str
    code: str
    version: int
    body: Standard
    author: str
    drafted_at: datetime
    effective_from: date | None = None
    approver: str | None = None
    published_at: datetime | None = None

    @property
    def standard_id(self) -> str:
        return f"{self.bureau_id}.{self.code}"


def in_force(versions: list[StandardVersion], on: date) -> StandardVersion | None:
    """Of the versions of one standard, the one that counts on a day: the latest day, then the latest version."""
    begun = [(each.effective_from, each.version, each) for each in versions if each.effective_from]
    counting = [each for each in begun if each[0] <= on]
    return max(counting, key=lambda each: each[:2])[2] if counting else None
