"""上级执法督察: findings that an inspection from above hands down, and what becomes of them (S2-024)."""

from datetime import date

import strawberry
from plumbline_shared.graphql import Info, UserError, run
from plumbline_shared.principal import system

from case_flow.api.references import Bureau, Unit, bureau, unit
from case_flow.api.scheduled_audits import ScheduledAudit, audit_of
from case_flow.api.work_orders import Closing, WorkOrderState
from case_flow.storage import finding_below as links
from case_flow.storage import work_order as orders
from case_flow.use_cases.inspect_below import (
    CloseFindingBelow,
    HandDownFinding,
    close_finding_below,
    hand_down_finding,
)


@strawberry.type(description="A finding that was handed down, as it stands in the bureau below.")
class FindingBelow:
    order_id: strawberry.ID
    bureau: Bureau
    unit: Unit
    title: str
    due_on: date
    state: WorkOrderState
    agrees: bool | None
    feedback: str | None
    closing: Closing | None


@strawberry.input
class HandDownFindingInput:
    client_mutation_id: str
    audit_id: strawberry.ID
    to_unit_id: strawberry.ID
    title: str
    text: str
    document: str


@strawberry.input
class CloseFindingBelowInput:
    client_mutation_id: str
    audit_id: strawberry.ID
    order_id: strawberry.ID
    closing: Closing
    note: str = ""


@strawberry.type
class FindingBelowPayload:
    audit: ScheduledAudit | None
    user_errors: list[UserError]


@strawberry.type
class InspectionBelowQuery:
    @strawberry.field(description="What an audit that you see handed down to the bureau below.")
    async def findings_below(self, info: Info, audit_id: strawberry.ID) -> list[FindingBelow]:
        if await audit_of(info, audit_id) is None:
            return []
        async with info.context.read() as conn:
            sent = await links.of_audit(conn, audit_id)
        found: list[FindingBelow] = []
        for one in sent:
            async with info.context.runtime.db.read(system(one.below)) as conn:
                order = (await orders.many(conn, [one.order_id]))[one.order_id]
            found.append(
                FindingBelow(
                    order_id=strawberry.ID(order.id),
                    bureau=bureau(one.below),
                    unit=unit(order.to_unit),
                    title=order.title,
                    due_on=order.due_on,
                    state=order.state,
                    agrees=order.agrees,
                    feedback=order.feedback,
                    closing=order.closing,
                )
            )
        return found


@strawberry.type
class InspectionBelowMutation:
    @strawberry.mutation(description="下发督察发现 to a unit of the bureau below, which answers it.")
    async def hand_down_finding(self, info: Info, input: HandDownFindingInput) -> FindingBelowPayload:
        command = HandDownFinding(input.audit_id, input.to_unit_id, input.title, input.text, input.document)
        done, errors = await run(info, hand_down_finding, command, input.client_mutation_id)
        return FindingBelowPayload(audit=await audit_of(info, done), user_errors=errors)

    @strawberry.mutation(description="确认或撤回 a finding that was handed down.")
    async def close_finding_below(self, info: Info, input: CloseFindingBelowInput) -> FindingBelowPayload:
        command = CloseFindingBelow(input.audit_id, input.order_id, input.closing, input.note)
        done, errors = await run(info, close_finding_below, command, input.client_mutation_id)
        return FindingBelowPayload(audit=await audit_of(info, done), user_errors=errors)
