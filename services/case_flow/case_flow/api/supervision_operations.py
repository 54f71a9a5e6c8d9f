"""What may be asked about supervised events, and each part of one."""

from collections.abc import Awaitable, Callable
from datetime import date
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

from case_flow.api.holds import Hold, hold_of
from case_flow.api.supervision import (
    Capacity,
    SupervisedEvent,
    SupervisedEventConnection,
    SupervisionGroup,
    event_of,
)
from case_flow.domain.supervision import GroupMember
from case_flow.storage import supervision
from case_flow.use_cases.cancel_supervised_event import CancelSupervisedEvent, cancel_supervised_event
from case_flow.use_cases.form_supervision_group import FormSupervisionGroup, form_supervision_group
from case_flow.use_cases.give_event_notice import GiveEventNotice, give_event_notice
from case_flow.use_cases.mark_event_held import MarkEventHeld, mark_event_held
from case_flow.use_cases.plan_supervised_event import PlanSupervisedEvent, plan_supervised_event
from case_flow.use_cases.record_supervision import RecordSupervision, record_supervision
from case_flow.use_cases.report_supervised_event import ReportSupervisedEvent, report_supervised_event

Command = TypeVar("Command", bound=msgspec.Struct)


@strawberry.input
class SupervisionMemberInput:
    person_id: strawberry.ID
    capacity: Capacity


@strawberry.input
class FormSupervisionGroupInput:
    client_mutation_id: str
    domain: str
    members: list[SupervisionMemberInput]
    effective_from: date


@strawberry.input
class PlanSupervisedEventInput:
    client_mutation_id: str
    domain: str
    title: str
    unit_id: strawberry.ID
    planned_on: date


@strawberry.input
class GiveEventNoticeInput:
    client_mutation_id: str
    event_id: strawberry.ID
    notice: str
    held_on: date | None = strawberry.field(default=None, description="Moves the event to this day.")


@strawberry.input
class MarkEventHeldInput:
    client_mutation_id: str
    event_id: strawberry.ID


@strawberry.input
class RecordSupervisionInput:
    client_mutation_id: str
    event_id: strawberry.ID
    observation: str
    concern: bool = False


@strawberry.input
class ReportSupervisedEventInput:
    client_mutation_id: str
    event_id: strawberry.ID
    report: str


@strawberry.input
class CancelSupervisedEventInput:
    client_mutation_id: str
    event_id: strawberry.ID
    reason: str


@strawberry.type
class SupervisionGroupPayload:
    domain: str | None
    user_errors: list[UserError]


@strawberry.type
class SupervisedEventPayload:
    event: SupervisedEvent | None
    user_errors: list[UserError]


@strawberry.type(description="With a hold the event was not marked held.")
class MarkEventHeldPayload:
    event: SupervisedEvent | None
    hold: Hold | None
    user_errors: list[UserError]


@strawberry.type
class SupervisionQuery:
    @strawberry.field(description="工作监督小组: the standing groups, as composed on a day.")
    async def supervision_groups(self, info: Info, as_of: date | None = None) -> list[SupervisionGroup]:
        bureau, on = info.context.principal.bureau_id or "", as_of or info.context.today
        async with info.context.read() as conn:
            found = await supervision.groups(conn, bureau, on)
        return [SupervisionGroup.of(one) for one in found.values()]

    @strawberry.field(description="One event; null when it does not exist or is not yours to see.")
    async def supervised_event(self, info: Info, id: strawberry.ID) -> SupervisedEvent | None:
        return await event_of(info, id)

    @strawberry.field(description="Supervised events that you see.")
    async def supervised_events(
        self, info: Info, domain: str | None = None, first: int = 50, after: str | None = None
    ) -> SupervisedEventConnection:
        size = page_size(first)
        cursor = decode_cursor(after, tuple[date, str]) if after else None
        async with info.context.read() as conn:
            rows = await supervision.page(conn, domain, cursor, size + 1)
        edges, page_info = paginate(
            rows, size, SupervisedEvent.of, lambda row: encode_cursor(row.planned_on.isoformat(), row.id)
        )
        return SupervisedEventConnection(edges=edges, page_info=page_info)


@strawberry.type
class SupervisionMutation:
    @strawberry.mutation(description="组成监督小组: discipline and staff representatives are the majority.")
    async def form_supervision_group(
        self, info: Info, input: FormSupervisionGroupInput
    ) -> SupervisionGroupPayload:
        members = tuple(GroupMember(one.person_id, one.capacity) for one in input.members)
        command = FormSupervisionGroup(input.domain, members, input.effective_from)
        done, errors = await run(info, form_supervision_group, command, input.client_mutation_id)
        return SupervisionGroupPayload(domain=done, user_errors=errors)

    @strawberry.mutation(description="登记监督事项 of a unit.")
    async def plan_supervised_event(
        self, info: Info, input: PlanSupervisedEventInput
    ) -> SupervisedEventPayload:
        command = PlanSupervisedEvent(input.domain, input.title, input.unit_id, input.planned_on)
        return await _run(info, plan_supervised_event, command, input.client_mutation_id)

    @strawberry.mutation(description="事前预告, in time for its day or for a new one.")
    async def give_event_notice(self, info: Info, input: GiveEventNoticeInput) -> SupervisedEventPayload:
        command = GiveEventNotice(input.event_id, input.notice, input.held_on)
        return await _run(info, give_event_notice, command, input.client_mutation_id)

    @strawberry.mutation(description="登记已举行; without a notice before it this is held.")
    async def mark_event_held(self, info: Info, input: MarkEventHeldInput) -> MarkEventHeldPayload:
        command = MarkEventHeld(input.event_id)
        done, errors = await run(info, mark_event_held, command, input.client_mutation_id)
        if done is None:
            return MarkEventHeldPayload(event=None, hold=None, user_errors=errors)
        return MarkEventHeldPayload(
            event=await event_of(info, done.event_id),
            hold=await hold_of(info, done.hold_id),
            user_errors=errors,
        )

    @strawberry.mutation(description="事中监督: what you saw on the spot.")
    async def record_supervision(self, info: Info, input: RecordSupervisionInput) -> SupervisedEventPayload:
        command = RecordSupervision(input.event_id, input.observation, input.concern)
        return await _run(info, record_supervision, command, input.client_mutation_id)

    @strawberry.mutation(description="事后报告 of the group to the bureau.")
    async def report_supervised_event(
        self, info: Info, input: ReportSupervisedEventInput
    ) -> SupervisedEventPayload:
        command = ReportSupervisedEvent(input.event_id, input.report)
        return await _run(info, report_supervised_event, command, input.client_mutation_id)

    @strawberry.mutation(description="取消: an event that is not held.")
    async def cancel_supervised_event(
        self, info: Info, input: CancelSupervisedEventInput
    ) -> SupervisedEventPayload:
        command = CancelSupervisedEvent(input.event_id, input.reason)
        return await _run(info, cancel_supervised_event, command, input.client_mutation_id)


async def _run(
    info: Info, use_case: Callable[[Uow, Command], Awaitable[str]], command: Command, key: str
) -> SupervisedEventPayload:
    done, errors = await run(info, use_case, command, key)
    return SupervisedEventPayload(event=await event_of(info, done), user_errors=errors)
