"""The figures of a replay, added up case by case: memory grows with cases and variants, not with events."""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from math import ceil, floor

import msgspec

from case_flow.domain.checks import Finding, check_ids
from case_flow.domain.definition import ItemDefinition
from case_flow.replay.report_parts import CheckReport, Throughput, Variant, Variants


class Needs(msgspec.Struct, frozen=True):
    """What a case must have for a check to say something about it: facts, and steps, refused ones included."""

    facts: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


def needs(definition: ItemDefinition, check: str) -> Needs:
    """What the check of this id needs; nothing where it can speak about every case."""
    kind, _, names = check.partition(":")
    if kind == "time_limit":
        limit = next(one for one in definition.checks.time_limit if one.id == names)
        moments = (limit.start, limit.until)
        facts = [one[1:] for one in moments if one.startswith("@") and one not in ("@first", "@last")]
        return Needs(tuple(facts), tuple(one for one in moments if not one.startswith("@")))
    if kind in ("same_person", "forbidden_after"):
        return Needs(steps=tuple(names.split("/")))
    return Needs(steps=tuple(names.split("/")[1:])) if kind == "precedence" else Needs()


class _Check:
    """What one check found so far."""

    def __init__(self, wanted: Needs) -> None:
        self.facts, self.steps = frozenset(wanted.facts), frozenset(wanted.steps)
        self.applicable = self.findings = 0
        self.case_ids: list[str] = []
        self.by_step: Counter[str] = Counter()

    def add(self, ref: str, found: Sequence[str]) -> None:
        self.findings += len(found)
        self.case_ids.append(ref)
        self.by_step.update(set(found))


class CaseTally:
    """The case at hand: its steps in order, its findings, when it began and ended."""

    def __init__(self, ref: str, facts: Iterable[str]) -> None:
        self.ref = ref
        self.facts = frozenset(facts)
        self.steps = array("H")
        self.refused: set[str] = set()
        self.found: dict[str, list[str]] = {}
        self.began: datetime | None = None
        self.ended: datetime | None = None

    def add(self, findings: Iterable[Finding]) -> None:
        for one in findings:
            self.found.setdefault(one.check, []).append(one.step)


class Tally:
    """All cases so far."""

    def __init__(self, definition: ItemDefinition) -> None:
        self._codes = [step.code for step in definition.steps]
        self._number = {code: number for number, code in enumerate(self._codes)}
        self._checks = {one: _Check(needs(definition, one)) for one in check_ids(definition)}
        self._variants: Counter[bytes] = Counter()
        self._seconds = array("d")
        self._people = set[str]()
        self._activities = [0] * len(self._codes)
        self.cases = self.refused_events = self.events_without_person = self._given = 0

    def done(self, case: CaseTally, step: str, at: datetime, official: str | None) -> None:
        """A step of the case was done."""
        number = self._number[step]
        case.steps.append(number)
        self._activities[number] += 1
        case.began, case.ended = case.began or at, at
        if official:
            self._people.add(official)
        else:
            self.events_without_person += 1

    def refused(self, case: CaseTally, step: str) -> None:
        """A step of the case was refused."""
        case.refused.add(step)
        self.refused_events += 1

    def close(self, case: CaseTally) -> None:
        """The case is complete; one of which every step was refused does not count as a case."""
        self._given += 1
        for check, found in case.found.items():
            self._checks[check].add(case.ref, found)
        if case.began is None or case.ended is None:
            return
        self.cases += 1
        self._variants[case.steps.tobytes()] += 1
        self._seconds.append((case.ended - case.began).total_seconds())
        seen = {self._codes[number] for number in set(case.steps)} | case.refused
        for one in self._checks.values():
            one.applicable += one.facts <= case.facts and one.steps <= seen

    @property
    def events(self) -> int:
        return sum(self._activities)

    @property
    def seen(self) -> int:
        """Events so far, refused ones too."""
        return self.events + self.refused_events

    @property
    def activities(self) -> int:
        return sum(count > 0 for count in self._activities)

    @property
    def persons(self) -> int:
        return len(self._people)

    def activity_counts(self) -> dict[str, int]:
        """How often each step was done, the most frequent first."""
        counted = [(code, count) for code, count in zip(self._codes, self._activities, strict=True) if count]
        return dict(sorted(counted, key=lambda one: (-one[1], one[0])))

    def variants(self, most: int) -> Variants:
        """The different sequences, the `most` frequent of them in full."""
        ranked = sorted(self._variants.values(), reverse=True)
        least = ranked[most - 1] if len(ranked) >= most else 0
        candidates = [(-n, self._steps(one)) for one, n in self._variants.items() if n >= least]
        frequent = tuple(Variant(steps, -count) for count, steps in sorted(candidates)[:most])
        return Variants(len(self._variants), frequent)

    def exactly(self, path: Sequence[str]) -> int:
        """How many cases follow exactly this sequence."""
        return self._variants[array("H", [self._number[step] for step in path]).tobytes()]

    def throughput(self) -> Throughput:
        """From first to last event, as PostgreSQL's `percentile_cont` has it."""
        ordered = sorted(self._seconds)
        return Throughput(*(_percentile(ordered, share) for share in (0.5, 0.9, 1.0)))

    def checks(self) -> tuple[CheckReport, ...]:
        """Every check of the definition, in its order."""
        return tuple(self._report(check, one) for check, one in self._checks.items())

    def _report(self, check: str, one: _Check) -> CheckReport:
        whole = not one.facts and not one.steps
        return CheckReport(
            check=check,
            kind=check.partition(":")[0],
            applicable_cases=self._given if whole else one.applicable,
            cases=len(one.case_ids),
            findings=one.findings,
            by_step=dict(sorted(one.by_step.items())),
            case_ids=tuple(sorted(one.case_ids)),
        )

    def _steps(self, variant: bytes) -> tuple[str, ...]:
        numbers = array("H")
        numbers.frombytes(variant)
        return tuple(self._codes[number] for number in numbers)


def _percentile(ordered: Sequence[float], share: float) -> float:
    if not ordered:
        return 0.0
    position = share * (len(ordered) - 1)
    low, high = ordered[floor(position)], ordered[ceil(position)]
    return low if low == high else low + (position - floor(position)) * (high - low)
