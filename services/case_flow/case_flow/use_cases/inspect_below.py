"""An inspection from above hands its findings down and confirms the answers (S2-024, L11).

The finding is a work order of the bureau below: its unit answers there, and the bureau above confirms or withdraws.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.database import identify
from plumbline_shared.deadline import add_days
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from case_flow.domain.scheduled_audit import AuditClosed, ScheduledAudit
from case_flow.domain.work_order import (
    Closing,
    WorkOrder,
    WorkOrderKind,
    WorkOrderState,
    check_state,
)
from case_flow.rules import WORK_ORDER_RULES
from case_flow.scheduled_audit_access import require_on_audit
from case_flow.storage import finding_below as links
from case_flow.storage import scheduled_audit as audits
from case_flow.storage import work_order as orders
from case_flow.storage.finding_below import FindingBelow
from case_flow.use_cases.issue_work_order import keep_order

SOURCE = "UPPER_INSPECTION"
_UNANSWERED = (WorkOrderState.ISSUED, WorkOrderState.ACCEPTED, WorkOrderState.FED_BACK)


class HandDownFinding(msgspec.Struct, frozen=True):
    """What was found in which unit of the bureau below, with the document of the inspection."""

    audit_id: str
    to_unit: str
    title: str
    text: str
    document: str


class CloseFindingBelow(msgspec.Struct, frozen=True):
    """The answer is right, or the finding is taken back; a withdrawal says why."""

    audit_id: str
    order_id: str
    closing: Closing
    note: str = ""


async def hand_down_finding(uow: Uow, command: HandDownFinding) -> str:
    """Return the audit's id. Raises NotFound, Invalid, AuditClosed."""
    audit = await audits.lock(uow.conn, command.audit_id)
    require_on_audit(uow, "audit", audit)
    below = _below(audit)
    if audit.closed_at is not None:
        raise AuditClosed("the audit is closed")
    if command.to_unit not in audit.scope_units:
        raise Invalid("a finding is about a unit that is inspected", path=("toUnit",))
    for name in ("title", "text", "document"):
        if not getattr(command, name).strip():
            raise Invalid(f"write the {name}", path=(name,))
    async with _in_bureau(uow, below) as there:
        org, pack = await load_org(there.conn, below), (await WORK_ORDER_RULES.of(uow))
        order = WorkOrder(
            id=new_id("wo"),
            bureau_id=below,
            kind=WorkOrderKind.FINDING,
            title=command.title,
            demand=command.text,
            from_unit=min(uow.principal.unit_ids, default=""),
            to_unit=command.to_unit,
            issued_by=uow.principal.actor,
            issued_at=uow.now,
            accept_by=add_days(org.calendar, pack.accept.unit, uow.today, pack.accept.length).on,
            due_on=add_days(org.calendar, pack.answer.unit, uow.today, pack.answer.length).on,
            source=SOURCE,
            document=command.document,
        )
        await keep_order(there, org, order)
    link = FindingBelow(
        order.id, audit.id, audit.bureau_id, below, order.to_unit, uow.principal.actor, uow.now
    )
    await links.add(uow.conn, link)
    await uow.audit("audit.findingHandedDown", "ScheduledAudit", audit.id, {"order": order.id})
    return audit.id


async def close_finding_below(uow: Uow, command: CloseFindingBelow) -> str:
    """Return the audit's id. Raises NotFound, Invalid, WorkOrderStateRefused before there is an answer to confirm."""
    audit = await audits.lock(uow.conn, command.audit_id)
    require_on_audit(uow, "audit", audit)
    link = await links.get(uow.conn, audit.id, command.order_id)
    confirmed = command.closing is Closing.CONFIRMED
    if not confirmed and not command.note.strip():
        raise Invalid("say why it is taken back", path=("note",))
    async with _in_bureau(uow, link.below) as there:
        order = await orders.lock(there.conn, link.order_id)
        check_state(order, *((WorkOrderState.FED_BACK,) if confirmed else _UNANSWERED))
        closed = msgspec.structs.replace(
            order, closing=command.closing, closed_by=uow.principal.actor, closed_at=uow.now
        )
        await orders.save(there.conn, closed)
        act = orders.Act(uow.now, uow.principal.actor, command.closing, command.note)
        await orders.add_act(there.conn, closed, act)
        await there.cancel_timers(order.id)
        await there.audit(f"work_order.{command.closing.lower()}", "WorkOrder", order.id)
    await uow.audit("audit.findingClosed", "ScheduledAudit", audit.id, {"order": order.id})
    return audit.id


def _below(audit: ScheduledAudit) -> str:
    if audit.below is None:
        raise Invalid("this audit is of the own bureau: issue a finding there", path=("auditId",))
    return audit.below


@asynccontextmanager
async def _in_bureau(uow: Uow, bureau_id: str) -> AsyncGenerator[Uow]:
    """The same transaction as the service itself in the bureau below; whoever acts was checked above."""
    there = Uow(uow.conn, system(bureau_id), uow.now)
    await identify(uow.conn, there.principal)
    yield there
    await identify(uow.conn, uow.principal)
    uow.timers_changed_from = min(uow.timers_changed_from, there.timers_changed_from)
