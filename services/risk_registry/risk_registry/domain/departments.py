"""Which kinds of department hold the three powers of a process (S2-017; C-12: the source does not say which, so it is data)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plumbline_org.model import Org
from plumbline_org.parts import UnitKind
from plumbline_shared.errors import Invalid

from risk_registry.domain.places import relative
from risk_registry.domain.processes import DutyPower, Graph, Step, StepFunction

DECIDING = frozenset({StepFunction.REVIEW, StepFunction.APPROVE})
SUPERVISING = frozenset({StepFunction.SUPERVISE, StepFunction.RECONCILE})


@dataclass(frozen=True)
class Department:
    """A kind of department (法规, 税政, 税源管理, 监察, …): which units of a bureau it is.

    Those competent for one of `functions`, of one of the `kinds`, or named in `units`, each with the units below it.
    """

    title_zh: str
    functions: tuple[str, ...] = ()
    kinds: tuple[UnitKind, ...] = ()
    units: tuple[str, ...] = ()
    title_en: str = ""


@dataclass(frozen=True)
class PowerSplit:
    """Codes of the departments that decide, execute and supervise in one process; each that decides has to sign."""

    title_zh: str
    process: str
    decision: tuple[str, ...]
    execution: tuple[str, ...]
    supervision: tuple[str, ...]
    citation: str
    title_en: str = ""

    @property
    def departments(self) -> tuple[str, ...]:
        """All that it names."""
        return (*self.decision, *self.execution, *self.supervision)


@dataclass(frozen=True)
class Misplaced:
    """A step, or a department that does not sign, with what is wrong."""

    code: str
    subject: str
    message: str


Places = Mapping[str, frozenset[str]]


def check_split(split: PowerSplit) -> None:
    """Raises Invalid unless every power has a department, and none has two."""
    for power in ("decision", "execution", "supervision"):
        if not getattr(split, power):
            raise Invalid("name a department", path=(power,))
    if len(set(split.departments)) < len(split.departments):
        raise Invalid("a department holds one of the three powers, and once", path=("departments",))


def places(org: Org, departments: Mapping[str, Department], on: date) -> Places:
    """The kinds of department that each post of the bureau belongs to on a day."""
    units = {
        unit.id: frozenset(code for code, each in departments.items() if _is(org, each, unit.id, on))
        for unit in org.units.values()
    }
    return {
        post.id: frozenset(code for unit in org.ancestors(post.unit_id) for code in units.get(unit, ()))
        for post in org.posts.values()
    }


def _is(org: Org, department: Department, unit_id: str, on: date) -> bool:
    unit = org.units[unit_id]
    return unit.span.covers(on) and (
        bool(unit.functions & set(department.functions))
        or unit.kind in department.kinds
        or relative(org.bureau.id, unit_id) in department.units
    )


def exercised(step: Step) -> DutyPower:
    """The power of a step as departments divide it: review and approval decide together (审核审批)."""
    if step.function in DECIDING:
        return DutyPower.DECISION
    return DutyPower.SUPERVISION if step.function in SUPERVISING else DutyPower.EXECUTION


def misplaced(graph: Graph, split: PowerSplit, posts: Places) -> list[Misplaced]:
    """Steps on a post of the wrong department, decisions watched by another than supervision, signatures that lack."""
    holders = {
        DutyPower.DECISION: split.decision,
        DutyPower.EXECUTION: split.execution,
        DutyPower.SUPERVISION: split.supervision,
    }
    found: list[Misplaced] = []
    signed: set[str] = set()
    for step in graph.steps:
        power = exercised(step)
        where = posts.get(step.post, frozenset())
        if where.isdisjoint(holders[power]):
            message = f"{power.lower()} belongs to {', '.join(holders[power])}"
            found.append(Misplaced("POWER_MISPLACED", step.code, message))
        if power is DutyPower.DECISION:
            signed |= where
            if posts.get(step.monitor, frozenset()).isdisjoint(split.supervision):
                message = f"a decision is watched by {', '.join(split.supervision)}"
                found.append(Misplaced("POWER_MISPLACED", step.code, message))
    missing = [each for each in split.decision if each not in signed]
    return found + [
        Misplaced("SIGNATURE_MISSING", each, "a step of review or approval on a post of this department")
        for each in missing
    ]
