"""What changed in a register between two days (S2-046)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import IN_FORCE


class Difference(StrEnum):
    """How a point differs; a point may differ in several ways."""

    APPEARED = "APPEARED"
    LEFT = "LEFT"
    REGRADED = "REGRADED"
    MOVED = "MOVED"
    REWORDED = "REWORDED"


@dataclass(frozen=True)
class Changed:
    """A point in force on one of the days, or on both but not alike."""

    before: PointOnDay | None
    after: PointOnDay | None
    kinds: tuple[Difference, ...]

    @property
    def id(self) -> str:
        return (self.after or self.before or _nothing()).id


def _nothing() -> PointOnDay:
    raise ValueError("a change has a point before it or after it")


def differences(before: Iterable[PointOnDay], after: Iterable[PointOnDay]) -> list[Changed]:
    """Every point in force that is not the same on both days, in the order of ids."""
    old = {each.id: each for each in before if each.state in IN_FORCE}
    new = {each.id: each for each in after if each.state in IN_FORCE}
    found = [Changed(old.get(id_), new.get(id_), _kinds(old.get(id_), new.get(id_))) for id_ in old | new]
    return sorted((each for each in found if each.kinds), key=lambda each: each.id)


def _kinds(before: PointOnDay | None, after: PointOnDay | None) -> tuple[Difference, ...]:
    if before is None or after is None:
        return (Difference.APPEARED if before is None else Difference.LEFT,)
    one, two = before.description, after.description
    moved = one.posts != two.posts
    differs = {
        Difference.REGRADED: before.grade is not after.grade,
        Difference.MOVED: moved,
        Difference.REWORDED: one != two and not moved,
    }
    return tuple(kind for kind, yes in differs.items() if yes)
