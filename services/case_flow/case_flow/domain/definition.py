"""A service item as data: its steps, who does them, how long they may take, and what is checked."""

from datetime import date
from enum import StrEnum
from functools import cached_property

import msgspec
from plumbline_shared.deadline import DayUnit, DeadlineRule

from case_flow.domain.blocks import Block, Edges, find_blocks
from case_flow.domain.record_calendar import RecordCalendar


class Frozen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Immutable and JSON-able."""


class Mode(StrEnum):
    """Whether review comes before handling (S1-089)."""

    REVIEW_FIRST = "REVIEW_FIRST"
    HANDLE_FIRST = "HANDLE_FIRST"


class Origin(StrEnum):
    """Where an item of the hall comes from (S1-090): kept, moved in front from another unit, or new."""

    RETAINED = "RETAINED"
    FRONT_LOADED = "FRONT_LOADED"
    NEW = "NEW"


class Order(StrEnum):
    """STRICT: only the open step can be completed. FREE: any step in any order, as an observed log has them."""

    STRICT = "STRICT"
    FREE = "FREE"


class State(StrEnum):
    """Where a matter stands (requirements 3.2, S2-033)."""

    RECEIVED = "RECEIVED"
    IN_HAND = "IN_HAND"
    UNDER_REVIEW = "UNDER_REVIEW"
    APPROVED = "APPROVED"
    REFUSED = "REFUSED"
    CLOSED = "CLOSED"
    SUPPLEMENT_REQUIRED = "SUPPLEMENT_REQUIRED"
    HELD = "HELD"
    SUSPENDED = "SUSPENDED"
    WITHDRAWN = "WITHDRAWN"


class Outcome(StrEnum):
    """What a deciding step decides."""

    APPROVED = "APPROVED"
    REFUSED = "REFUSED"


class Phase(StrEnum):
    """When a control speaks (S2-034…036)."""

    EX_ANTE = "EX_ANTE"
    IN_PROCESS = "IN_PROCESS"
    EX_POST = "EX_POST"


class Action(StrEnum):
    """What a control does when its condition holds."""

    WARN = "WARN"
    HOLD = "HOLD"
    BLOCK = "BLOCK"


class Way(StrEnum):
    """A way out of a hold."""

    CORRECT = "CORRECT"
    REQUEST_DEPARTURE = "REQUEST_DEPARTURE"
    ABANDON = "ABANDON"


class Sign(StrEnum):
    """Who of those asked must sign: ALL of them (会签), or ANY as many as the step needs (或签)."""

    ALL = "ALL"
    ANY = "ANY"


class AssignRule(StrEnum):
    """By which rule a step goes to people: never by the applicant's choice (S1-087)."""

    LEAST_LOAD = "LEAST_LOAD"
    ROUND_ROBIN = "ROUND_ROBIN"
    TERRITORY = "TERRITORY"


class Text(Frozen, frozen=True):
    """One label in both languages."""

    zh: str
    en: str


class Citation(Frozen, frozen=True):
    """Where a rule comes from: the instrument and the place in it."""

    source: str
    locator: str = ""

    def __str__(self) -> str:
        return f"{self.source} {self.locator}".strip()


class Limit(Frozen, frozen=True):
    """How long the whole matter may take, and the risk point that watches it."""

    length: int
    citation: Citation
    unit: DayUnit = DayUnit.WORKING_DAY
    point: str = ""
    approaching: tuple[int, ...] = ()


class Extension(Frozen, frozen=True):
    """One extension, at most `cap` days, approved by `approver` before expiry (行政许可法 Art 42)."""

    cap: int
    approver: str
    citation: Citation


class PauseReason(Frozen, frozen=True):
    """Why the clock may stand still, for example a hearing; the applicant is told in writing (行政许可法 Art 45)."""

    code: str
    name: Text
    citation: Citation


class Transfer(Frozen, frozen=True):
    """The paper goes to another unit with a slip, to be acknowledged within `acknowledge` working days (S1-122)."""

    to: str
    acknowledge: int = 1
    point: str = ""


class Control(Frozen, frozen=True):
    """A rule over the facts of a step: `when` is CEL and true means trouble."""

    id: str
    version: int
    phase: Phase
    action: Action
    when: str
    message: Text
    citation: Citation
    point: str = ""
    severity: str = "MEDIUM"
    ways: tuple[Way, ...] = (Way.CORRECT,)


class PostReview(Frozen, frozen=True):
    """What is handled first is reviewed afterwards: `share` percent of a day's matters, by `role` of `unit` (S1-089)."""

    share: int
    role: str
    unit: str
    limit: int
    citation: Citation
    point: str = ""


class Assign(Frozen, frozen=True):
    """How a step finds its people; by TERRITORY the fact `area` leads to the post that answers for it."""

    rule: AssignRule
    citation: Citation
    areas: dict[str, str] = {}


class Declaration(Frozen, frozen=True):
    """The taxpayer signs that what they hand in is true (S1-139): it stands for the checks at the points `replaces`."""

    text: Text
    citation: Citation
    replaces: tuple[str, ...] = ()


class DirectIntake(Frozen, frozen=True):
    """Beside the front door, an officer of `role` in `unit` may accept, with a reason of their own (S1-094)."""

    role: str
    unit: str
    citation: Citation


class Step(Frozen, frozen=True):
    """One step (环节). `unit` is the code of a unit of the bureau, or `@office` for the one named at acceptance.

    `budget_alert`: the line hears of it when the step is still open after its stage was due (S1-121).
    `split`: instead of one `next` all of these open at once. `join`: the step that split; it opens when all have ended.
    """

    code: str
    name: Text
    roles: tuple[str, ...] = ()
    unit: str = ""
    post: str = ""
    state: State = State.IN_HAND
    min_actors: int = 1
    sign: Sign = Sign.ALL
    assign: Assign | None = None
    budget: int | None = None
    budget_alert: bool = False
    point: str = ""
    activities: tuple[str, ...] = ()
    incompatible_with: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    controls: tuple[Control, ...] = ()
    transfer: Transfer | None = None
    form: str = ""
    declaration: Declaration | None = None
    pre_review: bool = False
    decides: bool = False
    end: bool = False
    visit: bool = False
    next: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    join: str = ""


class TimeLimit(Frozen, frozen=True):
    """At most `length` days of `unit` from one moment to another.

    A moment is a step (its first completion), `@last` or `@first` (of the matter), or `@name`: a date among
    the matter's facts. By local dates unless `by_instant`.
    """

    id: str
    start: str
    until: str
    length: int = 0
    unit: DayUnit = DayUnit.CALENDAR_DAY
    by_instant: bool = False


class Checks(Frozen, frozen=True):
    """What is looked for in every matter; steps by code."""

    same_person: tuple[tuple[str, str], ...] = ()
    precedence: tuple[tuple[str, str], ...] = ()
    forbidden_after: tuple[tuple[str, str], ...] = ()
    required: tuple[str, ...] = ()
    time_limit: tuple[TimeLimit, ...] = ()


class Migrates(Frozen, frozen=True):
    """How running matters of an earlier version go on under this one: old step → the step that takes it in.

    A step of the same code takes itself in. Without an entry for a version its matters stay where they are.
    """

    version: int
    steps: dict[str, str] = {}

    def target(self, code: str) -> str:
        """The step of this version that takes in `code`; it may not exist."""
        return self.steps.get(code, code)


class ItemDefinition(Frozen, frozen=True, dict=True):
    """One version of one service item."""

    item: str
    version: int
    name: Text
    start: str
    steps: tuple[Step, ...]
    citation: Citation
    domain: str = ""
    process: str = ""
    mode: Mode = Mode.REVIEW_FIRST
    origin: Origin = Origin.RETAINED
    former_owner: str = ""
    withdrawable: bool = False
    direct_intake: DirectIntake | None = None
    post_review: PostReview | None = None
    order: Order = Order.STRICT
    time_zone: str = ""
    calendar: RecordCalendar = RecordCalendar.STATE_COUNCIL
    limit: Limit | None = None
    extension: Extension | None = None
    pauses: tuple[PauseReason, ...] = ()
    main_path: tuple[str, ...] = ()
    effective_from: date | None = None
    migrates: tuple[Migrates, ...] = ()
    checks: Checks = Checks()

    @cached_property
    def by_code(self) -> dict[str, Step]:
        """The steps by their code."""
        return {step.code: step for step in self.steps}

    @cached_property
    def by_activity(self) -> dict[str, Step]:
        """The steps by the activities that a record knows them under."""
        return {activity: step for step in self.steps for activity in step.activities}

    @cached_property
    def forward(self) -> Edges:
        """For each step those that may follow it at once."""
        return {step.code: frozenset((*step.next, *step.split)) for step in self.steps}

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The parallel blocks, inner ones first."""
        joins = {step.join: step.code for step in self.steps if step.join}
        return find_blocks(self.forward, {step.code: step.split for step in self.steps}, joins)

    def parallel(self, one: str, other: str) -> bool:
        """Whether the two steps are in different branches of a block: both may be open."""
        return any(block.parallel(one, other) for block in self.blocks)

    @cached_property
    def incompatible(self) -> dict[str, frozenset[str]]:
        """For each step those that one person may not do beside it, in either direction (SoD-1)."""
        pairs = [(step.code, other) for step in self.steps for other in step.incompatible_with]
        found: dict[str, set[str]] = {}
        for one, other in (*pairs, *self.checks.same_person):
            if one != other:
                found.setdefault(one, set()).add(other)
                found.setdefault(other, set()).add(one)
        return {code: frozenset(others) for code, others in found.items()}

    def rule(self) -> DeadlineRule | None:
        """The matter's time limit as a deadline rule."""
        if self.limit is None:
            return None
        return DeadlineRule(
            id=f"{self.item}.limit",
            version=str(self.version),
            unit=self.limit.unit,
            length=self.limit.length,
            citation=str(self.limit.citation),
            extension_cap=self.extension.cap if self.extension else 0,
        )
