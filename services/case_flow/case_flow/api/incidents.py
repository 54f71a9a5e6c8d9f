"""The incident as an entity of the graph."""

from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import Info

from case_flow.api import control_loaders as loaders
from case_flow.api import matter_loaders
from case_flow.api.accountability import RootProblem, root_of
from case_flow.api.control_enums import Capacity, IncidentLevel, IncidentResponse, Lang, RiskGrade, RootCause
from case_flow.api.matters import Counterfactual, Matter
from case_flow.api.references import Person, RiskPoint, Unit, person, risk_point, unit
from case_flow.domain import incident as domain
from case_flow.rules import ACCOUNTABILITY_RULES, CONTROL_RULES, rules_of
from case_flow.storage import contest as contests
from case_flow.storage import incident as incidents


@strawberry.type(description="What a person did in an incident (国税发〔2005〕42号 Art 20).")
class IncidentAct:
    person: Person
    unit: Unit
    capacity: Capacity
    fraud: bool
    dissented: bool


@strawberry.type(
    description="申辩 · what somebody named in an incident says against it, and what was decided."
)
class IncidentContest:
    id: strawberry.ID
    person: Person
    grounds: str
    contested_at: datetime
    decided_at: datetime | None
    stands: bool | None = strawberry.field(
        description="Null until decided; false: the incident is set aside."
    )
    reasons: str | None


@strawberry.type(description="升级 · one step up the ladder of levels.")
class IncidentEscalation:
    level: IncidentLevel
    reason: str
    by: Person
    at: datetime


@strawberry.federation.type(keys=["id"], description="过错事件: a fault that a verification confirmed.")
class Incident:
    row: strawberry.Private[domain.Incident]
    id: strawberry.ID
    kind: str
    level: IncidentLevel = strawberry.field(description="As it is now.")
    response: IncidentResponse = strawberry.field(description="What its level asks for (S1-005).")
    root_cause: RootCause
    grade: RiskGrade
    risk_point: RiskPoint | None
    unit: Unit
    occurred_on: date
    confirmed_on: date
    confirmed_by: Person
    late_working_days: int
    due_on: date | None
    findings: str
    self_reported: bool
    with_extension: Counterfactual | None = strawberry.field(
        description="What an approved extension would have given."
    )

    @classmethod
    def of(cls, row: domain.Incident) -> "Incident":
        return cls(
            row=row,
            id=strawberry.ID(row.id),
            kind=row.kind,
            level=row.level,
            response=domain.response_of(row.level),
            root_cause=row.root_cause,
            grade=row.grade,
            risk_point=risk_point(row.point_id) if row.point_id else None,
            unit=unit(row.unit_id),
            occurred_on=row.occurred_on,
            confirmed_on=row.confirmed_on,
            confirmed_by=person(row.confirmed_by),
            late_working_days=row.late_working_days,
            due_on=row.due_on,
            findings=row.findings,
            self_reported=row.self_reported,
            with_extension=_counterfactual(row),
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Incident | None":
        found = await loaders.incident(info.context, id)
        return cls.of(found) if found else None

    @strawberry.field(description="根本性问题 that the cause goes back to.")
    async def root(self, info: Info) -> RootProblem | None:
        return root_of(await rules_of(info.context, ACCOUNTABILITY_RULES), self.row.root)

    @strawberry.field(description="The kind in words.")
    async def label(self, info: Info, lang: Lang = Lang.ZH) -> str:
        text = (await rules_of(info.context, CONTROL_RULES)).incident_kinds[self.row.kind]
        return text.zh if lang is Lang.ZH else text.en

    @strawberry.field(description="The matter, for those who may see it too.")
    async def matter(self, info: Info) -> Matter | None:
        if self.row.matter_id is None:
            return None
        found = await matter_loaders.matter(info.context, self.row.matter_id)
        return Matter.of(found) if found else None

    @strawberry.field(description="Who did what.")
    async def acts(self, info: Info) -> list[IncidentAct]:
        async with info.context.read() as conn:
            found = await incidents.acts(conn, self.row.id)
        return [
            IncidentAct(
                person=person(one.person_id),
                unit=unit(one.unit_id),
                capacity=one.capacity,
                fraud=one.fraud,
                dissented=one.dissented,
            )
            for one in found
        ]

    @strawberry.field(description="How it came to its level; empty while it has the one of its confirmation.")
    async def escalations(self, info: Info) -> list[IncidentEscalation]:
        async with info.context.read() as conn:
            found = await incidents.escalations(conn, self.row.id)
        return [
            IncidentEscalation(level=one.level, reason=one.reason, by=person(one.by_person), at=one.at)
            for one in found
        ]

    @strawberry.field(description="Who contested it, and what was decided.")
    async def contests(self, info: Info) -> list[IncidentContest]:
        async with info.context.read() as conn:
            found = await contests.of_incidents(conn, [self.row.id])
        return [
            IncidentContest(
                id=strawberry.ID(one.id),
                person=person(one.person_id),
                grounds=one.grounds,
                contested_at=one.contested_at,
                decided_at=one.decided_at,
                stands=one.stands,
                reasons=one.reasons,
            )
            for one in found[self.row.id]
        ]


def _counterfactual(row: domain.Incident) -> Counterfactual | None:
    if row.extension_days is None or row.extension_due_on is None:
        return None
    return Counterfactual(extension_days=row.extension_days, due_on=row.extension_due_on)


@strawberry.type
class IncidentQuery:
    @strawberry.field(description="One incident; null when it does not exist or is not yours to see.")
    async def incident(self, info: Info, id: strawberry.ID) -> Incident | None:
        found = await loaders.incident(info.context, id)
        return Incident.of(found) if found else None
