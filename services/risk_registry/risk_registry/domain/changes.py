"""Two days of one register side by side: new, changed, dropped (I-009)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import IN_FORCE


class Marker(StrEnum):
    """新增 NEW, 变更 CHANGED, 退出 DROPPED, 未变 SAME."""

    NEW = "NEW"
    CHANGED = "CHANGED"
    DROPPED = "DROPPED"
    SAME = "SAME"


@dataclass(frozen=True)
class Change:
    """One point with its marker and, where it changed, in which respects."""

    code: str
    marker: Marker
    before: PointOnDay | None
    after: PointOnDay | None
    fields: tuple[str, ...] = ()


def changes(before: Iterable[PointOnDay], after: Iterable[PointOnDay]) -> list[Change]:
    """Every point in force on either day, by code."""
    old = {point.code: point for point in before if point.state in IN_FORCE}
    new = {point.code: point for point in after if point.state in IN_FORCE}
    return [_change(code, old.get(code), new.get(code)) for code in sorted(old.keys() | new.keys())]


def _change(code: str, before: PointOnDay | None, after: PointOnDay | None) -> Change:
    if before is None or after is None:
        return Change(code, Marker.DROPPED if before else Marker.NEW, before, after)
    fields = _differences(before, after)
    return Change(code, Marker.CHANGED if fields else Marker.SAME, before, after, fields)


def _differences(before: PointOnDay, after: PointOnDay) -> tuple[str, ...]:
    old, new = vars(before.description), vars(after.description)
    found = [name for name in old if old[name] != new[name]]
    return tuple((["grade"] if before.grade is not after.grade else []) + found)
