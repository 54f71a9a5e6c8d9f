"""Which version of a discretion standard a fine is decided by: 从旧兼从轻 (行政处罚法 Art 37).

The version in force on the day of the violation counts; that of the day of the decision only where it is lighter:
a lower maximum, or the same maximum and a lower minimum.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

import msgspec
from plumbline_shared.errors import Invalid

from case_flow.domain.discretion import Assessment, DiscretionPack, Violation, assess

CITATION = "行政处罚法 Art 37"


class Applies(StrEnum):
    """Why a version applies."""

    IN_FORCE_AT_VIOLATION = "IN_FORCE_AT_VIOLATION"
    LIGHTER_AT_DECISION = "LIGHTER_AT_DECISION"
    FIRST_PUBLISHED_SINCE = "FIRST_PUBLISHED_SINCE"


class Standard(msgspec.Struct, frozen=True):
    """A version as case flow keeps it; `number` orders the versions of one code."""

    code: str
    number: int
    effective_from: date
    pack: DiscretionPack

    @property
    def version(self) -> str:
        return f"{self.code}/{self.number}"


class Applied(msgspec.Struct, frozen=True):
    """The version that applies, what it says of the violation, and why it is this one."""

    standard: Standard
    assessment: Assessment
    applies: Applies


def in_force(standards: Iterable[Standard], point: str, on: date) -> Standard | None:
    """The version that counts for a violation point on a day: of each code the latest, of these the latest begun."""
    latest: dict[str, Standard] = {}
    for one in standards:
        if one.effective_from <= on and _order(one) >= _order(latest.get(one.code, one)):
            latest[one.code] = one
    naming = [one for one in latest.values() if point in one.pack.points]
    return max(naming, key=lambda one: (*_order(one), one.code)) if naming else None


def applied(standards: Sequence[Standard], violation: Violation, today: date) -> Applied:
    """The version that applies to a violation decided today. Raises Invalid when none knows the point."""
    then = in_force(standards, violation.point, violation.occurred_on or violation.ordered_on)
    now = in_force(standards, violation.point, today)
    candidates = [one for one in (then, now) if one is not None]
    if not candidates:
        raise Invalid("choose a violation point of the published benchmark", path=("violation", "point"))
    _check_circumstances(candidates, violation)
    found = [(one, assess(one.pack, violation, today)) for one in candidates]
    if then is None:
        return Applied(*found[-1], Applies.FIRST_PUBLISHED_SINCE)
    if len(found) > 1 and _weight(found[1][1]) < _weight(found[0][1]):
        return Applied(*found[1], Applies.LIGHTER_AT_DECISION)
    return Applied(*found[0], Applies.IN_FORCE_AT_VIOLATION)


def _order(one: Standard) -> tuple[date, int]:
    return one.effective_from, one.number


def _weight(found: Assessment) -> tuple[int, int]:
    return found.allowed.max_fen, found.allowed.min_fen


def _check_circumstances(candidates: Sequence[Standard], violation: Violation) -> None:
    known = {name for one in candidates for name in one.pack.points[violation.point].circumstances}
    if unknown := sorted(violation.circumstances.keys() - known):
        raise Invalid(
            f"{violation.point} has no circumstance {unknown[0]}; known: {', '.join(sorted(known)) or 'none'}",
            path=("violation", "circumstances"),
        )
