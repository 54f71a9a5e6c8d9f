"""What may be asked about inspection runs, and each step of one."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import TypeVar

import msgspec
import strawberry
from plumbline_shared.graphql import Info, UserError, run
from plumbline_shared.use_case import Uow

from case_flow.api.inspections import (
    AspectResult,
    DrawVerification,
    InspectionRun,
    ReportKind,
    RunKind,
    run_of,
    verification,
)
from case_flow.domain.draw import FrameUnit, Stratum
from case_flow.domain.inspection import Finding
from case_flow.use_cases.adjudicate_inspection import (
    AdjudicateInspection,
    CloseInspection,
    OrderWanted,
    SubmitRunReport,
    adjudicate_inspection,
    close_inspection,
    submit_run_report,
)
from case_flow.use_cases.commit_draw_seed import (
    CommitDrawSeed,
    RevealDrawSeed,
    commit_draw_seed,
    reveal_draw_seed,
)
from case_flow.use_cases.draw_inspection_sample import DrawInspectionSample, draw_inspection_sample
from case_flow.use_cases.freeze_inspection_frame import FreezeInspectionFrame, freeze_inspection_frame
from case_flow.use_cases.plan_inspection import PlanInspection, plan_inspection
from case_flow.use_cases.report_inspected_file import (
    ReportInspectedFile,
    SignFileReport,
    StartFieldwork,
    report_inspected_file,
    sign_file_report,
    start_fieldwork,
)

Command = TypeVar("Command", bound=msgspec.Struct)


@strawberry.input
class InspectionStratumInput:
    code: str
    quota: int
    label: str = ""


@strawberry.input
class PlanInspectionInput:
    client_mutation_id: str
    code: str
    lead_unit_id: strawberry.ID
    period_from: date
    period_to: date
    report_due_on: date
    strata: list[InspectionStratumInput]
    aspects: list[str] = strawberry.field(default_factory=list, description="Empty: the ten of the pack.")
    kind: RunKind = RunKind.ROUTINE


@strawberry.input
class CommitDrawSeedInput:
    client_mutation_id: str
    run_id: strawberry.ID
    role: str
    commitment: str = strawberry.field(description="sha256 of v1|run|attempt|role|secret, in hex.")


@strawberry.input
class RevealDrawSeedInput:
    client_mutation_id: str
    run_id: strawberry.ID
    role: str
    secret: str


@strawberry.input
class FrameUnitInput:
    stratum: str
    unit: str
    office_id: strawberry.ID
    touched: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Persons who worked on the file."
    )


@strawberry.input
class FreezeInspectionFrameInput:
    client_mutation_id: str
    run_id: strawberry.ID
    units: list[FrameUnitInput]


@strawberry.input
class DrawInspectionSampleInput:
    client_mutation_id: str
    run_id: strawberry.ID


@strawberry.input
class StartFieldworkInput:
    client_mutation_id: str
    run_id: strawberry.ID


@strawberry.input
class CloseInspectionInput:
    client_mutation_id: str
    run_id: strawberry.ID


@strawberry.input
class AspectAnswerInput:
    aspect: str
    result: AspectResult


@strawberry.input
class InspectionFindingInput:
    kind: str
    aspect: str
    text: str
    point_id: strawberry.ID | None = None


@strawberry.input
class ReportInspectedFileInput:
    client_mutation_id: str
    run_id: strawberry.ID
    unit: str
    answers: list[AspectAnswerInput]
    findings: list[InspectionFindingInput] = strawberry.field(default_factory=list)


@strawberry.input
class SignFileReportInput:
    client_mutation_id: str
    run_id: strawberry.ID
    unit: str


@strawberry.input
class SubmitRunReportInput:
    client_mutation_id: str
    run_id: strawberry.ID
    kind: ReportKind
    text: str


@strawberry.input
class InspectionOrderInput:
    unit_id: strawberry.ID
    kind: str
    subject: str
    demand: str


@strawberry.input
class AdjudicateInspectionInput:
    client_mutation_id: str
    run_id: strawberry.ID
    orders: list[InspectionOrderInput]


@strawberry.type
class InspectionPayload:
    run: InspectionRun | None
    user_errors: list[UserError]


@strawberry.type
class InspectionQuery:
    @strawberry.field(description="One inspection run; null when it does not exist or is not yours to see.")
    async def inspection_run(self, info: Info, id: strawberry.ID) -> InspectionRun | None:
        return await run_of(info, id)

    @strawberry.field(
        description="Repeats the draw of a run from what is stored; null while it is not drawn."
    )
    async def verify_draw(self, info: Info, run_id: strawberry.ID) -> DrawVerification | None:
        return await verification(info, run_id)


@strawberry.type
class InspectionMutation:
    @strawberry.mutation(description="制定检查计划: strata with quotas, drawn in their order.")
    async def plan_inspection(self, info: Info, input: PlanInspectionInput) -> InspectionPayload:
        strata = tuple(Stratum(one.code, one.quota, one.label) for one in input.strata)
        command = PlanInspection(
            input.code,
            input.lead_unit_id,
            input.period_from,
            input.period_to,
            input.report_due_on,
            strata,
            tuple(input.aspects),
            input.kind,
        )
        return await _run(info, plan_inspection, command, input.client_mutation_id)

    @strawberry.mutation(description="A role commits to its part of the seed, before the frame is frozen.")
    async def commit_draw_seed(self, info: Info, input: CommitDrawSeedInput) -> InspectionPayload:
        command = CommitDrawSeed(input.run_id, input.role, input.commitment)
        return await _run(info, commit_draw_seed, command, input.client_mutation_id)

    @strawberry.mutation(description="A role opens its commitment, once the frame is frozen.")
    async def reveal_draw_seed(self, info: Info, input: RevealDrawSeedInput) -> InspectionPayload:
        command = RevealDrawSeed(input.run_id, input.role, input.secret)
        return await _run(info, reveal_draw_seed, command, input.client_mutation_id)

    @strawberry.mutation(description="冻结抽样总体: nobody edits it afterwards.")
    async def freeze_inspection_frame(
        self, info: Info, input: FreezeInspectionFrameInput
    ) -> InspectionPayload:
        units = tuple(FrameUnit(u.stratum, u.unit, u.office_id, tuple(u.touched)) for u in input.units)
        command = FreezeInspectionFrame(input.run_id, units)
        return await _run(info, freeze_inspection_frame, command, input.client_mutation_id)

    @strawberry.mutation(description="抽样: files and inspectors; a run that is drawn stays as it is.")
    async def draw_inspection_sample(self, info: Info, input: DrawInspectionSampleInput) -> InspectionPayload:
        return await _run(
            info, draw_inspection_sample, DrawInspectionSample(input.run_id), input.client_mutation_id
        )

    @strawberry.mutation(description="The inspectors set out.")
    async def start_fieldwork(self, info: Info, input: StartFieldworkInput) -> InspectionPayload:
        return await _run(info, start_fieldwork, StartFieldwork(input.run_id), input.client_mutation_id)

    @strawberry.mutation(description="一户一报告: the report of one file, by one of its inspectors.")
    async def report_inspected_file(self, info: Info, input: ReportInspectedFileInput) -> InspectionPayload:
        results = {one.aspect: one.result for one in input.answers}
        findings = tuple(Finding(one.kind, one.aspect, one.text, one.point_id) for one in input.findings)
        command = ReportInspectedFile(input.run_id, input.unit, results, findings)
        return await _run(info, report_inspected_file, command, input.client_mutation_id)

    @strawberry.mutation(description="The other inspector signs the report of a file.")
    async def sign_file_report(self, info: Info, input: SignFileReportInput) -> InspectionPayload:
        command = SignFileReport(input.run_id, input.unit)
        return await _run(info, sign_file_report, command, input.client_mutation_id)

    @strawberry.mutation(description="One of the four reports of the run.")
    async def submit_run_report(self, info: Info, input: SubmitRunReportInput) -> InspectionPayload:
        command = SubmitRunReport(input.run_id, input.kind, input.text)
        return await _run(info, submit_run_report, command, input.client_mutation_id)

    @strawberry.mutation(description="审定: the head decides; each order's clock starts.")
    async def adjudicate_inspection(self, info: Info, input: AdjudicateInspectionInput) -> InspectionPayload:
        orders = tuple(OrderWanted(one.unit_id, one.kind, one.subject, one.demand) for one in input.orders)
        command = AdjudicateInspection(input.run_id, orders)
        return await _run(info, adjudicate_inspection, command, input.client_mutation_id)

    @strawberry.mutation(description="Close the run whose orders are all verified.")
    async def close_inspection(self, info: Info, input: CloseInspectionInput) -> InspectionPayload:
        return await _run(info, close_inspection, CloseInspection(input.run_id), input.client_mutation_id)


async def _run(
    info: Info, use_case: Callable[[Uow, Command], Awaitable[str]], command: Command, key: str
) -> InspectionPayload:
    done, errors = await run(info, use_case, command, key)
    return InspectionPayload(run=await run_of(info, done), user_errors=errors)
