"""The rectification order as an entity of the graph, with its circular."""

from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import Connection, Info

from case_flow.api import control_loaders as loaders
from case_flow.api.control_enums import Lang, RectificationState
from case_flow.api.incidents import Incident
from case_flow.api.references import Person, Unit, person, unit
from case_flow.domain import rectification as domain
from case_flow.storage import rectification as orders


@strawberry.type(description="通报: drafted when an order is overdue; in force once issued.")
class CriticismCircular:
    row: strawberry.Private[domain.Circular]
    addressed_to: Person | None
    new_due_on: date
    drafted_at: datetime
    issued_at: datetime | None

    @strawberry.field
    def text(self, lang: Lang = Lang.ZH) -> str:
        return self.row.text_zh if lang is Lang.ZH else self.row.text_en


@strawberry.federation.type(keys=["id"], description="整改通知: a unit puts something right.")
class RectificationOrder:
    row: strawberry.Private[domain.RectificationOrder]
    id: strawberry.ID
    unit: Unit
    subject: str
    demand: str
    state: RectificationState
    issued_by: Person
    issued_on: date
    due_on: date
    due_provisional: bool
    submitted_by: Person | None
    submitted_at: datetime | None
    evidence: str | None
    verified_by: Person | None
    verified_at: datetime | None
    overdue_from: datetime | None
    overdue_blocks: int | None = strawberry.field(description="Full blocks of working days overdue.")
    renewed_due_on: date | None

    @classmethod
    def of(cls, row: domain.RectificationOrder) -> "RectificationOrder":
        return cls(
            row=row,
            id=strawberry.ID(row.id),
            unit=unit(row.unit_id),
            subject=row.subject,
            demand=row.demand,
            state=row.state,
            issued_by=person(row.issued_by),
            issued_on=row.issued_on,
            due_on=row.due_on,
            due_provisional=row.provisional,
            submitted_by=person(row.submitted_by) if row.submitted_by else None,
            submitted_at=row.submitted_at,
            evidence=row.evidence,
            verified_by=person(row.verified_by) if row.verified_by else None,
            verified_at=row.verified_at,
            overdue_from=row.overdue_from,
            overdue_blocks=row.blocks,
            renewed_due_on=row.renewed_due_on,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "RectificationOrder | None":
        return await order_of(info, id)

    @strawberry.field(description="The incident behind it, for those who may see it too.")
    async def incident(self, info: Info) -> Incident | None:
        if self.row.incident_id is None:
            return None
        found = await loaders.incident(info.context, self.row.incident_id)
        return Incident.of(found) if found else None

    @strawberry.field(description="For the head while it is a draft, for the unit once it is issued.")
    async def circular(self, info: Info) -> CriticismCircular | None:
        async with info.context.read() as conn:
            found = (await orders.circulars(conn, [self.row.id])).get(self.row.id)
        if found is None:
            return None
        return CriticismCircular(
            row=found,
            addressed_to=person(found.addressed_to) if found.addressed_to else None,
            new_due_on=found.new_due_on,
            drafted_at=found.drafted_at,
            issued_at=found.issued_at,
        )


@strawberry.type(description="Orders that you see, by due date.")
class RectificationConnection(Connection[RectificationOrder]):
    pass


async def order_of(info: Info, order_id: str | None) -> RectificationOrder | None:
    """The order as the caller sees it."""
    found = await loaders.order(info.context, order_id) if order_id else None
    return RectificationOrder.of(found) if found else None
