"""罚款差异: whether an officer's fines differ from those of colleagues in the same range (S2-020).

A fine is looked at as its place between the least (0) and the greatest fine (1) that its tier allowed, so that fines of
different tiers compare. An officer is held against all others on the same violation point.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from statistics import fmean, stdev

import msgspec

PLACES = Decimal("0.001")


class VarianceRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From how many fines on a person is told, and from how many standard errors on a difference stands out."""

    least_fines: int
    stands_out_from: Decimal
    citation: str


class Fine(msgspec.Struct, frozen=True):
    """One decided fine in fen, who signed it, what its tier allowed, and whether it left the tier by departure."""

    signers: tuple[str, ...]
    violation_point: str
    amount_fen: int
    min_fen: int
    max_fen: int
    departed: bool = False

    @property
    def place(self) -> float | None:
        """0 at the least allowed fine, 1 at the greatest; None where nothing was left to choose."""
        if self.departed or self.min_fen == self.max_fen:
            return None
        return (self.amount_fen - self.min_fen) / (self.max_fen - self.min_fen)


class Compared(msgspec.Struct, frozen=True):
    """An officer's fines on one violation point beside the others'. Means are places from 0 to 1.

    `difference` counts standard errors, above 0 for a heavier hand; None where either side has too few fines.
    """

    person_id: str
    violation_point: str
    fines: int
    departures: int
    mean: Decimal | None
    others: int
    others_mean: Decimal | None
    difference: Decimal | None
    stands_out: bool


def compare(fines: Iterable[Fine], rule: VarianceRule) -> list[Compared]:
    """Everybody who signed, by violation point; the widest difference first."""
    by_point: dict[str, list[Fine]] = defaultdict(list)
    for one in fines:
        by_point[one.violation_point].append(one)
    found = [
        _held_against_others(person, point, same, rule)
        for point, same in by_point.items()
        for person in sorted({who for one in same for who in one.signers})
    ]
    return sorted(found, key=lambda one: (-abs(one.difference or 0), one.person_id, one.violation_point))


def _held_against_others(person: str, point: str, fines: Sequence[Fine], rule: VarianceRule) -> Compared:
    own = [one for one in fines if person in one.signers]
    mine = [one.place for one in own if one.place is not None]
    theirs = [one.place for one in fines if person not in one.signers and one.place is not None]
    enough = min(len(mine), len(theirs)) >= rule.least_fines
    difference = _difference(mine, theirs) if enough else None
    return Compared(
        person_id=person,
        violation_point=point,
        fines=len(own),
        departures=sum(one.departed for one in own),
        mean=_rounded(fmean(mine)) if enough else None,
        others=len(theirs),
        others_mean=_rounded(fmean(theirs)) if enough else None,
        difference=difference,
        stands_out=difference is not None and abs(difference) >= rule.stands_out_from,
    )


def _difference(mine: Sequence[float], theirs: Sequence[float]) -> Decimal:
    """The difference of the means in standard errors of Welch's comparison; any difference of constants is the cap."""
    gap = fmean(mine) - fmean(theirs)
    error = (stdev(mine) ** 2 / len(mine) + stdev(theirs) ** 2 / len(theirs)) ** 0.5
    if error == 0:
        return Decimal(0) if gap == 0 else CAP.copy_sign(Decimal(gap))
    return max(-CAP, min(CAP, _rounded(gap / error)))


CAP = Decimal(99)


def _rounded(value: float) -> Decimal:
    return Decimal(value).quantize(PLACES)
