"""The four reports of a run, the bureau's decision on them, the orders that follow, and the end (S1-068, S1-069)."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.domain.inspection import (
    InspectionRun,
    InspectionState,
    InspectionStateRefused,
    ReportIncomplete,
    ReportKind,
    move,
)
from case_flow.inspection_access import require_on_run
from case_flow.inspection_publications import findings_recorded, special_ordered
from case_flow.rules import INSPECTION_RULES
from case_flow.storage import inspected_file as files
from case_flow.storage import inspection as runs
from case_flow.storage import rectification as orders
from case_flow.storage.inspected_file import RunOrder, RunReport
from case_flow.use_cases.issue_rectification import IssueRectification, issue_rectification
from case_flow.use_cases.run_acts import check_state, record


class SubmitRunReport(msgspec.Struct, frozen=True):
    """One of the four reports; with the last of them the run is REPORTED."""

    run_id: str
    kind: ReportKind
    text: str


class OrderWanted(msgspec.Struct, frozen=True):
    """A unit that has to put findings of one kind right."""

    unit_id: str
    kind: str
    subject: str
    demand: str


class AdjudicateInspection(msgspec.Struct, frozen=True):
    """What the bureau decided: the orders, none when everything was in order."""

    run_id: str
    orders: tuple[OrderWanted, ...]


class CloseInspection(msgspec.Struct, frozen=True):
    """The run whose orders are all verified."""

    run_id: str


async def submit_run_report(uow: Uow, command: SubmitRunReport) -> str:
    """Return the run's id. Raises NotFound, ReportIncomplete, InspectionStateRefused."""
    run = await runs.lock(uow.conn, command.run_id)
    require_on_run(uow, "lead", run)
    check_state(run, InspectionState.FIELDWORK)
    made = {one.kind for one in await files.reports(uow.conn, run.id)}
    if command.kind in made or not command.text.strip():
        raise ReportIncomplete("hand in each of the four reports once, with its text")
    missing = await files.unsigned(uow.conn, run.id)
    if missing:
        raise ReportIncomplete(f"{missing} files lack a report signed by both inspectors", missing=missing)
    report = RunReport(command.kind, command.text, uow.principal.actor, uow.now)
    await files.add_report(uow.conn, run, report)
    whole = made | {command.kind} == set(ReportKind)
    state = move(run.state, InspectionState.REPORTED) if whole else run.state
    await record(uow, run, "REPORTED" if whole else "REPORT", command.kind, state=state)
    return run.id


async def adjudicate_inspection(uow: Uow, command: AdjudicateInspection) -> str:
    """Return the run's id; each order's clock starts today. Raises NotFound, Invalid, InspectionStateRefused."""
    run = await runs.lock(uow.conn, command.run_id)
    require_on_run(uow, "adjudicate", run)
    kinds = (await INSPECTION_RULES.of(uow)).finding_kinds
    if any(one.kind not in kinds for one in command.orders):
        raise Invalid("an order names a kind of finding of the rule pack", path=("orders",))
    state = move(run.state, InspectionState.ADJUDICATED)
    run = await record(uow, run, "ADJUDICATED", f"orders={len(command.orders)}", state=state)
    for one in command.orders:
        order = IssueRectification(one.unit_id, one.subject, one.demand)
        issued = RunOrder(await issue_rectification(uow, order), one.kind, kinds[one.kind].special)
        await files.add_order(uow.conn, run, issued)
        await _tell_special(uow, run, issued)
    if command.orders:
        await record(uow, run, "RECTIFYING", state=move(run.state, InspectionState.RECTIFYING))
    for file in await files.of_run(uow.conn, run.id):
        for found in findings_recorded(file):
            await uow.emit(found.finding_id, found)
    return run.id


async def _tell_special(uow: Uow, run: InspectionRun, issued: RunOrder) -> None:
    if issued.special:
        order = await orders.lock(uow.conn, issued.order_id)
        await uow.emit(order.id, special_ordered(run.id, order, issued))


async def close_inspection(uow: Uow, command: CloseInspection) -> str:
    """Return the run's id. Raises NotFound, InspectionStateRefused."""
    run: InspectionRun = await runs.lock(uow.conn, command.run_id)
    require_on_run(uow, "lead", run)
    state = move(run.state, InspectionState.CLOSED)
    still_open = await files.open_orders(uow.conn, run.id)
    if still_open:
        raise InspectionStateRefused(f"{still_open} orders of the run are not verified yet", open=still_open)
    await record(uow, run, "CLOSED", state=state)
    return run.id
