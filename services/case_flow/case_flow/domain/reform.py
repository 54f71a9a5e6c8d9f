"""What an item's version asks of work and of people, before and after a reform (S1-109, S2-022); what was measured."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from plumbline_shared.calendar import WorkingCalendar
from plumbline_shared.deadline import DayUnit

from case_flow.domain.definition import ItemDefinition, Step
from case_flow.domain.matter_path import elapsed_days

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Shape:
    """One version as designed: its steps, hand-overs to other people, visits of the applicant, and its limit."""

    steps: int
    hand_overs: int
    visits: int
    limit_days: int | None
    limit_unit: DayUnit | None


def shape(definition: ItemDefinition) -> Shape:
    """The figures of a version. Hand-overs and visits are counted along its main path."""
    path = [definition.by_code[code] for code in main_path(definition)]
    limit = definition.limit
    return Shape(
        steps=len(definition.steps),
        hand_overs=sum(_place(one) != _place(other) for one, other in pairwise(path)),
        visits=sum(step.code in visits(definition) for step in path),
        limit_days=limit.length if limit else None,
        limit_unit=limit.unit if limit else None,
    )


def main_path(definition: ItemDefinition) -> tuple[str, ...]:
    """The path the version names, else the first way from the start to an end, with every branch on the way."""
    return definition.main_path or tuple(dict.fromkeys(_way(definition, definition.start, "")))


def _way(definition: ItemDefinition, code: str, stop: str) -> Iterator[str]:
    """The steps from `code` on, branches one after the other, up to `stop` or an end."""
    seen: set[str] = set()
    while code and code != stop and code not in seen:
        yield code
        seen.add(code)
        block = next((one for one in definition.blocks if one.split == code), None)
        if block is None:
            code = next(iter(definition.by_code[code].next), "")
        else:
            for head in block.branches:
                yield from _way(definition, head, block.join)
            code = block.join


def visits(definition: ItemDefinition) -> tuple[str, ...]:
    """The steps at which the applicant is present; the first one where the version marks none."""
    return tuple(step.code for step in definition.steps if step.visit) or (definition.start,)


def _place(step: Step) -> tuple[str, str, tuple[str, ...]]:
    return step.unit, step.post, step.roles


@dataclass(frozen=True)
class Reform:
    """One line of the ledger: a version that replaced another."""

    before: ItemDefinition
    after: ItemDefinition
    effective_from: date
    process_number: int | None = None

    @property
    def removed(self) -> tuple[str, ...]:
        """Steps of the old version that the new one does without."""
        return tuple(step.code for step in self.before.steps if step.code not in self.after.by_code)


@dataclass(frozen=True)
class Change:
    """After minus before."""

    steps: int
    hand_overs: int
    limit_working_days: int


def change(reforms: Iterable[Reform]) -> Change:
    """The sum of reforms. A limit counts where it is in working days before and after."""
    pairs = [(shape(one.before), shape(one.after)) for one in reforms]
    return Change(
        steps=sum(after.steps - before.steps for before, after in pairs),
        hand_overs=sum(after.hand_overs - before.hand_overs for before, after in pairs),
        limit_working_days=sum(_shorter(before, after) for before, after in pairs),
    )


def _shorter(before: Shape, after: Shape) -> int:
    both = before.limit_unit is DayUnit.WORKING_DAY and after.limit_unit is DayUnit.WORKING_DAY
    return (after.limit_days or 0) - (before.limit_days or 0) if both else 0


@dataclass(frozen=True)
class Walked:
    """How `matters` of them went: from and until when, in how many visits and hand-overs altogether."""

    accepted_on: date
    closed_on: date
    matters: int
    visits: int
    hand_overs: int


@dataclass(frozen=True)
class Measured:
    """What running work shows. Elapsed as `elapsed_days` counts it, by nearest rank; the others as averages."""

    matters: int
    elapsed_median: int
    elapsed_p90: int
    visits: Decimal
    hand_overs: Decimal


def measured(walked: Sequence[Walked], calendar: WorkingCalendar) -> Measured | None:
    """The figures of closed matters; None when there are none."""
    total = sum(one.matters for one in walked)
    if not total:
        return None
    elapsed = sorted((elapsed_days(one.accepted_on, one.closed_on, calendar), one.matters) for one in walked)
    return Measured(
        matters=total,
        elapsed_median=_rank(elapsed, total, 50),
        elapsed_p90=_rank(elapsed, total, 90),
        visits=(Decimal(sum(one.visits for one in walked)) / total).quantize(TENTH),
        hand_overs=(Decimal(sum(one.hand_overs for one in walked)) / total).quantize(TENTH),
    )


def _rank(sorted_counts: Sequence[tuple[int, int]], total: int, percent: int) -> int:
    """Nearest rank: the smallest value that at least `percent` % do not exceed."""
    wanted, passed = -(-total * percent // 100), 0
    for value, count in sorted_counts:
        passed += count
        if passed >= wanted:
            return value
    raise ValueError("nothing to rank")
