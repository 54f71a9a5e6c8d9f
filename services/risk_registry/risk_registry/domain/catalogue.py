"""Entries of a catalogue, typed by kind; posts are named inside the bureau (`POLICY.chief`), so that any can use it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec
from plumbline_org.grades import RiskCategory, RiskGrade
from plumbline_shared.errors import Invalid, Refused

from risk_registry.domain.alerts import AlertPhase
from risk_registry.domain.allocation import AllocationRule, check_rule
from risk_registry.domain.departments import Department, PowerSplit, check_split
from risk_registry.domain.marks import Focus, Tag
from risk_registry.domain.offices import OfficePlan, OfficeTemplate, check_template
from risk_registry.domain.points import PointScope
from risk_registry.domain.processes import Activity, DutyPower, Graph, StepFunction
from risk_registry.domain.segregation import SodRule


class EntryKind(StrEnum):
    """What an entry is."""

    POWER = "POWER"
    DUTY = "DUTY"
    REGULATION = "REGULATION"
    PROCESS = "PROCESS"
    RISK_ITEM = "RISK_ITEM"
    POINT = "POINT"
    CONTROL = "CONTROL"
    SOD_RULE = "SOD_RULE"
    CONDUCT = "CONDUCT"
    SERVICE_ITEM = "SERVICE_ITEM"
    WINDOW = "WINDOW"
    GRANT = "GRANT"
    REFORM = "REFORM"
    EDUCATION_UNIT = "EDUCATION_UNIT"
    DEPARTMENT = "DEPARTMENT"
    POWER_SPLIT = "POWER_SPLIT"
    OFFICE_TEMPLATE = "OFFICE_TEMPLATE"
    OFFICE_PLAN = "OFFICE_PLAN"
    ALLOCATION_RULE = "ALLOCATION_RULE"


GUARDED = frozenset({EntryKind.CONTROL, EntryKind.SOD_RULE, EntryKind.POINT})
"""Kinds that show where the bureau is weak: never for everybody (C-10)."""


class ControlFamily(StrEnum):
    """分权 SEGREGATION, 流程 PROCESS, 网络 SYSTEM, 外部 EXTERNAL (S2-014)."""

    SEGREGATION = "SEGREGATION"
    PROCESS = "PROCESS"
    SYSTEM = "SYSTEM"
    EXTERNAL = "EXTERNAL"


class GeneralControl(StrEnum):
    """The five regulations that control a bureau as a whole, not one step (总体控制, S2-054).

    工作规则 WORK_RULES, 政务公开制度 OPEN_AFFAIRS, 重点岗位和关键环节监督管理办法 KEY_POSTS_AND_STEPS, 依法行政考核评价办法
    LAWFUL_ADMINISTRATION_APPRAISAL, 领导班子和领导干部综合考核评价体系 LEADERSHIP_APPRAISAL.
    """

    WORK_RULES = "WORK_RULES"
    OPEN_AFFAIRS = "OPEN_AFFAIRS"
    KEY_POSTS_AND_STEPS = "KEY_POSTS_AND_STEPS"
    LAWFUL_ADMINISTRATION_APPRAISAL = "LAWFUL_ADMINISTRATION_APPRAISAL"
    LEADERSHIP_APPRAISAL = "LEADERSHIP_APPRAISAL"


@dataclass(frozen=True)
class Power:
    """An authority point (权力点): what may be done, on which basis, by which posts, in which process (S2-007)."""

    title_zh: str
    basis: str
    posts: tuple[str, ...] = ()
    title_en: str = ""
    process: str = ""
    step: str = ""
    duty: str = ""
    focus: bool = False
    tags: tuple[str, ...] = ()
    activities: tuple[Activity, ...] = ()


@dataclass(frozen=True)
class Duty:
    """A duty (职责), typed by its power and bound to posts (S2-015)."""

    title_zh: str
    power: DutyPower
    posts: tuple[str, ...]
    function: StepFunction = StepFunction.EXECUTE
    title_en: str = ""
    process: str = ""
    basis: str = ""


@dataclass(frozen=True)
class Clause:
    """One clause (条款) of a regulation; `control_node` says whether it can be a node of a control (S2-032)."""

    number: str
    says: str
    control_node: bool = True


@dataclass(frozen=True)
class Regulation:
    """An internal rule (制度) with its category of fifteen (S1-034) and its clauses; repeal ends it.

    `placeholder` is a title without a text yet: the bureau's own rule, which no source gives. `general` says which of
    the five general controls it is.
    """

    title_zh: str
    category: int
    clauses: tuple[Clause, ...]
    effective_from: date
    repealed_on: date | None = None
    title_en: str = ""
    citation: str = ""
    edition: str = "1"
    posts: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    category_name: str = ""
    placeholder: bool = False
    general: GeneralControl | None = None

    def in_force(self, on: date) -> bool:
        """Whether it counts on a day."""
        return self.effective_from <= on and (self.repealed_on is None or on < self.repealed_on)


@dataclass(frozen=True)
class Node:
    """A step of a process at which a control acts."""

    process: str
    step: str


@dataclass(frozen=True)
class Control:
    """A control (防范措施) on points, powers and nodes; `basis` is the clause that it carries out (S1-033)."""

    title_zh: str
    family: ControlFamily
    phase: AlertPhase
    basis: str
    points: tuple[str, ...] = ()
    powers: tuple[str, ...] = ()
    nodes: tuple[Node, ...] = ()
    title_en: str = ""


@dataclass(frozen=True)
class RiskItem:
    """A risk item (风险事项): the parent of risk points (S2-009)."""

    title_zh: str
    process: str = ""
    title_en: str = ""


@dataclass(frozen=True)
class CataloguePoint:
    """A risk point as a catalogue proposes it; `grade` is a proposal that a review must confirm (S1-056)."""

    title_zh: str
    process: str
    step: str
    cause: str
    category: RiskCategory = RiskCategory.TAX_OPERATIONS
    scope: PointScope = PointScope.COMMON
    item: str = ""
    posts: tuple[str, ...] = ()
    grade: RiskGrade | None = None
    title_en: str = ""
    consequence: str = ""
    controls: str = ""
    traits: str = ""
    tags: tuple[Tag, ...] = ()
    focus: tuple[Focus, ...] = ()
    power: str = ""


@dataclass(frozen=True)
class Conduct:
    """Conduct that is prohibited (地雷区, S1-003) or shared by all (斑马线, S1-004).

    `controls` are codes of controls that block it or remind of it, `lessons` units of education about it.
    """

    title_zh: str
    prohibited: bool
    title_en: str = ""
    basis: str = ""
    controls: tuple[str, ...] = ()
    lessons: tuple[str, ...] = ()


@dataclass(frozen=True)
class ServiceItem:
    """A service item of a hall: RETAINED, FRONT_LOADED or NEW (S1-090), and who had it before (S1-091)."""

    title_zh: str
    origin: str
    former_owner: str = ""
    title_en: str = ""


@dataclass(frozen=True)
class Window:
    """A window of a service hall; a flexible one changes its class with the load (S1-092, S1-093)."""

    title_zh: str
    window_class: str
    flexible: bool = False
    title_en: str = ""


@dataclass(frozen=True)
class Grant:
    """Delegated authority (S1-104): whose, to which unit, for what. Nothing stands in it that its source leaves open."""

    title_zh: str
    grantor: str
    grantee: str
    operations: tuple[str, ...]
    effective_from: date | None = None
    revoked_on: date | None = None
    title_en: str = ""


@dataclass(frozen=True)
class Reform:
    """An item of the reform ledger (S1-109): steps removed; how many there were before is None where unknown."""

    title_zh: str
    item: str
    removed_steps: int
    steps_before: int | None = None
    effective_from: date | None = None
    title_en: str = ""


@dataclass(frozen=True)
class EducationUnit:
    """What is taught (`lessons`: codes of curricula) about processes and powers: each has one at least (S1-026)."""

    title_zh: str
    lessons: tuple[str, ...]
    processes: tuple[str, ...] = ()
    powers: tuple[str, ...] = ()
    title_en: str = ""


Body = (
    Power | Duty | Regulation | Graph | RiskItem | CataloguePoint | Control | SodRule | Conduct | ServiceItem | Window
    | Grant | Reform | EducationUnit | Department | PowerSplit | OfficeTemplate | OfficePlan
    | AllocationRule
)  # fmt: skip
BODIES: Mapping[EntryKind, type[Any]] = {
    EntryKind.POWER: Power, EntryKind.DUTY: Duty, EntryKind.REGULATION: Regulation, EntryKind.PROCESS: Graph,
    EntryKind.RISK_ITEM: RiskItem, EntryKind.POINT: CataloguePoint, EntryKind.CONTROL: Control,
    EntryKind.SOD_RULE: SodRule, EntryKind.CONDUCT: Conduct, EntryKind.SERVICE_ITEM: ServiceItem,
    EntryKind.WINDOW: Window, EntryKind.GRANT: Grant, EntryKind.REFORM: Reform,
    EntryKind.EDUCATION_UNIT: EducationUnit, EntryKind.DEPARTMENT: Department, EntryKind.POWER_SPLIT: PowerSplit,
    EntryKind.OFFICE_TEMPLATE: OfficeTemplate, EntryKind.OFFICE_PLAN: OfficePlan,
    EntryKind.ALLOCATION_RULE: AllocationRule,
}  # fmt: skip
Bounds = Mapping[str, Mapping[str, tuple[int, int] | None]]


@dataclass(frozen=True)
class Entry:
    """One entry as it counts for a bureau; `urn` is empty for an entry of its own, `local` marks a change of its own."""

    kind: EntryKind
    code: str
    body: Body
    urn: str = ""
    version: str = ""
    local: bool = False
    sequence: int = 0


@dataclass(frozen=True)
class Catalogue:
    """A named version; `bounds[kind][field]` are the fields a bureau may change, in a range or (`None`) freely."""

    urn: str
    version: str
    title_zh: str
    source: str
    entries: tuple[Entry, ...] = ()
    title_en: str = ""
    bounds: Bounds = field(default_factory=dict[str, Any])
    published_by: str | None = None


class OutOfBounds(Refused):
    """A local change touches a field that the catalogue keeps for all, or leaves its range."""

    code = "OUT_OF_BOUNDS"


def read_body(kind: EntryKind, value: object) -> Body:
    """The typed body of an entry. Raises Invalid that names what does not fit."""
    try:
        return msgspec.convert(value, BODIES[kind])
    except msgspec.ValidationError as error:
        raise Invalid(f"{kind}: {error}", path=("body",)) from None


def plain(body: Body) -> dict[str, Any]:
    """The body as JSON-able values."""
    return msgspec.to_builtins(body)


def check_bounds(base: Entry, local: Body, bounds: Bounds) -> None:
    """Raises OutOfBounds unless `local` differs from the catalogue's entry only where the catalogue lets it."""
    allowed = bounds.get(base.kind, {})
    old, new = plain(base.body), plain(local)
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) == new.get(name):
            continue
        if name not in allowed:
            raise OutOfBounds(f"{name} of {base.code} is fixed by {base.urn}", path=(name,))
        limits = allowed[name]
        if limits and not limits[0] <= new.get(name, 0) <= limits[1]:
            raise OutOfBounds(f"{name} is {limits[0]} to {limits[1]}", path=(name,))


def clauses_in_force(regulations: Iterable[tuple[str, Regulation]], on: date) -> frozenset[str]:
    """`REGULATION#clause` of everything that can be cited on a day."""
    return frozenset(
        f"{code}#{clause.number}"
        for code, regulation in regulations
        if regulation.in_force(on)
        for clause in regulation.clauses
    )


def check_body(body: Body, clauses: frozenset[str]) -> None:
    """Raises Invalid for a regulation with a clause twice, and UncitedRule for a rule without a clause in force."""
    if isinstance(body, Regulation):
        numbers = [clause.number for clause in body.clauses]
        if not 1 <= body.category <= 15 or not numbers or len(set(numbers)) < len(numbers):
            raise Invalid("category 1 to 15, and clauses that each have their own number", path=("clauses",))
        if body.repealed_on and body.repealed_on <= body.effective_from:
            raise Invalid("repeal comes after the first day", path=("repealedOn",))
    if isinstance(body, Power | Control) and body.basis not in clauses:
        raise UncitedRule(f"{body.basis or 'nothing'} is no clause in force: cite REGULATION#clause")
    if isinstance(body, SodRule) and not body.citation.strip():
        raise UncitedRule("name the source of the rule")
    if isinstance(body, EducationUnit) and not (body.lessons and (body.processes or body.powers)):
        raise Invalid("name what is taught, and a process or power that it is about", path=("lessons",))
    if isinstance(body, PowerSplit):
        check_split(body)
        if not body.citation.strip():
            raise UncitedRule("name the source of the division")
    if isinstance(body, OfficeTemplate):
        check_template(body)
        if not body.citation.strip():
            raise UncitedRule("name the source of the template")
    if isinstance(body, AllocationRule):
        check_rule(body)
        if not body.citation.strip():
            raise UncitedRule("name the source of the weights")


class UncitedRule(Refused):
    """No uncited rule can be activated (S1-033)."""

    code = "UNCITED_RULE"
