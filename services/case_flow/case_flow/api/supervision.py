"""Supervision groups and supervised events as entities of the graph (S1-061 to S1-063)."""

from collections.abc import Sequence
from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import Connection, Context, Info

from case_flow.access import POLICY
from case_flow.api.control_enums import Lang
from case_flow.api.references import Person, Unit, person, unit
from case_flow.domain import supervision as rules
from case_flow.domain.supervision import Capacity, EventState, Part
from case_flow.rules import SUPERVISION_RULES, rules_of
from case_flow.storage import participant
from case_flow.storage import supervision as storage
from case_flow.supervision_access import event_resource

strawberry.enum(
    Capacity,
    name="SupervisionCapacity",
    description="纪检人员 DISCIPLINE, 群众代表 STAFF_REPRESENTATIVE, 其他 OTHER",
)
strawberry.enum(EventState, name="SupervisedEventState", description="监督事项状态")
strawberry.enum(
    Part, name="SupervisionPart", description="事前预告 NOTICE, 事中监督记录 RECORD, 事后报告 REPORT"
)


async def domain_label(info: Info, code: str, lang: Lang) -> str:
    """What users read for a domain."""
    label = (await rules_of(info.context, SUPERVISION_RULES)).domains[code]
    return label.zh if lang is Lang.ZH else label.en


@strawberry.type(description="监督小组成员")
class SupervisionMember:
    person: Person
    capacity: Capacity


@strawberry.type(description="工作监督小组: a standing group of one domain, as composed on a day.")
class SupervisionGroup:
    domain: str
    version: int
    effective_from: date
    members: list[SupervisionMember]

    @classmethod
    def of(cls, row: rules.SupervisionGroup) -> "SupervisionGroup":
        members = [
            SupervisionMember(person=person(one.person_id), capacity=one.capacity) for one in row.members
        ]
        return cls(domain=row.domain, version=row.version, effective_from=row.effective_from, members=members)

    @strawberry.field
    async def label(self, info: Info, lang: Lang = Lang.ZH) -> str:
        return await domain_label(info, self.domain, lang)


@strawberry.type(description="What one member saw on the spot.")
class OnSiteRecord:
    person: Person
    observation: str
    concern: bool
    recorded_at: datetime


@strawberry.type
class SupervisedEventAct:
    at: datetime
    person: Person | None = strawberry.field(description="Null when a limit passed by itself.")
    act: str
    note: str


@strawberry.federation.type(
    keys=["id"], description="监督事项: announced before, recorded on the spot, reported after."
)
class SupervisedEvent:
    row: strawberry.Private[rules.SupervisedEvent]
    id: strawberry.ID
    domain: str
    title: str
    unit: Unit
    planned_on: date
    state: EventState
    notice: str | None
    noticed_at: datetime | None
    held_at: datetime | None
    report: str | None
    reported_at: datetime | None

    @classmethod
    def of(cls, row: rules.SupervisedEvent) -> "SupervisedEvent":
        return cls(
            row=row,
            id=strawberry.ID(row.id),
            domain=row.domain,
            title=row.title,
            unit=unit(row.unit_id),
            planned_on=row.planned_on,
            state=row.state,
            notice=row.notice,
            noticed_at=row.noticed_at,
            held_at=row.held_at,
            report=row.report,
            reported_at=row.reported_at,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "SupervisedEvent | None":
        return await event_of(info, id)

    @strawberry.field
    async def domain_label(self, info: Info, lang: Lang = Lang.ZH) -> str:
        return await domain_label(info, self.domain, lang)

    @strawberry.field(description="On-site records, in the order of writing.")
    async def records(self, info: Info) -> list[OnSiteRecord]:
        return [
            OnSiteRecord(
                person=person(one.person_id),
                observation=one.observation,
                concern=one.concern,
                recorded_at=one.recorded_at,
            )
            for one in await self._records(info)
        ]

    @strawberry.field(description="The parts that it still lacks, whether or not their limits have passed.")
    async def missing_parts(self, info: Info) -> list[Part]:
        recorders = [one.person_id for one in await self._records(info)]
        wanted = (await rules_of(info.context, SUPERVISION_RULES)).recorders
        return list(rules.missing(self.row, recorders, wanted))

    @strawberry.field
    async def history(self, info: Info) -> list[SupervisedEventAct]:
        async with info.context.read() as conn:
            acts = await storage.acts(conn, self.row.id)
        return [
            SupervisedEventAct(
                at=one.at,
                person=person(one.actor) if one.actor.startswith(f"{self.row.bureau_id}.") else None,
                act=one.act,
                note=one.note,
            )
            for one in acts
        ]

    async def _records(self, info: Info) -> list[rules.OnSiteRecord]:
        async with info.context.read() as conn:
            return await storage.records(conn, self.row.id)


@strawberry.type(description="Supervised events that you see, the latest day first.")
class SupervisedEventConnection(Connection[SupervisedEvent]):
    pass


async def event_of(info: Info, event_id: str | None) -> SupervisedEvent | None:
    """The event as the caller sees it."""
    found = await info.context.loader(_events).load(event_id) if event_id else None
    return SupervisedEvent.of(found) if found else None


async def _events(context: Context, ids: Sequence[str]) -> list[rules.SupervisedEvent | None]:
    async with context.read() as conn:
        rows = await storage.many(conn, ids)
        mine = await participant.mine(conn, list(rows), context.principal.person_id)
    me = (context.principal.person_id or "",)
    resources = [event_resource(row, me if row.id in mine else ()) for row in rows.values()]
    decisions = POLICY.decide(context.principal, "read", resources)
    allowed = {one.id for one, yes in zip(resources, decisions, strict=True) if yes}
    return [rows[one] if one in allowed else None for one in ids]
