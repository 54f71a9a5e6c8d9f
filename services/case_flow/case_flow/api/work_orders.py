"""Work orders and findings as entities of the graph, and notes on matters (S1-122 to S1-127, S2-055)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

import strawberry
from plumbline_shared.graphql import Connection, Context, Info
from strawberry.scalars import JSON

from case_flow.access import POLICY
from case_flow.api.control_enums import Lang
from case_flow.api.rectifications import RectificationOrder, order_of
from case_flow.api.references import Person, Unit, person, unit
from case_flow.domain import work_order as rules
from case_flow.domain.work_order import Closing, WorkOrderKind, WorkOrderState
from case_flow.rules import WORK_ORDER_RULES, rules_of
from case_flow.storage import participant
from case_flow.storage import work_order as storage
from case_flow.work_order_access import work_order_resource

strawberry.enum(WorkOrderKind, description="工作单 TASK, 督察发现 FINDING")
strawberry.enum(WorkOrderState, description="已下达 ISSUED, 已接收 ACCEPTED, 已反馈 FED_BACK, 已办结 CLOSED")
strawberry.enum(Closing, name="WorkOrderClosing", description="确认 CONFIRMED, 撤回 WITHDRAWN")


@strawberry.type
class WorkOrderAct:
    at: datetime
    person: Person | None = strawberry.field(description="Null when a limit passed by itself.")
    act: str
    note: str


@strawberry.federation.type(
    keys=["id"], description="工作单: initiated, taken on, performed, fed back, closed."
)
class WorkOrder:
    row: strawberry.Private[rules.WorkOrder]
    id: strawberry.ID
    kind: WorkOrderKind
    state: WorkOrderState
    title: str
    demand: str
    to_unit: Unit
    issued_by: Person
    issued_at: datetime
    accept_by: date
    due_on: date
    document: str | None
    form: str | None = strawberry.field(description="The form that the feedback fills in.")
    plan_id: strawberry.ID | None
    object: str | None
    feedback: str | None
    submission: JSON | None
    agrees: bool | None = strawberry.field(description="Whether the unit accepts a finding.")
    returned: int
    return_reason: str | None
    closing: Closing | None

    @classmethod
    def of(cls, row: rules.WorkOrder) -> "WorkOrder":
        return cls(
            row=row,
            id=strawberry.ID(row.id),
            kind=row.kind,
            state=row.state,
            title=row.title,
            demand=row.demand,
            to_unit=unit(row.to_unit),
            issued_by=person(row.issued_by),
            issued_at=row.issued_at,
            accept_by=row.accept_by,
            due_on=row.due_on,
            document=row.document,
            form=row.form,
            plan_id=strawberry.ID(row.plan_id) if row.plan_id else None,
            object=row.object,
            feedback=row.feedback,
            submission=cast(JSON | None, row.submission),
            agrees=row.agrees,
            returned=row.returned,
            return_reason=row.return_reason,
            closing=row.closing,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "WorkOrder | None":
        return await work_order_of(info, id)

    @strawberry.field(description="Of a finding: which kind of inspection it comes from.")
    async def source(self, info: Info, lang: Lang = Lang.ZH) -> str | None:
        if not self.row.source:
            return None
        label = (await rules_of(info.context, WORK_ORDER_RULES)).sources[self.row.source]
        return label.zh if lang is Lang.ZH else label.en

    @strawberry.field(description="整改单: what a confirmed finding led to, for those who see it.")
    async def rectification(self, info: Info) -> RectificationOrder | None:
        return await order_of(info, self.row.rectification_id)

    @strawberry.field
    async def history(self, info: Info) -> list[WorkOrderAct]:
        async with info.context.read() as conn:
            acts = await storage.acts(conn, self.row.id)
        return [
            WorkOrderAct(
                at=one.at,
                person=person(one.actor) if one.actor.startswith(f"{self.row.bureau_id}.") else None,
                act=one.act,
                note=one.note,
            )
            for one in acts
        ]


@strawberry.type(description="Work orders that you see, those due first first.")
class WorkOrderConnection(Connection[WorkOrder]):
    pass


async def work_order_of(info: Info, order_id: str | None) -> WorkOrder | None:
    """The order as the caller sees it."""
    found = await info.context.loader(_orders).load(order_id) if order_id else None
    return WorkOrder.of(found) if found else None


async def _orders(context: Context, ids: Sequence[str]) -> list[rules.WorkOrder | None]:
    async with context.read() as conn:
        rows = await storage.many(conn, ids)
        mine = await participant.mine(conn, list(rows), context.principal.person_id)
    me = (context.principal.person_id or "",)
    resources = [work_order_resource(row, me if row.id in mine else ()) for row in rows.values()]
    decisions = POLICY.decide(context.principal, "read", resources)
    allowed = {one.id for one, yes in zip(resources, decisions, strict=True) if yes}
    return [rows[one] if one in allowed else None for one in ids]
