"""A work order (工作单): initiated, taken on, performed, fed back, closed; a finding is one that asks for an answer (L11)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec
from plumbline_shared.errors import Refused


class WorkOrderKind(StrEnum):
    """TASK: something to do. FINDING: an inspector-auditor found something, the unit responds, it is confirmed."""

    TASK = "TASK"
    FINDING = "FINDING"


class WorkOrderState(StrEnum):
    """How far it is; it follows from what was done."""

    ISSUED = "ISSUED"
    ACCEPTED = "ACCEPTED"
    FED_BACK = "FED_BACK"
    CLOSED = "CLOSED"


class Closing(StrEnum):
    """How the issuer closed it: what was fed back is right, or the order or finding is taken back."""

    CONFIRMED = "CONFIRMED"
    WITHDRAWN = "WITHDRAWN"


class WorkOrder(msgspec.Struct, frozen=True):
    """One order from a unit to a unit. `agrees`: whether the unit accepts a finding; `returned` counts returns."""

    id: str
    bureau_id: str
    kind: WorkOrderKind
    title: str
    demand: str
    from_unit: str
    to_unit: str
    issued_by: str
    issued_at: datetime
    accept_by: date
    due_on: date
    source: str | None = None
    document: str | None = None
    form: str | None = None
    plan_id: str | None = None
    object: str | None = None
    accepted_by: str | None = None
    accepted_at: datetime | None = None
    feedback: str | None = None
    submission: dict[str, Any] | None = None
    agrees: bool | None = None
    fed_back_by: str | None = None
    fed_back_at: datetime | None = None
    returned: int = 0
    return_reason: str | None = None
    closing: Closing | None = None
    closed_by: str | None = None
    closed_at: datetime | None = None
    rectification_id: str | None = None

    @property
    def state(self) -> WorkOrderState:
        """ISSUED until something was done about it."""
        if self.closed_at:
            return WorkOrderState.CLOSED
        if self.fed_back_at:
            return WorkOrderState.FED_BACK
        return WorkOrderState.ACCEPTED if self.accepted_at else WorkOrderState.ISSUED


class WorkOrderStateRefused(Refused):
    """The order is not at the stage where this act belongs."""

    code = "WORK_ORDER_STATE"


class ConfirmsOwnWork(Refused):
    """Whoever performed it, or belongs to the unit that did, does not confirm it (SoD-7)."""

    code = "SOD_CONFIRMS_OWN_WORK"


class AnswerMissing(Refused):
    """A finding is answered with yes or no; a no says why."""

    code = "ANSWER_MISSING"


def check_state(order: WorkOrder, *wanted: WorkOrderState) -> None:
    """Raise WorkOrderStateRefused unless the order is in one of the states."""
    if order.state not in wanted:
        raise WorkOrderStateRefused(f"the order is {order.state}", state=order.state)


def check_answer(order: WorkOrder, agrees: bool | None) -> None:
    """Raise AnswerMissing unless a finding is answered, and a task only performed."""
    if (order.kind is WorkOrderKind.FINDING) != (agrees is not None):
        raise AnswerMissing("say whether the unit accepts the finding; a task has no such answer")


def check_confirmer(person_id: str, units: frozenset[str], order: WorkOrder) -> None:
    """Raise ConfirmsOwnWork for whoever fed it back and, on a finding, for the whole unit it is about."""
    own_unit = order.kind is WorkOrderKind.FINDING and order.to_unit in units
    if person_id == order.fed_back_by or own_unit:
        raise ConfirmsOwnWork("somebody else than whoever did the work confirms it")
