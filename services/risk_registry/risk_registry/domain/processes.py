"""A process as a graph of steps, each with its four invariants: basis, procedure, monitor, accountable post (§9.4)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from plumbline_shared.deadline import DayUnit
from plumbline_shared.errors import Invalid

MAX_STEPS = 200


class StepFunction(StrEnum):
    """What is done at a step; segregation rules name these."""

    ACCEPT = "ACCEPT"
    INVESTIGATE = "INVESTIGATE"
    REVIEW = "REVIEW"
    APPROVE = "APPROVE"
    DELIVER = "DELIVER"
    EXECUTE = "EXECUTE"
    RECORD = "RECORD"
    RECONCILE = "RECONCILE"
    MAINTAIN = "MAINTAIN"
    SUPERVISE = "SUPERVISE"


class DutyPower(StrEnum):
    """Decision, execution and supervision check one another (S2-015)."""

    DECISION = "DECISION"
    EXECUTION = "EXECUTION"
    SUPERVISION = "SUPERVISION"


class Activity(StrEnum):
    """征 LEVY, 管 ADMINISTER, 查 INSPECT, 减 REDUCE, 免 EXEMPT, 罚 PENALISE: what enforcement consists of (S1-035)."""

    LEVY = "LEVY"
    ADMINISTER = "ADMINISTER"
    INSPECT = "INSPECT"
    REDUCE = "REDUCE"
    EXEMPT = "EXEMPT"
    PENALISE = "PENALISE"


POWER_OF = {
    StepFunction.APPROVE: DutyPower.DECISION,
    StepFunction.REVIEW: DutyPower.SUPERVISION,
    StepFunction.RECONCILE: DutyPower.SUPERVISION,
    StepFunction.SUPERVISE: DutyPower.SUPERVISION,
}


@dataclass(frozen=True)
class Step:
    """One step (环节). `post` answers for it, `monitor` watches it; `basis` is `REGULATION#clause`.

    At a step that `declares` something the taxpayer answers for the truth of it, which `replaces` the internal checks
    at steps that are gone (S1-139). `next` are the codes of the steps that may follow; empty is the end, or the next in the list where no step says.
    """

    code: str
    title_zh: str
    function: StepFunction
    title_en: str = ""
    post: str = ""
    monitor: str = ""
    basis: str = ""
    procedure: str = ""
    limit_days: int = 0
    next: tuple[str, ...] = ()
    declares: str = ""
    replaces: tuple[str, ...] = ()

    @property
    def power(self) -> DutyPower:
        """Which of the three powers the step exercises."""
        return POWER_OF.get(self.function, DutyPower.EXECUTION)


@dataclass(frozen=True)
class Graph:
    """Everything a version of a process says; `activities` are empty for what is no enforcement (S1-035)."""

    title_zh: str
    steps: tuple[Step, ...]
    limit_days: int
    limit_unit: DayUnit = DayUnit.WORKING_DAY
    title_en: str = ""
    process_class: str = ""
    activities: tuple[Activity, ...] = ()

    @property
    def by_code(self) -> Mapping[str, Step]:
        """The steps by code."""
        return {step.code: step for step in self.steps}

    def edges(self) -> Iterator[tuple[Step, Step]]:
        """Every way from a step to the next."""
        steps = self.by_code
        if any(step.next for step in self.steps):
            yield from ((step, steps[code]) for step in self.steps for code in step.next)
        else:
            yield from zip(self.steps, self.steps[1:], strict=False)


@dataclass(frozen=True)
class ProcessVersion:
    """A version with its latest graph; `effective_from` is None for a draft. `revision` grows with each change."""

    id: str
    bureau_id: str
    process: str
    number: int
    base_id: str | None
    owner_unit: str
    drafted_by: str
    drafted_at: datetime
    graph: Graph
    revision: int
    authors: tuple[str, ...]
    effective_from: date | None
    published_by: str | None


DECIDES = frozenset({StepFunction.REVIEW, StepFunction.APPROVE})
"""What a level of approval does (审核、审批)."""


@dataclass(frozen=True)
class Metrics:
    """What a reform is measured by (S1-107, S1-110): steps, hand-overs between posts, approvals, limit in days.

    `chain` are the steps at which one level after another decides, on the longest way: how high approval climbs.
    """

    steps: int
    hand_overs: int
    approvals: int
    limit_days: int
    chain: tuple[str, ...]

    @property
    def approval_levels(self) -> int:
        """How many levels decide on the longest way."""
        return len(self.chain)


def metrics(graph: Graph) -> Metrics:
    """The figures of one version."""
    return Metrics(
        steps=len(graph.steps),
        hand_overs=sum(before.post != after.post for before, after in graph.edges()),
        approvals=sum(step.function is StepFunction.APPROVE for step in graph.steps),
        limit_days=graph.limit_days,
        chain=approval_chain(graph),
    )


def approval_chain(graph: Graph) -> tuple[str, ...]:
    """The steps of the levels that decide, on the way with the most of them (S1-107: 审批扁平化).

    A level is a post that reviews or approves; the same post twice in a row is one level, branches beside one another do
    not add up, and a way back is not walked.
    """
    earlier: dict[str, list[str]] = {step.code: [] for step in graph.steps}
    place = {step.code: number for number, step in enumerate(graph.steps)}
    for before, after in graph.edges():
        if place[before.code] < place[after.code]:
            earlier[after.code].append(before.code)
    chains: dict[str, dict[str, tuple[str, ...]]] = {}
    for step in graph.steps:
        found: dict[str, tuple[str, ...]] = {} if earlier[step.code] else {"": ()}
        for code in earlier[step.code]:
            for last, chain in chains[code].items():
                found[last] = max(found.get(last, ()), chain, key=len)
        if step.function in DECIDES:
            climbed = ((*chain, step.code) if last != step.post else chain for last, chain in found.items())
            found = {step.post: max(climbed, key=len)}
        chains[step.code] = found
    return max((chain for each in chains.values() for chain in each.values()), key=len, default=())


def check_graph(graph: Graph) -> None:
    """Raises Invalid for a graph that is no process: no steps, a code twice, a way to nowhere, a limit below a day."""
    codes = [step.code for step in graph.steps]
    if not 0 < len(codes) <= MAX_STEPS:
        raise Invalid(f"a process has 1 to {MAX_STEPS} steps", path=("steps",))
    if repeated := sorted({code for code in codes if codes.count(code) > 1}):
        raise Invalid(f"step {repeated[0]} is there twice: give each its own code", path=("steps",))
    if lost := [code for step in graph.steps for code in step.next if code not in codes]:
        raise Invalid(f"there is no step {lost[0]} to go to", path=("steps",))
    if graph.limit_days < 1:
        raise Invalid("the limit is at least one day", path=("limitDays",))
