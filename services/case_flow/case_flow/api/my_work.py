"""My work: steps, and everything else that I owe, in one list by due date (requirements 8.2, operation 8)."""

from collections.abc import Sequence
from datetime import date, timedelta

import strawberry
from plumbline_shared.graphql import (
    Connection,
    Edge,
    Info,
    PageInfo,
    decode_cursor,
    encode_cursor,
    page_size,
)

from case_flow.api import control_loaders, matter_loaders
from case_flow.api.alerts import Alert
from case_flow.api.holds import Hold
from case_flow.api.inquiries import Inquiry
from case_flow.api.matters import Matter
from case_flow.api.rectifications import RectificationOrder
from case_flow.api.work_orders import WorkOrder, work_order_of
from case_flow.domain.my_work import UNITS_OWE, Line, Page, WorkKind, page_of
from case_flow.storage import duty, trail

strawberry.enum(
    WorkKind,
    description="环节 STEP, 签收预警, 说明, 核查, 拦截 HOLD, 申辩, 表决, 整改, 工作单; education has lessons of its own.",
)


@strawberry.input(description="Days, both included; what has no due date is left out once `until` is given.")
class DueRange:
    since: date | None = None
    until: date | None = None


@strawberry.type(description="One line of my inbox; the object is there as far as I may see it.")
class WorkItem:
    line: strawberry.Private[Line]
    kind: WorkKind
    step: str = strawberry.field(description="Of a matter; empty for other kinds.")
    due_on: date | None = strawberry.field(
        description="When it is due, for a step the stage; null without a limit."
    )
    mine: bool = strawberry.field(description="False: it waits in my unit's queue and can be claimed.")

    @classmethod
    def of(cls, line: Line) -> "WorkItem":
        due_on = line.due_on if line.due_on < date.max else None
        return cls(line=line, kind=line.kind, step=line.step, due_on=due_on, mine=line.mine)

    @strawberry.field(description="Of a step.")
    async def matter(self, info: Info) -> Matter | None:
        if self.kind is not WorkKind.STEP:
            return None
        found = await matter_loaders.matter(info.context, self.line.id)
        return Matter.of(found) if found else None

    @strawberry.field(description="To acknowledge, explain or verify.")
    async def alert(self, info: Info) -> Alert | None:
        if self.kind not in (WorkKind.ACKNOWLEDGE, WorkKind.EXPLAIN, WorkKind.VERIFY):
            return None
        found = await control_loaders.alert(info.context, self.line.id)
        return Alert.of(found) if found else None

    @strawberry.field(description="To clear by one of its ways out.")
    async def hold(self, info: Info) -> Hold | None:
        found = await control_loaders.hold(info.context, self.line.id) if self.kind is WorkKind.HOLD else None
        return Hold.of(found) if found else None

    @strawberry.field(description="To state a defence in, or to vote.")
    async def inquiry(self, info: Info) -> Inquiry | None:
        if self.kind not in (WorkKind.DEFENCE, WorkKind.VOTE):
            return None
        found = await control_loaders.inquiry(info.context, self.line.id)
        return Inquiry.of(found) if found else None

    @strawberry.field(description="To be put right by my unit.")
    async def rectification(self, info: Info) -> RectificationOrder | None:
        if self.kind is not WorkKind.RECTIFY:
            return None
        found = await control_loaders.order(info.context, self.line.id)
        return RectificationOrder.of(found) if found else None

    @strawberry.field(description="For my unit: to take on, or to feed back.")
    async def work_order(self, info: Info) -> WorkOrder | None:
        return await work_order_of(info, self.line.id) if self.kind is WorkKind.WORK_ORDER else None


@strawberry.type(description="What I have to do, by due date.")
class WorkConnection(Connection[WorkItem]):
    pass


@strawberry.type
class MyWorkQuery:
    @strawberry.field(
        description="My open work and what I can claim in my units, what I owe of alerts, inquiries and orders; by due date."
    )
    async def my_work(
        self,
        info: Info,
        due: DueRange | None = None,
        kinds: list[WorkKind] | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> WorkConnection:
        size, wanted = page_size(first), due or DueRange()
        key = decode_cursor(after, tuple[date, str, str]) if after else (date.min, "", "")
        if wanted.since and wanted.since > date.min:
            key = max(key, (wanted.since - timedelta(days=1), "\U0010ffff", ""))
        page = await _page(info, key, size, wanted.until, kinds)
        edges = [
            Edge(node=WorkItem.of(one), cursor=encode_cursor(one.due_on.isoformat(), *one.key[1:]))
            for one in page.lines
        ]
        info_ = PageInfo(has_next_page=page.more, end_cursor=edges[-1].cursor if edges else None)
        return WorkConnection(edges=edges, page_info=info_)


async def _page(
    info: Info, key: tuple[date, str, str], size: int, until: date | None, kinds: Sequence[WorkKind] | None
) -> Page:
    """A keyset page of the caller's own work and their units' queues, merged with everything else that they owe."""
    me, units = info.context.person_id(), sorted(info.context.principal.unit_ids)
    async with info.context.read() as conn:
        steps = await trail.inbox(conn, [me, *units], key, size + 1) if _asks(kinds, WorkKind.STEP) else []
        owed = await duty.duties(conn, me, units, [str(one) for one in kinds or WorkKind], key, size + 1)
    lines = [
        Line(one.due_on, one.matter_id, WorkKind.STEP, one.step, mine=one.assignee == me) for one in steps
    ]
    lines += [Line(one.due_on, one.id, one.kind, mine=one.kind not in UNITS_OWE) for one in owed]
    return page_of(lines, size, until)


def _asks(kinds: Sequence[WorkKind] | None, kind: WorkKind) -> bool:
    return kinds is None or kind in kinds
