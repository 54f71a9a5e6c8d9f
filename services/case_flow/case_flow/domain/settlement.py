"""New taxpayers, counted (S1-106): what the newcomers of a period have, and how many others have it beside them.

A share is one of newcomers among newcomers. What taxpayers of long standing have too is no part of it: 4,044 of 3,417 is
no share (A-09).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

PER_MILLE = 1000


class MeasureRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a measure is read: a field of the step's payload, and items that others apply for."""

    field: str
    zh: str
    en: str
    items: tuple[str, ...] = ()


class SettlementPack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One published version of what is counted."""

    id: str
    version: str
    citation: str
    item: str
    step: str
    records: str
    measures: Mapping[str, MeasureRule]


@dataclass(frozen=True)
class Counted:
    """What was read: newcomers taken on, those of them who have each measure, others who have it, records entered."""

    settled: int
    newcomers: Mapping[str, int]
    others: Mapping[str, int]
    records: int


@dataclass(frozen=True)
class Measure:
    """One line. `per_mille` of the newcomers alone; None without newcomers."""

    code: str
    newcomers: int
    others: int
    per_mille: int | None

    @property
    def total(self) -> int:
        """Everybody who has it."""
        return self.newcomers + self.others


def measured(pack: SettlementPack, counted: Counted) -> Sequence[Measure]:
    """The lines in the order of the rules, rounded to the nearest per mille."""
    return [
        Measure(
            code,
            counted.newcomers.get(code, 0),
            counted.others.get(code, 0),
            share(counted.newcomers.get(code, 0), counted.settled),
        )
        for code in pack.measures
    ]


def share(part: int, whole: int) -> int | None:
    """`part` of `whole` in per mille, half up; None of nothing."""
    return (2 * part * PER_MILLE + whole) // (2 * whole) if whole else None
