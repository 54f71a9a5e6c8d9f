"""A draft process version against the one in force: what goes, what it touches, what forbids it (S1-107, S1-130…139, C-07).

Changing a process is a treatment of the risks on it (S1-037): each of them has a disposition, `domain/treatments.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from plumbline_shared.errors import Refused

from risk_registry.domain.processes import Graph, Step, StepFunction
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.segregation import SodRule, duties_of, violations
from risk_registry.domain.standing import IN_FORCE


class DispositionKind(StrEnum):
    """What becomes of an affected point (S1-131: 转移 51, 降低 30, 化解 11)."""

    TRANSFERRED_TO_POST = "TRANSFERRED_TO_POST"
    REDUCED = "REDUCED"
    DISSOLVED = "DISSOLVED"


class Tightened(StrEnum):
    """The attribute that reduced a point (S1-133: 办理环节、责任人员、办理时限)."""

    STEP = "STEP"
    RESPONSIBLE_PERSON = "RESPONSIBLE_PERSON"
    TIME_LIMIT = "TIME_LIMIT"


@dataclass(frozen=True)
class Disposition:
    """The classification of one point; a transfer counts once the receiving post accepted it (S1-132)."""

    point: str
    kind: DispositionKind
    from_step: str
    to_step: str = ""
    receiver: str = ""
    tightened: Tightened | None = None
    reason: str = ""
    accepted_by: str = ""
    sequence: int = 0


@dataclass(frozen=True)
class Comparison:
    """Steps by code: gone, new, and kept with another post, function or limit."""

    removed: tuple[str, ...]
    added: tuple[str, ...]
    moved: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def bound(self) -> frozenset[str]:
        """Steps whose points need a disposition: those that go, and those that another post takes over."""
        return frozenset((*self.removed, *self.moved))

    @property
    def open(self) -> frozenset[str]:
        """Steps whose points may have one: these, and those with another limit or function."""
        return self.bound | frozenset(self.changed)


CHECKS = frozenset(
    {StepFunction.INVESTIGATE, StepFunction.REVIEW, StepFunction.RECONCILE, StepFunction.SUPERVISE}
)
"""What is done at an internal check."""


@dataclass(frozen=True)
class Problem:
    """What forbids publication: a code, the step, point or post it is about, and what to do."""

    code: str
    subject: str
    message: str


class ReformRefused(Refused):
    """A draft with problems is not published; `code` is that of the first problem."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{first.subject}: {first.message}{more}", path=("versionId",))
        self.code = first.code


def compare(before: Graph | None, after: Graph) -> Comparison:
    """What a draft changes; without a version in force everything is new."""
    old: Mapping[str, Step] = before.by_code if before else {}
    new = after.by_code
    kept = [code for code in old if code in new]
    return Comparison(
        removed=tuple(code for code in old if code not in new),
        added=tuple(code for code in new if code not in old),
        moved=tuple(code for code in kept if old[code].post != new[code].post),
        changed=tuple(
            code
            for code in kept
            if (old[code].limit_days, old[code].function) != (new[code].limit_days, new[code].function)
        ),
    )


def affected(process: str, steps: frozenset[str], points: Iterable[PointOnDay]) -> list[PointOnDay]:
    """The points in force on these steps of the process."""
    return [
        point
        for point in points
        if point.state in IN_FORCE
        and point.description.process == process
        and point.description.step in steps
    ]


def step_problems(graph: Graph, posts: frozenset[str], clauses: frozenset[str]) -> list[Problem]:
    """The four invariants of every step; a basis counts only as a clause in force (S1-033)."""
    found: list[Problem] = []
    for step in graph.steps:
        if step.basis not in clauses:
            found.append(Problem("NO_LEGAL_BASIS", step.code, "name a clause in force, REGULATION#clause"))
        if not step.procedure.strip():
            found.append(Problem("NO_PROCEDURE", step.code, "say how the step is done"))
        if step.post not in posts:
            found.append(Problem("NO_ACCOUNTABLE_POST", step.code, "name a post of this bureau"))
        if step.monitor not in posts or step.monitor == step.post:
            found.append(Problem("NO_MONITOR", step.code, "name another post that watches the step"))
    return found


def declared_away(before: Graph | None, after: Graph) -> Mapping[str, str]:
    """Steps of checks that go because a taxpayer declares instead, with what is declared: a reason to dissolve (S1-139)."""
    replaced = {
        code: step.declares for step in after.steps if step.declares.strip() for code in step.replaces
    }
    return {code: said for code, said in replaced.items() if before and code in before.by_code}


def declaration_problems(before: Graph | None, after: Graph) -> list[Problem]:
    """A step that replaces a check says what is declared; what it replaces was an internal check, and goes."""
    old: Mapping[str, Step] = before.by_code if before else {}
    found: list[Problem] = []
    for step in after.steps:
        if step.replaces and not step.declares.strip():
            found.append(
                Problem("DECLARATION_MISSING", step.code, "say what the taxpayer declares to be true")
            )
        for code in step.replaces:
            if code in after.by_code:
                found.append(Problem("CHECK_STAYS", code, f"{step.code} replaces it: take the step out"))
            elif code in old and old[code].function not in CHECKS:
                found.append(Problem("NOT_A_CHECK", code, "a declaration replaces an internal check alone"))
    return found


def segregation_problems(process: str, graph: Graph, rules: Iterable[SodRule]) -> list[Problem]:
    """Incompatible steps on one post."""
    duties = duties_of(process, graph)
    posts = {duty.post: (duty.post,) for duty in duties}
    return [
        Problem("SOD_VIOLATION", each.holder, f"{' + '.join(each.duties)} on one post breaks {each.rule}")
        for each in violations(rules, duties, posts)
    ]


def disposition_problems(
    comparison: Comparison,
    after: Graph,
    points: Sequence[PointOnDay],
    dispositions: Mapping[str, Disposition],
) -> list[Problem]:
    """Every point of a step that goes or moves has one valid disposition, and only touched points have one."""
    found: list[Problem] = []
    for point in points:
        chosen = dispositions.get(point.id)
        if chosen is None or chosen.from_step != point.description.step:
            if point.description.step in comparison.bound:
                message = "say whether it is transferred, reduced or dissolved"
                found.append(Problem("DISPOSITION_MISSING", point.id, message))
        elif problem := _wrong(chosen, after):
            found.append(problem)
    known = {point.id for point in points}
    found += [
        Problem("NOT_AFFECTED", point, "the draft does not touch its step: take the disposition back")
        for point in dispositions
        if point not in known
    ]
    return found


def _wrong(chosen: Disposition, after: Graph) -> Problem | None:
    if chosen.kind is not DispositionKind.DISSOLVED and chosen.to_step not in after.by_code:
        return Problem("TO_STEP_UNKNOWN", chosen.point, "name a step of the draft that it moves to")
    if chosen.kind is not DispositionKind.TRANSFERRED_TO_POST:
        return None
    if after.by_code[chosen.to_step].post != chosen.receiver:
        return Problem("WRONG_RECEIVER", chosen.point, f"another post answers for {chosen.to_step}")
    if not chosen.accepted_by:
        return Problem("TRANSFER_NOT_ACCEPTED", chosen.point, f"{chosen.receiver} has not accepted it")
    return None
