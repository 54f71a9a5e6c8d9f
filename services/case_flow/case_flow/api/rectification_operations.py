"""What may be asked about rectification orders, and each step of one."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec
import strawberry
from plumbline_shared.graphql import (
    Info,
    UserError,
    decode_cursor,
    encode_cursor,
    page_size,
    paginate,
    run,
)
from plumbline_shared.use_case import Uow

from case_flow.api.control_enums import RectificationState
from case_flow.api.rectifications import RectificationConnection, RectificationOrder, order_of
from case_flow.storage import rectification as orders
from case_flow.use_cases.accept_rectification import AcceptRectification, accept_rectification
from case_flow.use_cases.issue_circular import IssueCircular, issue_circular
from case_flow.use_cases.issue_rectification import IssueRectification, issue_rectification
from case_flow.use_cases.submit_rectification import SubmitRectification, submit_rectification
from case_flow.use_cases.take_on_rectification import TakeOnRectification, take_on_rectification

Command = TypeVar("Command", bound=msgspec.Struct)


@strawberry.input
class IssueRectificationInput:
    client_mutation_id: str
    unit_id: strawberry.ID
    subject: str = strawberry.field(description="What is wrong.")
    demand: str = strawberry.field(description="What is to be done.")
    incident_id: strawberry.ID | None = None


@strawberry.input
class TakeOnRectificationInput:
    client_mutation_id: str
    order_id: strawberry.ID


@strawberry.input
class SubmitRectificationInput:
    client_mutation_id: str
    order_id: strawberry.ID
    evidence: str


@strawberry.input
class AcceptRectificationInput:
    client_mutation_id: str
    order_id: strawberry.ID
    accepted: bool
    reason: str = strawberry.field(default="", description="What is still wrong, when it is returned.")


@strawberry.input
class IssueCircularInput:
    client_mutation_id: str
    order_id: strawberry.ID


@strawberry.type
class RectificationPayload:
    order: RectificationOrder | None
    user_errors: list[UserError]


@strawberry.type
class RectificationQuery:
    @strawberry.field(description="One order; null when it does not exist or is not yours to see.")
    async def rectification_order(self, info: Info, id: strawberry.ID) -> RectificationOrder | None:
        return await order_of(info, id)

    @strawberry.field(description="Orders that you see.")
    async def rectification_orders(
        self,
        info: Info,
        state: RectificationState | None = None,
        unit: strawberry.ID | None = None,
        incident_id: strawberry.ID | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> RectificationConnection:
        size = page_size(first)
        cursor = decode_cursor(after, tuple[str, str]) if after else None
        async with info.context.read() as conn:
            rows = await orders.page(
                conn, state=state, unit_id=unit, incident_id=incident_id, after=cursor, size=size + 1
            )
        edges, page_info = paginate(
            rows, size, RectificationOrder.of, lambda row: encode_cursor(row.due_on.isoformat(), row.id)
        )
        return RectificationConnection(edges=edges, page_info=page_info)


@strawberry.type
class RectificationMutation:
    @strawberry.mutation(description="下达整改通知 to a unit.")
    async def issue_rectification(self, info: Info, input: IssueRectificationInput) -> RectificationPayload:
        command = IssueRectification(input.unit_id, input.subject, input.demand, input.incident_id)
        return await _run(info, issue_rectification, command, input.client_mutation_id)

    @strawberry.mutation(description="接受: the unit takes the order on.")
    async def take_on_rectification(
        self, info: Info, input: TakeOnRectificationInput
    ) -> RectificationPayload:
        command = TakeOnRectification(input.order_id)
        return await _run(info, take_on_rectification, command, input.client_mutation_id)

    @strawberry.mutation(description="反馈: what was put right, with evidence.")
    async def submit_rectification(self, info: Info, input: SubmitRectificationInput) -> RectificationPayload:
        command = SubmitRectification(input.order_id, input.evidence)
        return await _run(info, submit_rectification, command, input.client_mutation_id)

    @strawberry.mutation(description="验收: by somebody outside the rectifying unit.")
    async def accept_rectification(self, info: Info, input: AcceptRectificationInput) -> RectificationPayload:
        command = AcceptRectification(input.order_id, input.accepted, input.reason)
        return await _run(info, accept_rectification, command, input.client_mutation_id)

    @strawberry.mutation(description="通报: issue the circular drafted for an overdue order.")
    async def issue_circular(self, info: Info, input: IssueCircularInput) -> RectificationPayload:
        return await _run(info, issue_circular, IssueCircular(input.order_id), input.client_mutation_id)


async def _run(
    info: Info, use_case: Callable[[Uow, Command], Awaitable[str]], command: Command, key: str
) -> RectificationPayload:
    done, errors = await run(info, use_case, command, key)
    return RectificationPayload(order=await order_of(info, done), user_errors=errors)
