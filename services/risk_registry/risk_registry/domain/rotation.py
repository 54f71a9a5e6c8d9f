"""How long a person may hold a post (S2-021): tenure × grade of the post, notices before the limit, extensions.

The last day of a limit is the day of the month on which the tenure began, or the month's last day where there is none
(民法典 Art 202). Overdue begins at 00:00 of the day after. A grade that rises shortens the limit from the day on which it
counts: the last day is then that of the new limit, but never before that day.
"""

import calendar
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from plumbline_org.grades import RiskGrade
from plumbline_org.parts import Assignment, Person, PersonStatus

T = TypeVar("T")
ONE_DAY = timedelta(days=1)
GradeFrom = tuple[date, RiskGrade | None]
"""From a day on a post has this grade: the highest of its points, None without one."""


class RotationState(StrEnum):
    """Where a holding stands on a day."""

    IN_TIME = "IN_TIME"
    DUE_SOON = "DUE_SOON"
    OVERDUE = "OVERDUE"
    EXTENDED = "EXTENDED"


@dataclass(frozen=True)
class RotationRule:
    """A version of the limits: months by grade, days of notice, the longest extension, work kept from kin."""

    version: str
    months: Mapping[RiskGrade, int]
    notice_days: tuple[int, ...]
    extension_months: int
    guarded_functions: frozenset[str]
    citation: str


RuleFrom = tuple[date, RotationRule]
"""From a day on a bureau goes by this version."""


@dataclass(frozen=True)
class Tenure:
    """One person on one post without a break; `until` is the first day that no longer counts, None while open."""

    person_id: str
    post_id: str
    unit_id: str
    since: date
    until: date | None

    @property
    def id(self) -> str:
        """The same for the same holding, whoever computes it."""
        text = f"{self.person_id}|{self.post_id}|{self.since}"
        return f"ro_{hashlib.sha256(text.encode()).hexdigest()[:26]}"


@dataclass(frozen=True)
class Extension:
    """An approved extension: the limit moves to `until`."""

    approved_on: date
    until: date


@dataclass(frozen=True)
class Rotation:
    """A tenure on a graded post with its limit."""

    tenure: Tenure
    grade: RiskGrade
    due_on: date
    notice_days: tuple[int, ...]
    extension: Extension | None = None

    @property
    def limit_on(self) -> date:
        """The last day, an extension included."""
        return max(self.due_on, self.extension.until) if self.extension else self.due_on

    @property
    def overdue_from(self) -> date:
        return self.limit_on + ONE_DAY

    def state(self, on: date) -> RotationState:
        """Where it stands on a day."""
        if on > self.limit_on:
            return RotationState.OVERDUE
        if self.extension and on > self.due_on:
            return RotationState.EXTENDED
        return RotationState.DUE_SOON if self._left(on) <= max(self.notice_days) else RotationState.IN_TIME

    def notice(self, on: date) -> int | None:
        """The notice that is due on a day, in days before the limit; those before an extension's approval are not."""
        begun = [days for days in self.notice_days if 0 <= self._left(on) <= days]
        told = [
            days for days in begun if not self.extension or self._notice_on(days) > self.extension.approved_on
        ]
        return min(told, default=None)

    def changes(self, after: date) -> Iterator[date]:
        """The days after `after` on which something falls due."""
        days = [
            self.overdue_from,
            *(self._notice_on(days) for days in self.notice_days),
            self.due_on + ONE_DAY,
        ]
        if after >= self.overdue_from:
            days.append(add_months(after.replace(day=1), 1))
        yield from (day for day in days if day > after)

    def _left(self, on: date) -> int:
        return (self.limit_on - on).days

    def _notice_on(self, days: int) -> date:
        return self.limit_on - timedelta(days=days)


def add_months(day: date, months: int) -> date:
    """The corresponding day so many months later, or the last day of that month (民法典 Art 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(since: date, on: date) -> int:
    """Whole months from a day to another."""
    months = (on.year - since.year) * 12 + on.month - since.month
    return months if add_months(since, months) <= on else months - 1


def tenures_on(person: Person, on: date) -> list[Tenure]:
    """The posts that a person holds on a day, each since the beginning of its unbroken chain of assignments.

    A renamed post keeps its id and so its tenure; permanent, acting and seconded holding count alike; being seconded
    elsewhere does not break the holding, or a short absence would begin it anew.
    """
    if person.status(on) is PersonStatus.LEFT:
        return []
    posts = dict.fromkeys(one.post_id for one in person.assignments if one.span.covers(on))
    found = (_chain([one for one in person.assignments if one.post_id == post], on) for post in posts)
    return [tenure for tenure in found if tenure]


def _chain(assignments: Sequence[Assignment], on: date) -> Tenure | None:
    chains: list[Tenure] = []
    for one in sorted(assignments, key=lambda one: one.span.first or date.max):
        first, last = one.span.first, chains[-1] if chains else None
        if first is None:
            continue
        if last and (last.until is None or first <= last.until):
            unit = one.unit_id if first <= on else last.unit_id
            chains[-1] = replace(last, unit_id=unit, until=_later(last.until, one.span.until))
        else:
            chains.append(Tenure(one.person_id, one.post_id, one.unit_id, first, one.span.until))
    return next((each for each in chains if each.since <= on and (not each.until or on < each.until)), None)


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def due_on(since: date, grades: Sequence[GradeFrom], rules: Sequence[RuleFrom]) -> date | None:
    """The last day on the post; None while it carries no graded point.

    A grade that rises, or a stricter rule, shortens the limit from its day on: never before that day, and never beyond
    the limit that was.
    """
    due: date | None = None
    for day in sorted({day for day, _ in (*grades, *rules)}):
        grade, rule = _on(grades, day), _on(rules, day)
        limit = add_months(since, rule.months[grade]) if grade and rule else None
        if limit is None or due is None:
            due = max(limit, day) if limit and day > since else limit
        else:
            due = limit if limit >= due else max(limit, min(due, day))
    return due


def _on(steps: Sequence[tuple[date, T]], day: date) -> T | None:
    begun = [value for first, value in steps if first <= day]
    return begun[-1] if begun else None


def boundaries(person: Person, after: date) -> Iterator[date]:
    """The days after `after` on which an assignment begins or ends."""
    for one in person.assignments:
        yield from (day for day in (one.span.first, one.span.until) if day and day > after)
