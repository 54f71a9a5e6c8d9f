"""The alert as an entity of the graph: seen by its viewers, counted for the rest."""

from datetime import date, datetime
from typing import Any

import msgspec
import strawberry
from plumbline_shared.graphql import Connection, Info

from case_flow.api import control_loaders as loaders
from case_flow.api import matter_loaders
from case_flow.api.control_enums import AlertPhase, AlertState, Lang, RiskGrade, Verdict
from case_flow.api.incidents import Incident
from case_flow.api.matters import Matter
from case_flow.api.references import Person, RiskPoint, Unit, person, risk_point, unit
from case_flow.domain import alert as domain
from case_flow.rules import CONTROL_RULES, rules_of
from case_flow.storage import alert as alerts


@strawberry.type(description="Who sees an alert, and why (requirements 5.2).")
class AlertViewer:
    person: Person
    basis: str


@strawberry.type(description="One thing that happened to an alert, explanations of its subject included.")
class AlertAct:
    at: datetime
    actor: str
    act: str
    state: AlertState
    note: str


@strawberry.type(description="The paper's way from unit to unit.")
class CustodyGap:
    from_unit: str
    to_unit: str
    sent_at: datetime
    acknowledged_at: datetime | None


@strawberry.type(
    description="卷宗: the file behind an alert, with what an approved extension would have given."
)
class AlertDossier:
    receipt_no: str
    item_code: str
    accepted_on: date
    due_on: date | None
    closed_on: date | None
    late_working_days: int | None
    extension_days: int | None
    would_be_due_on: date | None
    custody: list[CustodyGap]


@strawberry.federation.type(keys=["id"], description="预警: what a control noticed.")
class Alert:
    row: strawberry.Private[domain.Alert]
    id: strawberry.ID
    kind: str
    phase: AlertPhase
    state: AlertState
    grade: RiskGrade
    risk_point: RiskPoint | None
    units: list[Unit]
    subjects: list[Person]
    raised_at: datetime
    acknowledge_due: date | None
    verify_due: date | None
    verifier: Person | None
    verdict: Verdict | None
    evidence: str | None
    rule_pack: str

    @classmethod
    def of(cls, row: domain.Alert) -> "Alert":
        return cls(
            row=row,
            id=strawberry.ID(row.id),
            kind=row.kind,
            phase=row.phase,
            state=row.state,
            grade=row.grade,
            risk_point=risk_point(row.point_id) if row.point_id else None,
            units=[unit(one) for one in row.unit_ids],
            subjects=[person(one) for one in row.subject_ids],
            raised_at=row.raised_at,
            acknowledge_due=row.acknowledge_due,
            verify_due=row.verify_due,
            verifier=person(row.verifier) if row.verifier else None,
            verdict=row.verdict,
            evidence=row.evidence,
            rule_pack=row.pack,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Alert | None":
        found = await loaders.alert(info.context, id)
        return cls.of(found) if found else None

    @strawberry.field(description="The kind in words.")
    async def label(self, info: Info, lang: Lang = Lang.ZH) -> str:
        text = (await rules_of(info.context, CONTROL_RULES)).alert(self.row.kind).label
        return text.zh if lang is Lang.ZH else text.en

    @strawberry.field(description="The matter, for those who may see it too.")
    async def matter(self, info: Info) -> Matter | None:
        if self.row.matter_id is None:
            return None
        found = await matter_loaders.matter(info.context, self.row.matter_id)
        return Matter.of(found) if found else None

    @strawberry.field(description="Everybody who sees this alert; nobody else does.")
    async def viewers(self, info: Info) -> list[AlertViewer]:
        found = await loaders.viewers(info.context, self.row.id)
        return [AlertViewer(person=person(one.person_id), basis=one.basis) for one in found]

    @strawberry.field
    async def history(self, info: Info) -> list[AlertAct]:
        async with info.context.read() as conn:
            found = await alerts.acts(conn, self.row.id)
        return [
            AlertAct(at=one.at, actor=one.actor, act=one.act, state=one.state, note=one.note) for one in found
        ]

    @strawberry.field(description="The incident it was confirmed as.")
    async def incident(self, info: Info) -> Incident | None:
        found = await loaders.incident_of_alert(info.context, self.row.id)
        return Incident.of(found) if found else None

    @strawberry.field
    async def dossier(self, info: Info) -> AlertDossier | None:
        async with info.context.read() as conn:
            found = await alerts.dossier(conn, self.row.id)
        return _dossier(msgspec.json.decode(found)) if found else None


@strawberry.type(description="How many alerts of a phase: all of the bureau, and those you see.")
class PhaseTotal:
    phase: AlertPhase
    total: int | None = strawberry.field(description="Null where a count this small is suppressed.")
    visible: int
    suppressed: bool


@strawberry.type(description="Alerts that you see, newest first.")
class AlertConnection(Connection[Alert]):
    totals: list[PhaseTotal]


def _dossier(found: dict[str, Any]) -> AlertDossier:
    document = msgspec.convert(found, type=_Document)
    return AlertDossier(
        receipt_no=document.case_ref,
        item_code=document.item_code,
        accepted_on=document.accepted_on,
        due_on=document.due_on,
        closed_on=document.closed_on,
        late_working_days=document.late_working_days,
        extension_days=document.extension_days,
        would_be_due_on=document.extension_due_on,
        custody=[CustodyGap(**msgspec.structs.asdict(one)) for one in document.custody],
    )


class _Slip(msgspec.Struct):
    from_unit: str
    to_unit: str
    sent_at: datetime
    acknowledged_at: datetime | None


class _Document(msgspec.Struct):
    case_ref: str
    item_code: str
    accepted_on: date
    due_on: date | None
    closed_on: date | None
    late_working_days: int | None
    extension_days: int | None
    extension_due_on: date | None
    custody: list[_Slip]
