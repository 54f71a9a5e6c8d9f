"""One file, one report: made by one of its two inspectors, signed by the other (S1-067, SoD-3)."""

from collections.abc import Sequence

import msgspec
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.use_case import Uow

from case_flow.domain.inspection import (
    AspectResult,
    Finding,
    InspectionState,
    ReportIncomplete,
    RunKind,
    check_checklist,
    move,
)
from case_flow.inspection_access import require_on_run
from case_flow.rules import INSPECTION_RULES
from case_flow.storage import inspected_file as files
from case_flow.storage import inspection as runs
from case_flow.storage import risk_point
from case_flow.storage.inspected_file import InspectedFile
from case_flow.use_cases.run_acts import check_state, record
from case_flow.use_cases.tell_inspected import call_inspectors, tell_inspected


class StartFieldwork(msgspec.Struct, frozen=True):
    """The drawn run whose inspectors set out."""

    run_id: str


class ReportInspectedFile(msgspec.Struct, frozen=True):
    """The checklist of one file, every aspect answered, and what was found."""

    run_id: str
    unit: str
    results: dict[str, AspectResult]
    findings: tuple[Finding, ...] = ()


class SignFileReport(msgspec.Struct, frozen=True):
    """The other inspector agrees with the report."""

    run_id: str
    unit: str


async def start_fieldwork(uow: Uow, command: StartFieldwork) -> str:
    """Return the run's id; of an unannounced run inspectors and inspected offices learn now (S1-066).

    Raises NotFound, InspectionStateRefused.
    """
    run = await runs.lock(uow.conn, command.run_id)
    require_on_run(uow, "lead", run)
    begun = await record(uow, run, "FIELDWORK", state=move(run.state, InspectionState.FIELDWORK))
    if run.kind is RunKind.UNANNOUNCED:
        drawn = await files.of_run(uow.conn, run.id)
        await call_inspectors(uow, begun, drawn)
        await tell_inspected(uow, begun, {one.office_id for one in drawn})
    return run.id


async def report_inspected_file(uow: Uow, command: ReportInspectedFile) -> str:
    """Return the run's id. Raises NotFound, Invalid, ReportIncomplete, InspectionStateRefused."""
    run = await runs.lock(uow.conn, command.run_id)
    one = await _own_file(uow, run.id, command.unit)
    check_state(run, InspectionState.FIELDWORK)
    if one.signed_at is not None:
        raise ReportIncomplete("both inspectors signed this report: it stands")
    check_checklist(
        run.aspects, command.results, command.findings, (await INSPECTION_RULES.of(uow)).finding_kinds
    )
    await _check_points(uow, command.findings)
    report = msgspec.structs.replace(
        one,
        results=command.results,
        findings=command.findings,
        reported_by=uow.principal.actor,
        reported_at=uow.now,
    )
    await files.save(uow.conn, report)
    await uow.audit("inspection.file_reported", "InspectionRun", run.id, {"unit": one.unit})
    return run.id


async def sign_file_report(uow: Uow, command: SignFileReport) -> str:
    """Return the run's id. Raises NotFound, ReportIncomplete, InspectionStateRefused."""
    run = await runs.lock(uow.conn, command.run_id)
    one = await _own_file(uow, run.id, command.unit)
    check_state(run, InspectionState.FIELDWORK)
    if one.reported_by in (None, uow.principal.actor) or one.signed_at is not None:
        raise ReportIncomplete("the inspector who did not write the report signs it, once")
    signed = msgspec.structs.replace(one, signed_by=uow.principal.actor, signed_at=uow.now)
    await files.save(uow.conn, signed)
    await uow.audit("inspection.file_signed", "InspectionRun", run.id, {"unit": one.unit})
    return run.id


async def _check_points(uow: Uow, findings: Sequence[Finding]) -> None:
    for number, one in enumerate(findings):
        if one.point_id and await risk_point.point(uow.conn, one.point_id) is None:
            raise Invalid("the register has no such point", path=("findings", number, "pointId"))


async def _own_file(uow: Uow, run_id: str, unit: str) -> InspectedFile:
    one = await files.lock(uow.conn, run_id, unit)
    if uow.principal.actor not in one.inspectors:
        raise NotFound("the run drew no such file for you", path=("unit",))
    return one
