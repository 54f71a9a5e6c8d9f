"""The inspection run as an entity of the graph: strata, draw proof, inspectors, reports, orders."""

from collections.abc import Sequence
from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import Context, Info

from case_flow.access import POLICY
from case_flow.api.control_enums import Lang
from case_flow.api.rectifications import RectificationOrder, order_of
from case_flow.api.references import Person, Unit, person, unit
from case_flow.domain import inspection as domain
from case_flow.domain.draw import Pick, frame_text
from case_flow.domain.draw_check import faults
from case_flow.domain.inspection import AspectResult, InspectionState, ReportKind, RunKind
from case_flow.inspection_access import run_resource
from case_flow.rules import INSPECTION_RULES, rules_of
from case_flow.storage import inspected_file as files
from case_flow.storage import inspection as runs
from case_flow.storage import participant

strawberry.enum(InspectionState, description="执法检查状态 (requirements 3.2)")
strawberry.enum(
    ReportKind, name="InspectionReportKind", description="抽查结论、问题整改、征管建议、追责建议 (S1-068)"
)
strawberry.enum(RunKind, name="InspectionKind", description="日常循环 ROUTINE, 突击抽查 UNANNOUNCED (S1-066)")
strawberry.enum(AspectResult, description="无问题 IN_ORDER, 有问题 FINDING, 不适用 NOT_APPLICABLE")


@strawberry.type(description="分层: part of the population; `short` when it had fewer files than its quota.")
class InspectionStratum:
    code: str
    label: str
    quota: int
    drawn: int | None
    short: bool


@strawberry.type(description="A role's part of the seed; the secret once it is revealed.")
class DrawReveal:
    role: str
    person: Person
    commitment: str
    committed_at: datetime
    secret: str | None


@strawberry.type(description="The rank of a drawn file: sha256 of v1|seed|stratum|unit.")
class DrawTicket:
    stratum: str
    unit: str
    ticket: str


@strawberry.type(
    description="All that repeating the draw takes; docs/how-to/verify-a-draw.md does it with sha256sum and sort."
)
class DrawProof:
    frame_root: str | None
    frame_text: str
    plan_hash: str
    attempt: int = strawberry.field(description="Attempts before it are void and stay in the history.")
    seed: str | None
    reveals: list[DrawReveal]
    tickets: list[DrawTicket]


@strawberry.type(description="Whether a stored draw can be repeated, and what does not hold.")
class DrawVerification:
    holds: bool
    faults: list[str]


@strawberry.type
class AspectAnswer:
    aspect: str
    result: AspectResult

    @strawberry.field
    async def label(self, info: Info, lang: Lang = Lang.ZH) -> str:
        named = (await rules_of(info.context, INSPECTION_RULES)).aspects[self.aspect]
        return named.zh if lang is Lang.ZH else named.en


@strawberry.type(description="检查发现")
class InspectionFinding:
    kind: str
    aspect: str
    text: str


@strawberry.type(description="A drawn file with its two inspectors and their report.")
class InspectedFile:
    stratum: str
    unit: str
    office: Unit
    inspectors: list[Person]
    answers: list[AspectAnswer]
    findings: list[InspectionFinding]
    reported_at: datetime | None
    complete: bool = strawberry.field(description="Both inspectors signed the report.")
    download: str | None = strawberry.field(
        description="Path of the report as PDF on this service, once it is complete."
    )

    @classmethod
    def of(cls, row: files.InspectedFile) -> "InspectedFile":
        return cls(
            stratum=row.stratum,
            unit=row.unit,
            office=unit(row.office_id),
            inspectors=[person(one) for one in row.inspectors],
            answers=[AspectAnswer(aspect=key, result=value) for key, value in (row.results or {}).items()],
            findings=[InspectionFinding(kind=f.kind, aspect=f.aspect, text=f.text) for f in row.findings],
            reported_at=row.reported_at,
            complete=row.signed_at is not None,
            download=f"/inspections/{row.run_id}/report.pdf?file={row.unit}" if row.signed_at else None,
        )


@strawberry.type
class InspectionReport:
    kind: ReportKind
    text: str
    submitted_by: Person
    submitted_at: datetime
    download: str = strawberry.field(description="Path of the report as PDF on this service.")


@strawberry.type(description="An order that came of the run; `special` ones are supervised apart (S1-153).")
class InspectionOrder:
    kind: str
    special: bool
    order: RectificationOrder | None


@strawberry.type
class InspectionAct:
    at: datetime
    act: str
    state: str
    note: str


@strawberry.federation.type(keys=["id"], description="执法检查: inspection of officers' files.")
class InspectionRun:
    row: strawberry.Private[domain.InspectionRun]
    id: strawberry.ID
    code: str
    kind: RunKind
    lead_unit: Unit
    period_from: date
    period_to: date
    report_due_on: date
    state: InspectionState

    @classmethod
    def of(cls, row: domain.InspectionRun) -> "InspectionRun":
        return cls(
            row=row,
            id=strawberry.ID(row.id),
            code=row.code,
            kind=row.kind,
            lead_unit=unit(row.lead_unit_id),
            period_from=row.period_from,
            period_to=row.period_to,
            report_due_on=row.report_due_on,
            state=row.state,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "InspectionRun | None":
        return await run_of(info, id)

    @strawberry.field
    async def strata(self, info: Info) -> list[InspectionStratum]:
        drawn = [one.stratum for one in await _files(info.context, self.row.id)] if self.row.seed else None
        return [
            InspectionStratum(
                code=one.code,
                label=one.label,
                quota=one.quota,
                drawn=None if drawn is None else drawn.count(one.code),
                short=drawn is not None and drawn.count(one.code) < one.quota,
            )
            for one in self.row.strata
        ]

    @strawberry.field
    async def draw_proof(self, info: Info) -> DrawProof:
        async with info.context.read() as conn:
            made = await runs.commitments(conn, self.row.id, self.row.attempt)
            frame, drawn = await runs.frame(conn, self.row.id), await files.of_run(conn, self.row.id)
        return DrawProof(
            frame_root=self.row.frame_root,
            frame_text=frame_text(frame),
            plan_hash=self.row.plan_hash,
            attempt=self.row.attempt,
            seed=self.row.seed,
            reveals=[
                DrawReveal(
                    role=one.role,
                    person=person(one.person_id),
                    commitment=one.commitment,
                    committed_at=one.committed_at,
                    secret=one.secret,
                )
                for one in made.values()
            ],
            tickets=[DrawTicket(stratum=one.stratum, unit=one.unit, ticket=one.ticket) for one in drawn],
        )

    @strawberry.field
    async def files(self, info: Info) -> list[InspectedFile]:
        return [InspectedFile.of(one) for one in await _files(info.context, self.row.id)]

    @strawberry.field
    async def reports(self, info: Info) -> list[InspectionReport]:
        async with info.context.read() as conn:
            rows = await files.reports(conn, self.row.id)
        return [
            InspectionReport(
                kind=one.kind,
                text=one.text,
                submitted_by=person(one.submitted_by),
                submitted_at=one.submitted_at,
                download=f"/inspections/{self.row.id}/report.pdf?kind={one.kind}",
            )
            for one in rows
        ]

    @strawberry.field
    async def orders(self, info: Info) -> list[InspectionOrder]:
        async with info.context.read() as conn:
            rows = await files.orders(conn, self.row.id)
        return [
            InspectionOrder(kind=one.kind, special=one.special, order=await order_of(info, one.order_id))
            for one in rows
        ]

    @strawberry.field
    async def history(self, info: Info) -> list[InspectionAct]:
        async with info.context.read() as conn:
            rows = await runs.acts(conn, self.row.id)
        return [InspectionAct(at=one.at, act=one.act, state=one.state, note=one.note) for one in rows]


async def run_of(info: Info, run_id: str | None) -> InspectionRun | None:
    """The run as the caller sees it."""
    found = await info.context.loader(load_runs).load(run_id) if run_id else None
    return InspectionRun.of(found) if found else None


async def load_runs(context: Context, ids: Sequence[str]) -> list[domain.InspectionRun | None]:
    """Runs in the order of `ids`; past row-level security and Cedar."""
    async with context.read() as conn:
        rows = await runs.many(conn, ids)
        mine = await participant.mine(conn, list(rows), context.principal.person_id)
    me = context.principal.person_id
    resources = [run_resource(row, (me,) if me and row.id in mine else ()) for row in rows.values()]
    decisions = POLICY.decide(context.principal, "read", resources)
    allowed = {one.id for one, yes in zip(resources, decisions, strict=True) if yes}
    return [rows.get(one) if one in allowed else None for one in ids]


async def verification(info: Info, run_id: str) -> DrawVerification | None:
    """The draw repeated from what is stored; None for a run that is not drawn or not the caller's to see."""
    (run,) = await load_runs(info.context, [run_id])
    if run is None or run.seed is None:
        return None
    async with info.context.read() as conn:
        made = await runs.commitments(conn, run.id, run.attempt)
        frame, drawn = await runs.frame(conn, run.id), await files.of_run(conn, run.id)
    opened = {role: (one.commitment, one.secret) for role, one in made.items()}
    found = faults(run, frame, opened, [Pick(f.stratum, f.unit, f.ticket, f.position) for f in drawn])
    return DrawVerification(holds=not found, faults=list(found))


async def _files(context: Context, run_id: str) -> list[files.InspectedFile]:
    async with context.read() as conn:
        return await files.of_run(conn, run_id)
