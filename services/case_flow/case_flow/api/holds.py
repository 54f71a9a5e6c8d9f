"""The hold as an entity of the graph: data with the ways out."""

from datetime import datetime

import strawberry
from plumbline_shared.graphql import Citation, Connection, Info

from case_flow.api import control_loaders as loaders
from case_flow.api import matter_loaders
from case_flow.api.alerts import Alert
from case_flow.api.control_enums import HoldState, HoldWay, Lang, RiskGrade
from case_flow.api.matters import Matter
from case_flow.api.references import Person, RiskPoint, Unit, person, risk_point, unit
from case_flow.domain import hold as domain
from case_flow.storage import hold as holds


@strawberry.type(description="The control that holds: its code in the rule pack, and the pack's version.")
class HoldControl:
    id: str
    rule_pack: str


@strawberry.type(description="偏离申请: a departure asked for, its legal review and collective decision.")
class Departure:
    reason: str
    requested_by: Person
    requested_at: datetime
    legal_reviewer: Person | None
    legal_opinion: str | None
    legal_agrees: bool | None
    members: list[Person]
    votes_for: int | None
    votes_against: int | None
    decided_at: datetime | None
    co_signed_by: Person | None
    co_signed_at: datetime | None

    @classmethod
    def of(cls, row: domain.Departure) -> "Departure":
        return cls(
            reason=row.reason,
            requested_by=person(row.requested_by),
            requested_at=row.requested_at,
            legal_reviewer=person(row.legal_by) if row.legal_by else None,
            legal_opinion=row.legal_opinion,
            legal_agrees=row.legal_agrees,
            members=[person(one) for one in row.members or ()],
            votes_for=row.votes_for,
            votes_against=row.votes_against,
            decided_at=row.decided_at,
            co_signed_by=person(row.co_signed_by) if row.co_signed_by else None,
            co_signed_at=row.co_signed_at,
        )


@strawberry.federation.type(
    keys=["id"], description="事中控制: a step that a control stopped before it took effect."
)
class Hold:
    row: strawberry.Private[domain.Hold]
    id: strawberry.ID
    code: str = strawberry.field(
        description="For example DISCRETION_OUT_OF_TIER; a definition may name its own."
    )
    state: HoldState
    control: HoldControl
    allowed_ways: list[HoldWay]
    grade: RiskGrade
    step: str
    person: Person
    unit: Unit
    risk_point: RiskPoint | None
    citation: Citation
    raised_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, row: domain.Hold) -> "Hold":
        return cls(
            row=row,
            id=strawberry.ID(row.id),
            code=row.code,
            state=row.state,
            control=HoldControl(id=row.control, rule_pack=row.pack),
            allowed_ways=list(row.ways),
            grade=row.grade,
            step=row.step,
            person=person(row.person_id),
            unit=unit(row.unit_id),
            risk_point=risk_point(row.point_id) if row.point_id else None,
            citation=Citation(text=row.citation, version=row.pack),
            raised_at=row.raised_at,
            ended_at=row.ended_at,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Hold | None":
        return await hold_of(info, id)

    @strawberry.field(description="What the officer reads.")
    def message(self, lang: Lang = Lang.ZH) -> str:
        return self.row.message_zh if lang is Lang.ZH else self.row.message_en

    @strawberry.field
    async def alert(self, info: Info) -> Alert | None:
        found = await loaders.alert(info.context, self.row.alert_id)
        return Alert.of(found) if found else None

    @strawberry.field(description="The matter, for those who may see it too; null when an event is held.")
    async def matter(self, info: Info) -> Matter | None:
        if self.row.matter_id is None:
            return None
        found = await matter_loaders.matter(info.context, self.row.matter_id)
        return Matter.of(found) if found else None

    @strawberry.field
    async def departure(self, info: Info) -> Departure | None:
        async with info.context.read() as conn:
            found = await holds.departure(conn, self.row.id)
        return Departure.of(found) if found else None


@strawberry.type(description="Holds that you see, newest first.")
class HoldConnection(Connection[Hold]):
    pass


async def hold_of(info: Info, hold_id: str | None) -> Hold | None:
    """The hold as the caller sees it."""
    found = await loaders.hold(info.context, hold_id) if hold_id else None
    return Hold.of(found) if found else None
