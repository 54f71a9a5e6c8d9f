"""What somebody has to do, in one order: steps of matters and everything else that they owe (requirements 8.2, 8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class WorkKind(StrEnum):
    """What a line of an inbox asks for."""

    STEP = "STEP"
    ACKNOWLEDGE = "ACKNOWLEDGE"
    EXPLAIN = "EXPLAIN"
    VERIFY = "VERIFY"
    HOLD = "HOLD"
    DEFENCE = "DEFENCE"
    VOTE = "VOTE"
    RECTIFY = "RECTIFY"
    WORK_ORDER = "WORK_ORDER"


UNITS_OWE = frozenset({WorkKind.RECTIFY, WorkKind.WORK_ORDER})
"""Kinds that a whole unit owes: whoever of it takes them up."""


@dataclass(frozen=True)
class Line:
    """One line: `id` is that of a matter, alert, hold, inquiry or order; `step` that of a matter's step."""

    due_on: date
    id: str
    kind: WorkKind
    step: str = ""
    mine: bool = True

    @property
    def key(self) -> tuple[date, str, str]:
        """The place in the order, and the cursor."""
        return self.due_on, self.id, self.step or self.kind


@dataclass(frozen=True)
class Page:
    """Some lines, and whether more follow."""

    lines: tuple[Line, ...]
    more: bool


def page_of(lines: Iterable[Line], first: int, until: date | None) -> Page:
    """The first lines in their order that are due by a day; each source gives one more than `first`."""
    due = [one for one in sorted(lines, key=lambda one: one.key) if until is None or one.due_on <= until]
    return Page(tuple(due[:first]), len(due) > first)
