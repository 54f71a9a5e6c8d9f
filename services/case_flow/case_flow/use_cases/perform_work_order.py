"""Take an order on, feed back, confirm or return: a task is over only when its feedback is confirmed (S1-124, L11)."""

from datetime import date
from typing import Any

import msgspec
from plumbline_shared.clock import end_of_day
from plumbline_shared.errors import Invalid
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.domain.form import FormInvalid, require_complete
from case_flow.domain.work_order import (
    Closing,
    WorkOrder,
    WorkOrderKind,
    WorkOrderState,
    check_answer,
    check_confirmer,
    check_state,
)
from case_flow.storage import form as forms
from case_flow.storage import work_order as orders
from case_flow.use_cases.check_form import submission
from case_flow.use_cases.issue_rectification import IssueRectification, issue_rectification
from case_flow.use_cases.issue_work_order import UNACCEPTED, UNANSWERED
from case_flow.use_cases.raise_alert import raise_alert
from case_flow.work_order_access import require_on_order

_ALERTS = {UNACCEPTED: "WORK_ORDER_UNACCEPTED", UNANSWERED: "WORK_ORDER_UNANSWERED"}
_WORKING = (WorkOrderState.ISSUED, WorkOrderState.ACCEPTED)


class AcceptWorkOrder(msgspec.Struct, frozen=True):
    """The order that the calling person takes on for the unit."""

    order_id: str


class FeedBackWorkOrder(msgspec.Struct, frozen=True):
    """What was done; with the form filled in, and whether a finding is accepted."""

    order_id: str
    feedback: str
    submission: dict[str, Any] = {}
    agrees: bool | None = None


class CloseWorkOrder(msgspec.Struct, frozen=True):
    """The feedback is right, or the order is taken back. `rectify`: what the unit of a confirmed finding puts right."""

    order_id: str
    closing: Closing
    note: str = ""
    rectify: str = ""


class ReturnWorkOrder(msgspec.Struct, frozen=True):
    """Why the feedback is not enough, and by when there is another one."""

    order_id: str
    reason: str
    due_on: date


async def accept_work_order(uow: Uow, command: AcceptWorkOrder) -> str:
    """Return the order's id. Raises NotFound, WorkOrderStateRefused."""
    order = await _at(uow, command.order_id, "accept", WorkOrderState.ISSUED)
    await uow.cancel_timers(order.id, UNACCEPTED)
    return await _record(uow, order, "ACCEPTED", accepted_by=uow.principal.actor, accepted_at=uow.now)


async def feed_back_work_order(uow: Uow, command: FeedBackWorkOrder) -> str:
    """Return the order's id. Raises NotFound, Invalid, WorkOrderStateRefused, AnswerMissing, FormInvalid, FormRetired.

    Late feedback is taken: the alert about it stays.
    """
    order = await _at(uow, command.order_id, "feedBack", *_WORKING)
    check_answer(order, command.agrees)
    if not command.feedback.strip():
        raise Invalid("say what was done, or why the finding is not accepted", path=("feedback",))
    filled = await _filled(uow, order, command.submission)
    await uow.cancel_timers(order.id)
    who, now = uow.principal.actor, uow.now
    accepted = {} if order.accepted_at else {"accepted_by": who, "accepted_at": now}
    return await _record(
        uow,
        order,
        "FED_BACK",
        command.feedback,
        feedback=command.feedback,
        submission=filled,
        agrees=command.agrees,
        fed_back_by=who,
        fed_back_at=now,
        **accepted,
    )


async def close_work_order(uow: Uow, command: CloseWorkOrder) -> str:
    """Return the order's id. Raises NotFound, Invalid, WorkOrderStateRefused, ConfirmsOwnWork."""
    confirmed = command.closing is Closing.CONFIRMED
    states = (WorkOrderState.FED_BACK,) if confirmed else (*_WORKING, WorkOrderState.FED_BACK)
    order = await _at(uow, command.order_id, "close", *states)
    check_confirmer(uow.principal.actor, uow.principal.unit_ids, order)
    if not confirmed and not command.note.strip():
        raise Invalid("say why it is taken back", path=("note",))
    rectified = await _rectified(uow, order, command)
    await uow.cancel_timers(order.id)
    who, now = uow.principal.actor, uow.now
    return await _record(
        uow,
        order,
        command.closing,
        command.note,
        closing=command.closing,
        closed_by=who,
        closed_at=now,
        rectification_id=rectified,
    )


async def return_work_order(uow: Uow, command: ReturnWorkOrder) -> str:
    """Return the order's id; the unit feeds back again by the new day. Raises as above, Invalid for a day that is past."""
    order = await _at(uow, command.order_id, "close", WorkOrderState.FED_BACK)
    check_confirmer(uow.principal.actor, uow.principal.unit_ids, order)
    if not command.reason.strip() or command.due_on < uow.today:
        raise Invalid("say what is missing, and by when: today or later", path=("reason",))
    await uow.schedule(UNANSWERED, order.id, end_of_day(command.due_on))
    again = {"fed_back_at": None, "fed_back_by": None, "agrees": None, "due_on": command.due_on}
    returned = order.returned + 1
    reason = command.reason
    return await _record(uow, order, "RETURNED", reason, returned=returned, return_reason=reason, **again)


async def on_work_order_late(uow: Uow, timer: Timer) -> None:
    """Nobody took the order on, or nobody fed back, in time: both chiefs and the leader in charge hear of it."""
    order = await orders.lock(uow.conn, timer.ref)
    waiting = (WorkOrderState.ISSUED,) if timer.kind == UNACCEPTED else _WORKING
    if order.state not in waiting:
        return
    due_on = order.accept_by if timer.kind == UNACCEPTED else order.due_on
    await raise_alert(
        uow,
        kind=_ALERTS[timer.kind],
        at=uow.now,
        subject_person_ids=[order.accepted_by] if order.accepted_by else (),
        unit_ids=[order.to_unit, order.from_unit],
        facts={"work_order_id": order.id, "due_on": due_on.isoformat(), "returned": order.returned},
        key=f"work_order:{order.id}:{timer.kind}:{order.due_on}",
    )
    await _record(uow, order, "LATE", timer.kind)


async def _rectified(uow: Uow, order: WorkOrder, command: CloseWorkOrder) -> str | None:
    """The rectification order that a confirmed finding leads to (S1-051)."""
    if not command.rectify.strip():
        return None
    if order.kind is not WorkOrderKind.FINDING or command.closing is not Closing.CONFIRMED:
        raise Invalid("a confirmed finding is put right, nothing else", path=("rectify",))
    return await issue_rectification(uow, IssueRectification(order.to_unit, order.title, command.rectify))


async def _filled(uow: Uow, order: WorkOrder, given: dict[str, Any]) -> dict[str, Any] | None:
    if order.form is None:
        return None
    said = submission(given)
    form = await forms.find(uow.conn, order.bureau_id, said.form)
    if form is None or form.form != order.form:
        raise FormInvalid(f"the order takes the form {order.form}: name its version as {order.form}/1")
    await forms.require_in_force(uow.conn, order.bureau_id, form, uow.today)
    require_complete(form, said)
    return msgspec.to_builtins(said)


async def _at(uow: Uow, order_id: str, action: str, *states: WorkOrderState) -> WorkOrder:
    order = await orders.lock(uow.conn, order_id)
    require_on_order(uow, action, order, [uow.principal.actor])
    check_state(order, *states)
    return order


async def _record(uow: Uow, order: WorkOrder, act: str, note: str = "", **changes: Any) -> str:
    await orders.save(uow.conn, msgspec.structs.replace(order, **changes))
    await orders.add_act(uow.conn, order, orders.Act(uow.now, uow.principal.actor, act, note))
    await uow.audit(f"work_order.{act.lower()}", "WorkOrder", order.id)
    return order.id
