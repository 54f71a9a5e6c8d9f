"""Audits that come round, squads, faults reported by whoever made them, assessments (S1-050 to S1-065, S2-058)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

import strawberry
from plumbline_shared.graphql import Context, Info, UserError, page_size, run
from strawberry.scalars import JSON

from case_flow.access import POLICY
from case_flow.api.control_enums import Lang
from case_flow.api.inspections import InspectionRun, run_of
from case_flow.api.matter_inputs import mapping
from case_flow.api.mutations import done
from case_flow.api.references import Bureau, Person, Unit, bureau, person, unit
from case_flow.domain import scheduled_audit as rules
from case_flow.rules import WORK_ORDER_RULES, rules_of
from case_flow.scheduled_audit_access import audit_resource
from case_flow.storage import scheduled_audit as storage
from case_flow.storage import self_report
from case_flow.storage.assessment import Assessed
from case_flow.use_cases.assess import (
    AssessByHand,
    ImportAssessments,
    assess_by_hand,
    import_assessments,
)
from case_flow.use_cases.audit_in_rounds import (
    AddWorkpaper,
    AdoptAudit,
    CloseAudit,
    OpenAudit,
    add_workpaper,
    adopt_audit,
    close_audit,
    open_audit,
)
from case_flow.use_cases.form_squad import FormSquad, form_squad
from case_flow.use_cases.report_own_fault import ReportOwnFault, report_own_fault


@strawberry.type(description="审计底稿")
class AuditWorkpaper:
    submission: JSON
    made_by: Person
    made_at: datetime


@strawberry.type(description="定期审计: one audit of one period, by its team.")
class ScheduledAudit:
    row: strawberry.Private[rules.ScheduledAudit]
    id: strawberry.ID
    code: str
    period_from: date
    period_to: date
    scope: str
    scope_units: list[Unit]
    below: Bureau | None
    team: list[Person]
    report: str | None
    closed_at: datetime | None

    @classmethod
    def of(cls, row: rules.ScheduledAudit) -> "ScheduledAudit":
        return cls(
            row=row,
            id=strawberry.ID(row.id),
            code=row.code,
            period_from=row.period_from,
            period_to=row.period_to,
            scope=row.scope,
            scope_units=[unit(one) for one in row.scope_units],
            below=bureau(row.below) if row.below else None,
            team=[person(one) for one in row.team],
            report=row.report,
            closed_at=row.closed_at,
        )

    @strawberry.field
    async def label(self, info: Info, lang: Lang = Lang.ZH) -> str:
        label = (await rules_of(info.context, WORK_ORDER_RULES)).audits[self.row.code].label
        return label.zh if lang is Lang.ZH else label.en

    @strawberry.field
    async def workpapers(self, info: Info) -> list[AuditWorkpaper]:
        async with info.context.read() as conn:
            found = await storage.workpapers(conn, self.row.id)
        return [
            AuditWorkpaper(
                submission=cast(JSON, one.submission), made_by=person(one.made_by), made_at=one.made_at
            )
            for one in found
        ]


@strawberry.type(description="主动报告: a fault that you reported.")
class SelfReport:
    matter_id: strawberry.ID
    fault: str
    corrected: bool
    reported_at: datetime


@strawberry.input
class AdoptAuditInput:
    client_mutation_id: str
    code: str


@strawberry.input
class OpenAuditInput:
    client_mutation_id: str
    code: str
    scope_units: list[strawberry.ID]
    scope: str
    team: list[strawberry.ID]
    below_bureau_id: strawberry.ID | None = strawberry.field(
        default=None, description="The bureau below, for an inspection from above."
    )


@strawberry.input
class AddWorkpaperInput:
    client_mutation_id: str
    audit_id: strawberry.ID
    submission: JSON


@strawberry.input
class CloseAuditInput:
    client_mutation_id: str
    audit_id: strawberry.ID
    report: str


@strawberry.input
class FormSquadInput:
    client_mutation_id: str
    run_id: strawberry.ID
    members: list[strawberry.ID]


@strawberry.input
class ReportOwnFaultInput:
    client_mutation_id: str
    matter_id: strawberry.ID
    fault: str
    corrected: bool = False


@strawberry.input
class AssessmentInput:
    taxpayer_id: str
    period: str
    assessed_fen: int


@strawberry.input
class ImportAssessmentsInput:
    client_mutation_id: str
    rows: list[AssessmentInput]


@strawberry.input
class AssessByHandInput:
    client_mutation_id: str
    taxpayer_id: str
    period: str
    assessed_fen: int
    reason: str


@strawberry.type
class AdoptAuditPayload:
    code: str | None
    user_errors: list[UserError]


@strawberry.type
class ScheduledAuditPayload:
    audit: ScheduledAudit | None
    user_errors: list[UserError]


@strawberry.type
class FormSquadPayload:
    run: InspectionRun | None
    user_errors: list[UserError]


@strawberry.type
class ReportOwnFaultPayload:
    alert_id: strawberry.ID | None = strawberry.field(description="The alert that has it verified.")
    user_errors: list[UserError]


@strawberry.type
class ImportAssessmentsPayload:
    kept: int | None
    user_errors: list[UserError]


@strawberry.type
class AssessByHandPayload:
    departs_percent: int | None = strawberry.field(description="Null where there is no electronic one.")
    alert_id: strawberry.ID | None
    user_errors: list[UserError]


@strawberry.type
class ScheduledAuditQuery:
    @strawberry.field(description="Audits that you see, the newest first.")
    async def scheduled_audits(self, info: Info, first: int = 50) -> list[ScheduledAudit]:
        async with info.context.read() as conn:
            rows = await storage.page(conn, page_size(first))
        return [ScheduledAudit.of(row) for row in _readable(info.context, rows)]

    @strawberry.field(description="What you reported of yourself.")
    async def my_self_reports(self, info: Info, first: int = 50) -> list[SelfReport]:
        async with info.context.read() as conn:
            rows = await self_report.mine(conn, page_size(first))
        return [
            SelfReport(
                matter_id=strawberry.ID(one.matter_id),
                fault=one.fault,
                corrected=one.corrected,
                reported_at=one.reported_at,
            )
            for one in rows
        ]


@strawberry.type
class ScheduledAuditMutation:
    @strawberry.mutation(description="建立定期审计 of the rule pack in your bureau.")
    async def adopt_audit(self, info: Info, input: AdoptAuditInput) -> AdoptAuditPayload:
        made, errors = await run(info, adopt_audit, AdoptAudit(input.code), input.client_mutation_id)
        return AdoptAuditPayload(code=made, user_errors=errors)

    @strawberry.mutation(description="开展本期审计.")
    async def open_audit(self, info: Info, input: OpenAuditInput) -> ScheduledAuditPayload:
        command = OpenAudit(
            input.code, tuple(input.scope_units), input.scope, tuple(input.team), input.below_bureau_id
        )
        return _payload(*await done(info, open_audit, command, input.client_mutation_id, audit_of))

    @strawberry.mutation(description="提交审计底稿, the audit's form filled in.")
    async def add_audit_workpaper(self, info: Info, input: AddWorkpaperInput) -> ScheduledAuditPayload:
        command = AddWorkpaper(input.audit_id, mapping(input.submission, "submission"))
        return _payload(*await done(info, add_workpaper, command, input.client_mutation_id, audit_of))

    @strawberry.mutation(description="审计报告.")
    async def close_audit(self, info: Info, input: CloseAuditInput) -> ScheduledAuditPayload:
        command = CloseAudit(input.audit_id, input.report)
        return _payload(*await done(info, close_audit, command, input.client_mutation_id, audit_of))

    @strawberry.mutation(description="组成执法检查专班 of a run, before its frame is frozen.")
    async def form_inspection_squad(self, info: Info, input: FormSquadInput) -> FormSquadPayload:
        command = FormSquad(input.run_id, tuple(input.members))
        made, errors = await run(info, form_squad, command, input.client_mutation_id)
        return FormSquadPayload(run=await run_of(info, made), user_errors=errors)

    @strawberry.mutation(description="主动报告过错: it is verified, and counts as mitigating.")
    async def report_own_fault(self, info: Info, input: ReportOwnFaultInput) -> ReportOwnFaultPayload:
        command = ReportOwnFault(input.matter_id, input.fault, input.corrected)
        made, errors = await run(info, report_own_fault, command, input.client_mutation_id)
        return ReportOwnFaultPayload(alert_id=strawberry.ID(made) if made else None, user_errors=errors)

    @strawberry.mutation(description="导入电子评税结果; scope assessments:import.")
    async def import_assessments(self, info: Info, input: ImportAssessmentsInput) -> ImportAssessmentsPayload:
        rows = tuple(Assessed(one.taxpayer_id, one.period, one.assessed_fen) for one in input.rows)
        made, errors = await run(info, import_assessments, ImportAssessments(rows), input.client_mutation_id)
        return ImportAssessmentsPayload(kept=made, user_errors=errors)

    @strawberry.mutation(description="人工核定; beyond the rule's departure it is told.")
    async def assess_by_hand(self, info: Info, input: AssessByHandInput) -> AssessByHandPayload:
        command = AssessByHand(input.taxpayer_id, input.period, input.assessed_fen, input.reason)
        made, errors = await run(info, assess_by_hand, command, input.client_mutation_id)
        return AssessByHandPayload(
            departs_percent=made.departs_percent if made else None,
            alert_id=strawberry.ID(made.alert_id) if made and made.alert_id else None,
            user_errors=errors,
        )


def _payload(found: ScheduledAudit | None, errors: list[UserError]) -> ScheduledAuditPayload:
    return ScheduledAuditPayload(audit=found, user_errors=errors)


async def audit_of(info: Info, audit_id: str | None) -> ScheduledAudit | None:
    """The audit as the caller sees it."""
    if audit_id is None:
        return None
    async with info.context.read() as conn:
        found = await storage.many(conn, [audit_id])
    return next((ScheduledAudit.of(row) for row in _readable(info.context, found)), None)


def _readable(context: Context, rows: Sequence[rules.ScheduledAudit]) -> list[rules.ScheduledAudit]:
    """Those that Cedar, too, lets the caller read."""
    decisions = POLICY.decide(context.principal, "read", [audit_resource(row) for row in rows])
    return [row for row, yes in zip(rows, decisions, strict=True) if yes]
