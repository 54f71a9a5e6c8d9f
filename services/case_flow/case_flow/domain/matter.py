"""A matter: one application, where it stands, in whose hands, and who did what so far."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec
from plumbline_shared.deadline import Pause

from case_flow.domain.definition import Frozen, State


class Regime(StrEnum):
    """LIVE: worked on here. OBSERVE and ENFORCE: replayed from a record, findings noted or steps refused."""

    LIVE = "LIVE"
    OBSERVE = "OBSERVE"
    ENFORCE = "ENFORCE"


class Mark(Frozen, frozen=True):
    """How a step was completed so far: by whom (a set), how often, first and last when."""

    by: tuple[str, ...]
    times: int
    first_at: datetime
    first_on: date
    last_at: datetime
    last_on: date


class Recheck(Frozen, frozen=True):
    """Who looks at a step again for its amount, and as what: one of these roles of the unit (S2-027)."""

    person: str
    roles: tuple[str, ...]
    unit_id: str


class Pending(Frozen, frozen=True):
    """A step that waits for the signatures of `signers`; `signed` holds those who did, each from their session.

    `needed` signatures complete it, all when it is 0. `hands`: those for whom a signer acts by delegation.
    `rechecks`: those of the signers who look again, level by level.
    """

    step: str
    signers: tuple[str, ...]
    signed: tuple[str, ...]
    since: datetime
    payload: dict[str, Any] = msgspec.field(default_factory=dict[str, Any])
    to: str = ""
    needed: int = 0
    hands: tuple[str, ...] = ()
    rechecks: tuple[Recheck, ...] = ()


class Suspension(Frozen, frozen=True):
    """The clock stands still since `started_on`."""

    started_on: date
    reason: str


class OpenStep(Frozen, frozen=True):
    """A step that is open: what the matter is while it is, whose work, in whose hands or queue, by when."""

    step: str
    state: State
    unit_id: str
    handlers: tuple[str, ...] = ()
    queue_unit: str | None = None
    queue_roles: tuple[str, ...] = ()
    pending: Pending | None = None
    stage_due_on: date | None = None

    @property
    def placed(self) -> bool:
        """Whether somebody has it or a unit's queue shows it."""
        return bool(self.handlers) or self.queue_unit is not None

    @property
    def hands(self) -> tuple[str, ...]:
        """Whoever has it, and whoever signs it or is asked to."""
        return joined(self.handlers, *(self.pending.signers if self.pending else ()))


class Matter(Frozen, frozen=True):
    """The state of one matter. `people` and `units` have or had a part in it; `trail` is per step code.

    `second_review`: its risk point became HIGH, and a step was done since: from now on two people sign.
    `recused`: who keeps off it now, as it was read. `control_set`: the digest of the bureau's own controls, likewise.
    The fields from `state` to `stage_due_on` tell of the step in focus; `others` are open in parallel branches.
    """

    id: str
    bureau_id: str
    case_ref: str
    item_code: str
    item_version: int
    item_hash: str
    title: str
    unit_id: str
    people: tuple[str, ...]
    units: tuple[str, ...]
    accepted_at: datetime
    accepted_on: date
    domain: str = ""
    run_id: str | None = None
    regime: Regime = Regime.LIVE
    state: State = State.RECEIVED
    outcome: str | None = None
    reason: str | None = None
    facts: dict[str, Any] = msgspec.field(default_factory=dict[str, Any])
    office_id: str | None = None
    step: str | None = None
    handlers: tuple[str, ...] = ()
    queue_unit: str | None = None
    queue_roles: tuple[str, ...] = ()
    trail: dict[str, Mark] = msgspec.field(default_factory=dict[str, Mark])
    pending: Pending | None = None
    slip_id: str | None = None
    due_on: date | None = None
    due_provisional: bool = False
    stage_due_on: date | None = None
    extension_days: int = 0
    pauses: tuple[Pause, ...] = ()
    suspension: Suspension | None = None
    late_working_days: int | None = None
    closed_at: datetime | None = None
    closed_on: date | None = None
    row_version: int = 1
    second_review: bool = False
    control_set: str | None = None
    recused: tuple[str, ...] = ()
    others: tuple[OpenStep, ...] = ()

    @property
    def open_steps(self) -> tuple[OpenStep, ...]:
        """Every step that is open, the one in focus first."""
        if self.step is None:
            return self.others
        focus = OpenStep(
            step=self.step,
            state=self.state,
            unit_id=self.unit_id,
            handlers=self.handlers,
            queue_unit=self.queue_unit,
            queue_roles=self.queue_roles,
            pending=self.pending,
            stage_due_on=self.stage_due_on,
        )
        return (focus, *self.others)

    @property
    def open_codes(self) -> tuple[str | None, ...]:
        """The codes of the open steps, the one in focus first."""
        return (self.step, *(one.step for one in self.others)) if self.others else (self.step,)

    @property
    def open_at(self) -> str | None:
        """The open step, or all of them where branches run side by side; None when nothing is open."""
        return ", ".join(one.step for one in self.open_steps) or None

    @property
    def hands(self) -> tuple[str, ...]:
        """Whoever has one of the open steps."""
        return joined((), *(one for step in self.open_steps for one in step.handlers))

    def standing(self, opened: tuple[OpenStep, ...], **changes: object) -> "Matter":
        """A copy in which exactly these steps are open, the first in focus; without any it keeps state and unit.

        `changes` come on top.
        """
        if not opened:
            blank = OpenStep(step="", state=self.state, unit_id=self.unit_id)
            return self._in_focus(None, blank, (), changes)
        return self._in_focus(opened[0].step, opened[0], opened[1:], changes)

    def focused(self, step: str) -> "Matter":
        """A copy with this open step in focus; itself when it is, or is not open. A pause goes on."""
        found = next((one for one in self.others if one.step == step), None)
        if found is None:
            return self
        paused: dict[str, object] = {"state": self.state} if self.suspension else {}
        return self.standing((found, *(one for one in self.open_steps if one is not found)), **paused)

    def _in_focus(
        self, step: str | None, one: OpenStep, others: tuple[OpenStep, ...], changes: dict[str, object]
    ) -> "Matter":
        focus: dict[str, object] = {
            "step": step,
            "state": one.state,
            "unit_id": one.unit_id,
            "handlers": one.handlers,
            "queue_unit": one.queue_unit,
            "queue_roles": one.queue_roles,
            "pending": one.pending,
            "stage_due_on": one.stage_due_on,
            "others": others,
        }
        return self.change(**{**focus, **changes})

    @property
    def live(self) -> bool:
        """Worked on here, not replayed from a record."""
        return self.regime is Regime.LIVE

    def change(self, **changes: object) -> "Matter":
        """A copy with `changes`."""
        return msgspec.structs.replace(self, **changes)


class Completion(Frozen, frozen=True):
    """A step about to be completed: by whom, when, and on which local date.

    `hands`: those for whom a signer acts by delegation; separation counts them as having done it too.
    `rechecks`: who of the signers looks again, level by level.
    """

    step: str
    signers: tuple[str, ...]
    at: datetime
    local_on: date
    payload: dict[str, Any] = msgspec.field(default_factory=dict[str, Any])
    to: str = ""
    hands: tuple[str, ...] = ()
    rechecks: tuple[Recheck, ...] = ()


def marked(matter: Matter, completion: Completion) -> dict[str, Mark]:
    """The trail with this completion added: persons are a set, so repeated work does not grow it."""
    old = matter.trail.get(completion.step)
    by = old.by if old else ()
    mark = Mark(
        by=joined(by, *completion.signers, *completion.hands),
        times=(old.times if old else 0) + 1,
        first_at=old.first_at if old else completion.at,
        first_on=old.first_on if old else completion.local_on,
        last_at=completion.at,
        last_on=completion.local_on,
    )
    return {**matter.trail, completion.step: mark}


def joined(known: tuple[str, ...], *more: str | None) -> tuple[str, ...]:
    """`known` with the new ones appended, each once."""
    return tuple(dict.fromkeys((*known, *(one for one in more if one))))
